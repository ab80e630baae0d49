import { compareCodePoints } from '@securescan/core';
import type { VerdictRow } from './verdict-row';

/** Of all verdicts on a finding, whichever of its fingerprints they name, the one that counts. */
export function countingOf(rows: readonly VerdictRow[]): VerdictRow | null {
  const [first, ...others] = rows;
  if (first === undefined) return null;
  return others.reduce((best, row) => (compareClaims(row, best) < 0 ? row : best), first);
}

/** A project's before the one for everywhere, then what was decided, then the latest, then by fingerprint. */
function compareClaims(a: VerdictRow, b: VerdictRow): number {
  return (
    Number(a.project === null) - Number(b.project === null) ||
    Number(isUndecided(a)) - Number(isUndecided(b)) ||
    compareCodePoints(b.updatedAt, a.updatedAt) ||
    compareCodePoints(a.fingerprint, b.fingerprint)
  );
}

/** What a comment made or time has left says that nobody decided, and takes nothing from what was decided. */
function isUndecided({ cause }: VerdictRow): boolean {
  return cause === 'comment' || cause === 'expiry';
}
