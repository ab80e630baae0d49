import { SCAN_OUTPUTS } from '@securescan/contracts';
import type { NodeHostPorts } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import { recordScan } from '../history/record-scan';
import { HOST_PORTS } from '../host-ports.token';
import type { ScanFlags } from '../options/scan-flags';
import type { Settings } from '../options/settings';
import type { ExitCode } from '../output/exit-codes';
import { writeNotice } from '../output/terminal';
import { writeScan } from '../output/write-report';
import { dayOf } from '../services/engine-order';
import { ScanRunner } from '../services/scan-runner';
import { withStagedTree } from '../services/staged-tree';
import { checkTreeLine } from './check-tree-line';
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
  const { target, settings: early } = await checkTreeLine(path, flags, context, {
    formats: SCAN_OUTPUTS,
    furtherProblems: placeProblems,
  });
  const places = { target, url: null, host: null };
  return recordScan({ places, settings: early }, context, async (note) => {
    const { document, settings, isNothingStaged } = await watched(
      terminal,
      { ...early, scannedRoot: target.root },
      (services, watch) =>
        withStagedTree(
          services.get<NodeHostPorts>(HOST_PORTS),
          { target, readsConfig: flags.config === undefined, signal: watch.signal },
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
              // The tree that git wrote is not the one that must not lend us a browser.
              settings: { ...plan.settings, threshold, browser: early.browser },
              isNothingStaged: tree.staged.size === 0,
            };
          },
        ),
    );
    note(document);
    if (isNothingStaged && !settings.isQuiet) writeNotice(terminal, 'nothing is staged');
    await writeScan(document, settings, context);
    return judgeScan(document, settings, terminal);
  });
}

/** The index holds files alone. */
function placeProblems({ target_url, target_host }: Settings): string[] {
  const isElsewhere = target_url.value !== null || target_host.value !== null;
  return isElsewhere ? ['--staged scans files: leave --target-url and --target-host out.'] : [];
}
