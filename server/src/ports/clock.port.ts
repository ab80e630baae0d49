/** The real time: for lifecycle, leases, expiry and the audit log. */
export abstract class Clock {
  abstract now(): Date;
  /** Milliseconds that only ever grow, for durations. */
  abstract monotonicMs(): number;
}

/** The time that documents and outputs show. The same as the real one unless the operator pinned it. */
export abstract class DocumentClock {
  abstract now(): Date;
}
