import { SCAN_OUTPUTS, type OutputFormat } from '@securescan/contracts';
import { type Finding } from '@securescan/core';
import { readSnapshotFile, type LoadedProjectConfig } from '@securescan/host-node';
import { SCANNERS, type ScanTarget } from '@securescan/scan-engine';
import type { CommandContext } from '../command-context';
import { readBaselinePath } from '../options/baseline-path';
import { loadChosenConfig, shownPath } from '../options/chosen-config';
import { readPdfBrowser } from '../options/pdf-browser';
import { readRulePaths } from '../options/rule-paths';
import type { ScanFlags } from '../options/scan-flags';
import {
  findTarget,
  namePlaces,
  problemsOfPlaces,
  type NamedPlaces,
  type ScanPlaces,
} from '../options/scan-places';
import { readScanSettings, type ScanSettings } from '../options/scan-settings';
import type { SettingSources } from '../options/setting';
import { resolveSettings, type Settings } from '../options/settings';
import { UsageError } from '../options/usage-error';
import { outputFileProblem } from '../output/sink';

export interface ScanPlan {
  readonly places: ScanPlaces;
  /** Registry names, or absolute paths. */
  readonly semgrepRules: readonly string[];
  readonly settings: ScanSettings;
  /** What is known and suppressed. */
  readonly baseline: readonly Finding[];
  readonly config: LoadedProjectConfig | null;
  /** The settings with their sources. */
  readonly resolved: Settings;
}

/** What flags, environment and configuration say of a line, and where each of them says it. */
export interface ExplainedLine {
  readonly named: NamedPlaces;
  readonly places: ScanPlaces;
  readonly config: LoadedProjectConfig | null;
  readonly settings: ScanSettings;
  readonly resolved: Settings;
  readonly problems: readonly string[];
}

/**
 * Collects all that is wrong with the line before it says any of it. Throws UsageError, and ProjectConfigError for a
 * configuration that cannot be used: without it nobody knows what the line means. `given` is scanned in place of what the
 * argument names.
 */
export async function planScan(
  argument: string | null,
  flags: ScanFlags,
  context: CommandContext,
  given: ScanTarget | null = null,
): Promise<ScanPlan> {
  const { cwd } = context;
  const line = await readLine(argument, flags, context, { given });
  const { settings, resolved, places, config } = line;
  const { browser, problems: browserProblems } = readPdfBrowser(
    settings,
    context,
    places.target?.root,
  );
  const [rules, baseline, outputProblem] = await Promise.all([
    readRulePaths(resolved.semgrep_rules, cwd),
    // Where nothing is suppressed, nobody reads it.
    settings.isSuppressing
      ? readBaselinePath(resolved.baseline, cwd)
      : { baseline: null, problems: [] },
    settings.outputFile === null ? null : outputFileProblem(settings.outputFile, cwd),
  ]);
  const all = [
    ...line.problems,
    ...rules.problems,
    ...baseline.problems,
    ...(outputProblem === null ? [] : [outputProblem]),
    ...browserProblems,
  ];
  if (all.length > 0) throw new UsageError(all);
  return {
    places,
    semgrepRules: rules.rules,
    settings: { ...settings, baseline: baseline.baseline, browser },
    baseline:
      baseline.baseline === null
        ? []
        : readSnapshotFile(baseline.baseline, shownPath(baseline.baseline, cwd)).findings,
    config,
    resolved,
  };
}

export interface LineOptions {
  /** Scanned in place of what the argument names. */
  readonly given?: ScanTarget | null;
  /** What the report can be written as; by default what a scan can. */
  readonly formats?: readonly OutputFormat[];
}

/** As `planScan`, for a line that is to be explained: what it names need not be there. Throws ProjectConfigError. */
export async function readLine(
  argument: string | null,
  flags: ScanFlags,
  { environment, cwd }: CommandContext,
  { given = null, formats = SCAN_OUTPUTS }: LineOptions = {},
): Promise<ExplainedLine> {
  const early: SettingSources = {
    flags,
    environment,
    config: null,
    target: null,
    scanners: SCANNERS,
    formats,
  };
  const named = namePlaces(argument, wordsForPlaces(early));
  const found = given ?? (await findTarget(named.path, cwd));
  const target = typeof found === 'string' ? null : found;
  const config = await loadChosenConfig(flags, target, cwd);
  const { settings, resolved, problems } = readScanSettings({ ...early, config, target });
  return {
    named,
    places: {
      target: target === null ? null : { ...target, project: settings.project ?? target.project },
      url: named.url,
      host: named.host,
    },
    config,
    settings,
    resolved,
    problems: [
      ...(typeof found === 'string' ? [found] : []),
      ...problemsOfPlaces(named, settings),
      ...problems,
    ],
  };
}

/** Whatever a configuration says, it was found because the argument is a path. */
function wordsForPlaces(sources: SettingSources): Parameters<typeof namePlaces>[1] {
  const { settings } = resolveSettings(['scan_types', 'target_url', 'target_host'], sources);
  return {
    scanTypes: settings.scan_types.value,
    targetUrl: settings.target_url.value,
    targetHost: settings.target_host.value,
  };
}
