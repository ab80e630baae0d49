import type { DiffDocument, ScanDocument } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import type { FurtherReports } from '../options/further-reports';
import type { ScanSettings } from '../options/scan-settings';
import type { ExitCode } from '../output/exit-codes';
import { writeDiff, writeScan } from '../output/write-report';
import { judgeDiff } from './judge-diff';
import { planReview } from './plan-review';

/** What a comparison came to, and what the line wants of it. */
export interface JudgedDiff {
  readonly document: DiffDocument;
  readonly settings: ScanSettings;
  /** Top of the repository, or of the tree where there is none. */
  readonly root: string;
  /** Written beside the report of the line. */
  readonly further?: FurtherReports;
  /** The scan of the head, where it was made here. */
  readonly head?: ScanDocument;
}

/** Writes the report of a comparison and gives the exit code. */
export async function tellDiff(
  judged: JudgedDiff,
  { strictPolicy, policyFrom }: Partial<Pick<DiffFlags, 'strictPolicy' | 'policyFrom'>>,
  context: CommandContext,
): Promise<ExitCode> {
  const { document, settings, head, further } = judged;
  await writeOne(judged, settings, context);
  for (const { format, file } of further?.reports ?? []) {
    await writeOne(judged, { ...settings, format, outputFile: file }, context);
  }
  const outputFile = further?.headReport ?? null;
  if (head !== undefined && outputFile !== null) {
    await writeScan(head, { ...settings, format: 'json', outputFile }, context);
  }
  const gate = {
    settings,
    isStrict: strictPolicy === true,
    isJudgedByHead: policyFrom === 'head',
  };
  return judgeDiff(document.diff, gate, context.terminal);
}

async function writeOne(
  { document, root }: JudgedDiff,
  settings: ScanSettings,
  context: CommandContext,
): Promise<void> {
  const review = await planReview(document, { settings, root }, context);
  await writeDiff({ document, review }, settings, context);
}
