import type {
  FindingStateBody,
  Verdict,
  VerdictChangeCause,
  VerdictReason,
} from '@securescan/contracts';

/** What a verdict says. */
export interface VerdictContent {
  readonly status: Verdict;
  readonly note: string | null;
  readonly reason: VerdictReason | null;
  readonly assignee: string | null;
  /** When it lapses, as timestamps are stored; `null` for never. */
  readonly expiresAt: string | null;
}

/** Who a row names. */
export interface Author {
  readonly name: string | null;
  readonly principalId: string | null;
}

/** A stored verdict, in a project or, where that is `null`, everywhere. */
export interface VerdictRow extends VerdictContent {
  readonly fingerprint: string;
  readonly project: string | null;
  readonly updatedAt: string;
  readonly updatedBy: string | null;
  readonly principalId: string | null;
  /** Of its last change. */
  readonly cause: VerdictChangeCause;
}

/** Whom rows name for what happens by itself. */
export const BY_ITSELF: Author = { name: 'server', principalId: null };

export function hasLapsed({ expiresAt }: Pick<VerdictRow, 'expiresAt'>, now: string): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** What is left of a verdict when its time is over: in a project nothing, everywhere `new`. */
export function lapsedRow(row: VerdictRow): VerdictRow | null {
  if (row.project !== null) return null;
  return {
    ...row,
    status: 'new',
    note: null,
    reason: null,
    expiresAt: null,
    updatedAt: row.expiresAt ?? row.updatedAt,
    updatedBy: BY_ITSELF.name,
    principalId: BY_ITSELF.principalId,
    cause: 'expiry',
  };
}

/** What becomes of a verdict in a project where a scan has found what it calls fixed. Who looks after it stays. */
export function regressedRow(
  { fingerprint, assignee }: VerdictRow,
  project: string,
  at: string,
): VerdictRow {
  return {
    fingerprint,
    project,
    status: 'new',
    note: null,
    reason: null,
    assignee,
    expiresAt: null,
    updatedAt: at,
    updatedBy: BY_ITSELF.name,
    principalId: BY_ITSELF.principalId,
    cause: 'regression',
  };
}

/** The verdict as it holds at a time, whether or not what lapsed has been written down yet. */
export function rowAt(row: VerdictRow | null, now: string): VerdictRow | null {
  return row !== null && hasLapsed(row, now) ? lapsedRow(row) : row;
}

export function saysTheSame(one: VerdictContent, other: VerdictContent): boolean {
  return (
    one.status === other.status &&
    one.note === other.note &&
    one.reason === other.reason &&
    one.assignee === other.assignee &&
    one.expiresAt === other.expiresAt
  );
}

export function toStateBody(row: VerdictRow): FindingStateBody {
  return {
    fingerprint: row.fingerprint,
    project: row.project,
    status: row.status,
    note: row.note,
    reason: row.reason,
    assignee: row.assignee,
    until: row.expiresAt,
    updated_at: row.updatedAt,
    updated_by: row.updatedBy,
    regressed_at: row.cause === 'regression' ? row.updatedAt : null,
  };
}
