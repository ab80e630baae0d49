import { SCAN_ORIGINS, VERDICTS, type Verdict } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import fc from 'fast-check';

export const PROJECTS = ['shop', 'other'] as const;
export const PLACES = [null, ...PROJECTS] as const;
export type Place = (typeof PLACES)[number];

export interface ModelRow {
  readonly status: Verdict;
  readonly until: number | null;
  /** Not what time or a comment has left or made. */
  readonly isDecided: boolean;
}

export type ModelUntil = Pick<ModelRow, 'until'>;

export const NOBODYS: ModelRow = { status: 'new', until: null, isDecided: false };

/** All that can happen to verdicts. */
export const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      which: fc.nat(1),
      place: fc.constantFrom(...PLACES),
      status: fc.constantFrom(...VERDICTS),
      ttl: fc.option(fc.integer({ min: 1, max: 50 })),
    }),
  },
  fc.record({
    kind: fc.constant('withdraw' as const),
    which: fc.nat(1),
    place: fc.constantFrom(...PROJECTS),
  }),
  fc.record({
    kind: fc.constant('comment' as const),
    which: fc.nat(1),
    place: fc.constantFrom(...PLACES),
  }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
  fc.record({
    kind: fc.constant('bulk' as const),
    /** Listed by fingerprint, or all that a scan of a project found. */
    by: fc.constantFrom<'fingerprints' | 'scan'>('fingerprints', 'scan'),
    which: fc.constantFrom<readonly number[]>([0], [1], [0, 1]),
    place: fc.constantFrom(...PLACES),
    status: fc.constantFrom(...VERDICTS),
    isDryRun: fc.boolean(),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('scan' as const),
      origin: fc.constantFrom(...SCAN_ORIGINS),
      project: fc.constantFrom(...PROJECTS),
      present: fc.constantFrom<readonly number[]>([], [0], [1], [0, 1]),
    }),
  },
  fc.record({ kind: fc.constant('delete' as const), which: fc.nat(3) }),
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
export type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>;

/** What ought to be, of the findings of one run. */
export class Model {
  readonly rows = new Map<string, ModelRow>();
  readonly history = new Map<string, string[]>();
  /** Scans that may be deleted; those that the run began with stay, or nobody would know its findings. */
  readonly scans: string[] = [];
  readonly fingerprints: readonly string[];
  comments = 0;

  constructor(
    readonly findings: readonly Finding[],
    private readonly clock: { readonly now: number },
  ) {
    this.fingerprints = findings.map(({ fingerprint }) => fingerprint);
  }

  key(which: number, place: Place): string {
    return `${which} ${place ?? '*'}`;
  }

  /** The row as it counts now. */
  current(which: number, place: Place): ModelRow | null {
    const row = this.rows.get(this.key(which, place)) ?? null;
    if (row?.until === undefined || row.until === null || row.until > this.clock.now) return row;
    return place === null ? NOBODYS : null;
  }

  change(which: number, place: Place, cause: string, to: ModelRow | null): void {
    const key = this.key(which, place);
    if (cause !== 'expiry') this.lapse(which, place);
    const from = this.rows.get(key);
    const line = `${cause} ${from?.status ?? '-'} ${to?.status ?? '-'}`;
    this.history.set(key, [...(this.history.get(key) ?? []), line]);
    if (to === null) this.rows.delete(key);
    else this.rows.set(key, to);
  }

  /** What is called fixed in a project and is found there comes back as new, in that project alone. */
  regress(which: number, project: Place): void {
    const counts = this.current(which, project) ?? this.current(which, null);
    if (counts?.status !== 'fixed') return;
    this.lapse(which, project);
    const key = this.key(which, project);
    this.history.set(key, [...(this.history.get(key) ?? []), 'regression fixed new']);
    this.rows.set(key, NOBODYS);
  }

  lapse(which: number, place: Place): void {
    const until = this.rows.get(this.key(which, place))?.until ?? null;
    if (until === null || until > this.clock.now) return;
    this.change(which, place, 'expiry', place === null ? NOBODYS : null);
  }
}
