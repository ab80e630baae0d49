import type { DiffDocument } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import type { ScanSettings } from '../options/scan-settings';
import type { ExitCode } from '../output/exit-codes';
import { writeDiff } from '../output/write-report';
import { judgeDiff } from './judge-diff';
import { planReview } from './plan-review';

/** What a comparison came to, and what the line wants of it. */
export interface JudgedDiff {
  readonly document: DiffDocument;
  readonly settings: ScanSettings;
  /** Top of the repository, or of the tree where there is none. */
  readonly root: string;
}

/** Writes the report of a comparison and gives the exit code. */
export async function tellDiff(
  { document, settings, root }: JudgedDiff,
  { strictPolicy, policyFrom }: Partial<Pick<DiffFlags, 'strictPolicy' | 'policyFrom'>>,
  context: CommandContext,
): Promise<ExitCode> {
  const review = await planReview(document, { settings, root }, context);
  await writeDiff({ document, review }, settings, context);
  const gate = {
    settings,
    isStrict: strictPolicy === true,
    isJudgedByHead: policyFrom === 'head',
  };
  return judgeDiff(document.diff, gate, context.terminal);
}
