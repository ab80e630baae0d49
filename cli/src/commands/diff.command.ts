import { DIFF_RENDERERS, type DiffDocument } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import type { ExitCode } from '../output/exit-codes';
import { writeReport } from '../output/write-report';
import { diffRevisions } from './diff-revisions';
import { diffSnapshots } from './diff-snapshots';
import { judgeDiff } from './judge-diff';

/** What a comparison came to, and what the line wants of it. */
export interface JudgedDiff {
  readonly document: DiffDocument;
  readonly settings: ScanSettings;
}

/** `securescan diff [target]`: two revisions of a repository, or two stored scans. */
export async function runDiffCommand(
  target: string,
  flags: DiffFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const judged = await compareAsAsked(target, flags, context);
  return tellDiff(judged, flags, context);
}

/** Writes the report of a comparison and gives the exit code. */
export async function tellDiff(
  { document, settings }: JudgedDiff,
  { strictPolicy, policyFrom }: Partial<Pick<DiffFlags, 'strictPolicy' | 'policyFrom'>>,
  context: CommandContext,
): Promise<ExitCode> {
  await writeReport(
    (options) => DIFF_RENDERERS[settings.format](document, options),
    settings,
    context,
  );
  const gate = {
    settings,
    isStrict: strictPolicy === true,
    isJudgedByHead: policyFrom === 'head',
  };
  return judgeDiff(document.diff, gate, context.terminal);
}

function compareAsAsked(
  target: string,
  flags: DiffFlags,
  context: CommandContext,
): Promise<JudgedDiff> {
  const { baseRef, headRef, baseSnapshot, headSnapshot } = flags;
  const isOfSnapshots = baseSnapshot !== undefined || headSnapshot !== undefined;
  if (isOfSnapshots && (baseRef !== undefined || headRef !== undefined)) {
    throw new UsageError(['Name revisions or stored scans, and not both.']);
  }
  if (baseRef !== undefined) {
    return diffRevisions({ target, baseRef, headRef: headRef ?? 'HEAD' }, flags, context);
  }
  if (baseSnapshot !== undefined && headSnapshot !== undefined) {
    return diffSnapshots({ base: baseSnapshot, head: headSnapshot }, flags, context);
  }
  throw new UsageError([missingWords(flags)]);
}

function missingWords({ headRef, baseSnapshot, headSnapshot }: DiffFlags): string {
  if (headRef !== undefined) return '--head-ref needs --base-ref: name what to compare it with.';
  if (baseSnapshot !== undefined) return '--base-snapshot needs --head-snapshot: name both files.';
  if (headSnapshot !== undefined) return '--head-snapshot needs --base-snapshot: name both files.';
  return 'Say what to compare: --base-ref <ref>, as origin/main, or --base-snapshot and --head-snapshot.';
}
