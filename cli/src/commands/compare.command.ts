import { resolve } from 'node:path';
import { DIFF_FORMATS } from '@securescan/contracts';
import { coverageOf, diffFindings, namedProject, type Snapshot } from '@securescan/core';
import { productVersion, readSnapshotFile, targetWithinRoot } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import type { CompareWords } from '../grammar/compare';
import type { ScanFlags } from '../options/scan-flags';
import type { ExitCode } from '../output/exit-codes';
import { sideOf } from './diff-snapshots';
import { tellDiff } from './tell-diff';
import { planTreeScan, scanTree } from './tree-scan';

/** `securescan compare <baseline> [target]`: what came and went since a stored scan. */
export async function runCompareCommand(
  { baseline: file, target: path, flags }: CompareWords,
  context: CommandContext,
): Promise<ExitCode> {
  const snapshot = readSnapshotFile(resolve(context.cwd, file), file);
  const base = sideOf(snapshot, file);
  const plan = await planTreeScan(path, withTypesOf(snapshot, flags), context, DIFF_FORMATS);
  const { settings, target, config } = plan;
  const result = await scanTree(plan, context);
  const head = {
    findings: result.findings,
    coverage: result.outcomes.map((outcome) =>
      coverageOf(outcome, result.unread.get(outcome.scanner) ?? null),
    ),
  };
  const document = {
    toolVersion: productVersion(),
    command: 'compare',
    base: { name: file, commit: null },
    head: { name: path, commit: null },
    target: targetWithinRoot(target),
    project: namedProject(target.project),
    scanTypes: settings.scanTypes,
    policy: config === null ? 'the defaults, as there is no configuration' : config.path,
    pendingPolicy: [],
    diff: diffFindings(base, head),
    outcomes: result.outcomes,
    notices: result.notices,
    showsSuppressed: settings.showsSuppressed !== false,
  } as const;
  return tellDiff({ document, settings, root: target.root }, {}, context);
}

/** A flag before what the stored scan was made of: other types would find other things. */
function withTypesOf({ scanTypes }: Snapshot, flags: ScanFlags): ScanFlags {
  const isNamed = flags.type !== undefined || flags.scanner !== undefined;
  return isNamed || scanTypes.length === 0 ? flags : { ...flags, type: scanTypes };
}
