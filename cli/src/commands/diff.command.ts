import type { CommandContext } from '../command-context';
import type { DiffFlags } from '../options/diff-flags';
import { UsageError } from '../options/usage-error';
import type { ExitCode } from '../output/exit-codes';
import { diffRevisions } from './diff-revisions';
import { diffSnapshots } from './diff-snapshots';
import { tellDiff, type JudgedDiff } from './tell-diff';

/** `securescan diff [target]`: two revisions of a repository, or two stored scans. */
export async function runDiffCommand(
  target: string,
  flags: DiffFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const judged = await compareAsAsked(target, flags, context);
  return tellDiff(judged, flags, context);
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
    return diffSnapshots({ target, base: baseSnapshot, head: headSnapshot }, flags, context);
  }
  throw new UsageError([missingWords(flags)]);
}

function missingWords({ headRef, baseSnapshot, headSnapshot }: DiffFlags): string {
  if (headRef !== undefined) return '--head-ref needs --base-ref: name what to compare it with.';
  if (baseSnapshot !== undefined) return '--base-snapshot needs --head-snapshot: name both files.';
  if (headSnapshot !== undefined) return '--head-snapshot needs --base-snapshot: name both files.';
  return 'Say what to compare: --base-ref <ref>, as origin/main, or --base-snapshot and --head-snapshot.';
}
