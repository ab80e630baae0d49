import type { OutputFormat } from '@securescan/contracts';
import type { LoadedProjectConfig } from '@securescan/host-node';
import type { ScanResult, ScanTarget } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { shownPath } from '../options/chosen-config';
import { readRulePaths } from '../options/rule-paths';
import type { ScanFlags } from '../options/scan-flags';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { outputFileProblem } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { Engine } from '../services/engine';
import { dayOf, engineOrderOf } from '../services/engine-order';
import { reviewProblems } from './plan-review';
import { readLine } from './scan-plan';
import { watched } from './watched';

/** A scan of a directory or a file whose findings no baseline suppresses. */
export interface TreeScanPlan {
  readonly target: ScanTarget;
  readonly settings: ScanSettings;
  /** Registry names, or absolute paths. */
  readonly semgrepRules: readonly string[];
  readonly config: LoadedProjectConfig | null;
}

/** Collects all that is wrong with the line before it says any of it. Throws UsageError and ProjectConfigError. */
export async function planTreeScan(
  path: string,
  flags: ScanFlags,
  context: CommandContext,
  formats: readonly OutputFormat[],
): Promise<TreeScanPlan> {
  const { cwd, terminal } = context;
  const { settings, resolved, places, config, problems } = await readLine(path, flags, context, {
    formats,
  });
  const { outputFile, isQuiet } = settings;
  const rules = await readRulePaths(resolved.semgrep_rules, cwd);
  const outputProblem = outputFile === null ? null : await outputFileProblem(outputFile, cwd);
  const all = [
    ...problems,
    ...reviewProblems(resolved, false),
    ...rules.problems,
    ...(outputProblem === null ? [] : [outputProblem]),
  ];
  if (all.length > 0) throw new UsageError(all);
  const { target } = places;
  if (target === null) throw new UsageError(['Name a directory or a file.']);
  if (config !== null && !isQuiet) {
    writeNotice(
      terminal,
      oneRow(`loaded configuration from ${shownPath(config.file, cwd)}`, Infinity),
    );
  }
  return { target, settings, semgrepRules: rules.rules, config };
}

/**
 * Scans without a baseline: whoever compares with one, or writes one, needs to see what it holds. Rejects with ScanCancelledError
 * when it is interrupted.
 */
export function scanTree(
  { target, settings, semgrepRules }: TreeScanPlan,
  { terminal, environment }: CommandContext,
): Promise<ScanResult> {
  const order = engineOrderOf({
    settings,
    places: { url: null, host: null },
    semgrepRules,
    baseline: [],
    today: dayOf(environment.fakeNow),
  });
  return watched(terminal, { ...settings, scannedRoot: target.root }, async (services, watch) => {
    const engine = services.get(Engine);
    await engine.clearLeftovers();
    return engine.scan({ ...order, target, ...watch });
  });
}
