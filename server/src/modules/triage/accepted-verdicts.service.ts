import { Injectable } from '@nestjs/common';
import type { FindingStateBody, Verdict, VerdictReason } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { stepsTo, VerdictChanges } from './verdict-changes';
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
    return bodyAt(await this.changes.stored(tx, project, fingerprint), at);
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
    const stored = await this.changes.stored(tx, project, fingerprint);
    const assignee = rowAt(stored, at)?.assignee ?? null;
    const content = { ...said, assignee, expiresAt: null };
    const { steps, from } = stepsTo({ project, content, at, by }, fingerprint, stored);
    if (steps.length === 0) return null;
    await this.changes.write(tx, steps);
    return from === null ? null : toStateBody(from);
  }
}

function bodyAt(stored: VerdictRow | null, at: string): FindingStateBody | null {
  const row = rowAt(stored, at);
  return row === null ? null : toStateBody(row);
}
