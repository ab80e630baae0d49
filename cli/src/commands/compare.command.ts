import { resolve } from 'node:path';
import { coverageOf, diffFindings, type Snapshot } from '@securescan/core';
import { productVersion, readSnapshotFile } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import type { CompareWords } from '../grammar/compare';
import type { ScanFlags } from '../options/scan-flags';
import type { ExitCode } from '../output/exit-codes';
import { Engine } from '../services/engine';
import { dayOf, engineOrderOf } from '../services/engine-order';
import { targetWithinRoot } from '../services/scan-runner';
import { sideOf } from './diff-snapshots';
import { planTreeScan } from './plan-tree-scan';
import { tellDiff } from './tell-diff';
import { watched } from './watched';

/** `securescan compare <baseline> [target]`: what came and went since a stored scan. */
export async function runCompareCommand(
  { baseline: file, target: path, flags }: CompareWords,
  context: CommandContext,
): Promise<ExitCode> {
  const snapshot = readSnapshotFile(resolve(context.cwd, file), file);
  const base = sideOf(snapshot, file);
  const plan = await planTreeScan(path, withTypesOf(snapshot, flags), context);
  const { settings, semgrepRules, target, config } = plan;
  const order = engineOrderOf({
    settings,
    places: { url: null, host: null },
    semgrepRules,
    // What the baseline holds is what the scan is compared with: it must not be taken out of it.
    baseline: [],
    today: dayOf(context.environment.fakeNow),
  });
  const result = await watched(
    context.terminal,
    { ...settings, scannedRoot: target.root },
    async (services, watch) => {
      const engine = services.get(Engine);
      await engine.clearLeftovers();
      return engine.scan({ ...order, target, ...watch });
    },
  );
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
    project: target.project === target.root ? null : target.project,
    scanTypes: settings.scanTypes,
    policy: config === null ? 'the defaults, as there is no configuration' : config.path,
    pendingPolicy: [],
    diff: diffFindings(base, head),
    outcomes: result.outcomes,
    notices: result.notices,
    showsSuppressed: settings.showsSuppressed !== false,
  } as const;
  return tellDiff({ document, settings }, {}, context);
}

/** A flag before what the stored scan was made of: other types would find other things. */
function withTypesOf({ scanTypes }: Snapshot, flags: ScanFlags): ScanFlags {
  const isNamed = flags.type !== undefined || flags.scanner !== undefined;
  return isNamed || scanTypes.length === 0 ? flags : { ...flags, type: scanTypes };
}
