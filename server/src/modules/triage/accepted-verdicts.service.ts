import { Injectable } from '@nestjs/common';
import type { FindingStateBody, Verdict, VerdictReason } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { type Standing, stepsTo, VerdictChanges } from './verdict-changes';
import { countingOf } from './verdict-choice';
import { type Author, rowAt, toStateBody, type VerdictRow } from './verdict-row';

/** A verdict that somebody took over from somebody else. */
export interface AcceptedVerdict {
  readonly fingerprint: string;
  /** `null` for everywhere. */
  readonly project: string | null;
  readonly status: Verdict;
  readonly reason: VerdictReason | null;
  readonly note: string | null;
}

/** Writes verdicts within the unit of work of whoever else has something to write about them. */
@Injectable()
export class AcceptedVerdicts {
  constructor(private readonly changes: VerdictChanges) {}

  /** What stands in the place of a verdict now. */
  async standing(
    tx: Transaction,
    { fingerprint, project }: Pick<AcceptedVerdict, 'fingerprint' | 'project'>,
    at: string,
  ): Promise<FindingStateBody | null> {
    const row = countingAt(await this.changes.standing(tx, project, fingerprint), at);
    return row === null ? null : toStateBody(row);
  }

  /**
   * Decides so, as a person who accepts it. Whoever looks after the finding goes on to do so.
   * @returns the verdict that stood there and is replaced, or `null` for none.
   */
  async write(
    tx: Transaction,
    { fingerprint, project, ...said }: AcceptedVerdict,
    { at, by }: { readonly at: string; readonly by: Author },
  ): Promise<FindingStateBody | null> {
    const standing = await this.changes.standing(tx, project, fingerprint);
    const before = countingAt(standing, at);
    const content = { ...said, assignee: before?.assignee ?? null, expiresAt: null };
    const { steps } = stepsTo({ project, content, at, by }, fingerprint, standing);
    if (steps.length === 0) return null;
    await this.changes.write(tx, steps);
    return before === null ? null : toStateBody(before);
  }
}

/** Of what is stored under the fingerprints of one finding what counts at a time. */
function countingAt({ stored, others }: Standing, at: string): VerdictRow | null {
  return countingOf([stored, ...others].flatMap((row) => rowAt(row, at) ?? []));
}
