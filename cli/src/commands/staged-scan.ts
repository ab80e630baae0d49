import { RENDERERS } from '@securescan/core';
import { SCANNERS, type ScanTarget } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { recordScan } from '../history/record-scan';
import { HOST_PORTS } from '../host-ports.token';
import type { ScanFlags } from '../options/scan-flags';
import { findTarget } from '../options/scan-places';
import { readScanSettings, type ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import type { ExitCode } from '../output/exit-codes';
import { writeNotice } from '../output/terminal';
import { writeReport } from '../output/write-report';
import { dayOf } from '../services/engine-order';
import { ScanRunner } from '../services/scan-runner';
import { withStagedTree } from '../services/staged-tree';
import type { NodeHostPorts } from '@securescan/host-node';
import { judgeScan, withVisible } from './judge-scan';
import { planScan } from './scan-plan';
import { watched } from './watched';

/** A hook that lets everything pass is of no use: where nobody says otherwise, this much stops a commit. */
const DEFAULT_THRESHOLD = 'high';

/** `securescan scan --staged [target]`: what the next commit will hold, as the index has it. */
export async function runStagedScan(
  path: string,
  flags: ScanFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, environment } = context;
  const { target, settings: early } = await checkLine(path, flags, context);
  const places = { target, url: null, host: null };
  return recordScan({ places, settings: early }, context, async (note) => {
    const { document, settings, isNothingStaged } = await watched(
      terminal,
      { ...early, scannedRoot: target.root },
      (services, watch) =>
        withStagedTree(
          services.get<NodeHostPorts>(HOST_PORTS),
          { target, signal: watch.signal },
          async (tree) => {
            const plan = await planScan(path, flags, context, tree.target);
            const scanned = await services.get(ScanRunner).run({
              ...plan,
              ...watch,
              today: dayOf(environment.fakeNow),
              repository: tree.repository,
              onlyFiles: tree.staged,
            });
            const isByDefault = plan.resolved.fail_on_severity.source === 'default';
            const threshold = isByDefault ? DEFAULT_THRESHOLD : plan.settings.threshold;
            return {
              document: withVisible(scanned, plan.settings),
              settings: { ...plan.settings, threshold },
              isNothingStaged: tree.staged.size === 0,
            };
          },
        ),
    );
    note(document);
    if (isNothingStaged && !settings.isQuiet) writeNotice(terminal, 'nothing is staged');
    const { render } = RENDERERS[settings.format];
    await writeReport((options) => render(document, options), settings, context);
    return judgeScan(document, settings, terminal);
  });
}

/** What can be wrong with the line before the index is read. Throws UsageError. */
async function checkLine(
  path: string,
  flags: ScanFlags,
  { environment, cwd }: CommandContext,
): Promise<{ target: ScanTarget; settings: ScanSettings }> {
  const target = await findTarget(path, cwd);
  const sources = { flags, environment, config: null, target: null, scanners: SCANNERS };
  const { settings, problems } = readScanSettings(sources);
  const isElsewhere = settings.targetUrl !== null || settings.targetHost !== null;
  const all = [
    ...(typeof target === 'string' ? [target] : []),
    ...problems,
    ...(isElsewhere ? ['--staged scans files: leave --target-url and --target-host out.'] : []),
  ];
  if (all.length > 0 || target === null || typeof target === 'string') throw new UsageError(all);
  return { target, settings };
}
