import type { DiffDocument } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import type { ScanSettings } from '../options/scan-settings';
import type { ExitCode } from '../output/exit-codes';
import { writeDiff } from '../output/write-report';
import { judgeDiff } from './judge-diff';

/** What a comparison came to, and what the line wants of it. */
export interface JudgedDiff {
  readonly document: DiffDocument;
  readonly settings: ScanSettings;
}

/** Writes the report of a comparison and gives the exit code. */
export async function tellDiff(
  { document, settings }: JudgedDiff,
  { strictPolicy, policyFrom }: Partial<Pick<DiffFlags, 'strictPolicy' | 'policyFrom'>>,
  context: CommandContext,
): Promise<ExitCode> {
  await writeDiff(document, settings, context);
  const gate = {
    settings,
    isStrict: strictPolicy === true,
    isJudgedByHead: policyFrom === 'head',
  };
  return judgeDiff(document.diff, gate, context.terminal);
}
