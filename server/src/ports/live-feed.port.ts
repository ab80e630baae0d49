import type { ScanEventName, ScanEventPayloads } from '@securescan/contracts';
import type { Observable } from 'rxjs';

/** An event as its row in `scan_events` holds it. */
export type StoredScanEvent = {
  [K in ScanEventName]: {
    readonly scanId: string;
    /** Counts from 1 without gaps within the scan. */
    readonly seq: number;
    readonly event: K;
    readonly payload: ScanEventPayloads[K];
    /** ISO 8601, UTC, milliseconds. */
    readonly ts: string;
  };
}[ScanEventName];

/**
 * Carries events of running scans to whoever watches. It is the live part alone: what happened before lies in the table.
 *
 * To follow a scan without gap or repeat: subscribe, read the table, show what it holds, then show what the feed brings with
 * a higher `seq`. A gap in `seq` means that this subscriber was too slow and reads the table again; the terminal event is
 * never dropped.
 */
export abstract class LiveFeed {
  /** Call after the commit that stored the event, in order of `seq`. Returns at once; no subscriber can hold it up. */
  abstract publish(scanId: string, event: StoredScanEvent): void;

  /** Events with a `seq` above `afterSeq`, in order. Completes after the terminal one. */
  abstract subscribe(scanId: string, afterSeq: number): Observable<StoredScanEvent>;
}
