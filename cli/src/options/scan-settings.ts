import type { ScanType, Severity, OutputFormat } from '@securescan/contracts';
import type { IgnoredRule, LicensePolicy, ReviewEvent, SarifLimits } from '@securescan/core';
import type { ToolSettings } from '@securescan/scan-engine';
import type { AdviceOrder } from '@securescan/host-node';
import type { CliEnvironment } from './environment';
import type { SettingSources } from './setting';
import { resolveSettings, SETTING_NAMES, type Settings } from './settings';

/** A line of `scan` whose words all have a meaning. Paths are still as typed. */
export interface ScanSettings {
  /** As named by flag, environment or configuration, or of the target; `null` where only the network is scanned. */
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  /** Runs only these; `null` for all of the types. */
  readonly scanners: readonly string[] | null;
  readonly targetUrl: string | null;
  readonly targetHost: string | null;
  readonly isActive: boolean;
  readonly hasHistory: boolean;
  readonly hasHostProbes: boolean;
  readonly tools: ToolSettings;
  readonly format: OutputFormat;
  readonly outputFile: string | null;
  /** What prints the report as PDF, by absolute path; `null` where nothing is printed, and as long as nobody looked for it. */
  readonly browser: string | null;
  readonly sarifLimits: SarifLimits;
  readonly github: GitHubSettings;
  readonly threshold: Severity | null;
  /** Findings that are let through; `null` for any number. */
  readonly mostFindings: number | null;
  readonly severityOverrides: ReadonlyMap<string, Severity>;
  readonly ignoredRules: readonly IgnoredRule[];
  readonly baseline: string | null;
  /** False where nothing is to be suppressed. */
  readonly isSuppressing: boolean;
  /** Whether suppressed findings are listed; `null` where the format decides. */
  readonly showsSuppressed: boolean | null;
  readonly licenses: LicensePolicy;
  readonly semgrepRules: readonly string[];
  readonly isIncompleteAllowed: boolean;
  readonly requiredScanners: readonly string[];
  /** Who is asked for advice on the findings; `null` for nobody. */
  readonly advice: AdviceOrder | null;
  readonly isOffline: boolean;
  readonly isSandboxed: boolean;
  readonly isQuiet: boolean;
  readonly slots: number;
}

/** Where on GitHub the code is, as far as the line and the environment say, and what a review is to be. */
export interface GitHubSettings {
  readonly serverUrl: string;
  readonly repository: string | null;
  /** As the line names it. */
  readonly commit: string | null;
  /** What the environment takes for the commit: that of a merge, on a pull request. */
  readonly commitOfEnvironment: string | null;
  readonly baseCommit: string | null;
  readonly reviewEvent: ReviewEvent;
  readonly hasSuggestions: boolean;
}

export interface ScanSettingsReading {
  readonly settings: ScanSettings;
  /** The same with their sources. */
  readonly resolved: Settings;
  /** Empty when the settings can be used. */
  readonly problems: readonly string[];
}

type KnownScanner = SettingSources['scanners'][number];

/** Gives the words of a line their meaning. Pure; finds every problem. */
export function readScanSettings(sources: SettingSources): ScanSettingsReading {
  const { environment, scanners } = sources;
  const { settings: resolved, problems: found } = resolveSettings(SETTING_NAMES, sources);
  const settings = valuesOf(resolved, environment);
  // A mistyped type is told once, and not a second time as a type without scanners.
  const selection = found.length === 0 ? selectionProblems(resolved, scanners) : [];
  return { settings, resolved, problems: [...environment.problems, ...found, ...selection] };
}

function valuesOf(resolved: Settings, { tools, advice }: CliEnvironment): ScanSettings {
  return {
    project: resolved.project.value,
    scanTypes: resolved.scan_types.value,
    scanners: resolved.scanners.value,
    targetUrl: resolved.target_url.value,
    targetHost: resolved.target_host.value,
    isActive: resolved.active.value,
    hasHistory: resolved.history.value,
    hasHostProbes: resolved.baseline_host_probes.value,
    tools,
    format: resolved.output.value,
    outputFile: resolved.output_file.value,
    browser: null,
    sarifLimits: resolved.sarif_limits.value,
    github: githubOf(resolved),
    threshold: resolved.fail_on_severity.value,
    mostFindings: resolved.fail_on_count.value,
    severityOverrides: resolved.severity_overrides.value,
    ignoredRules: resolved.ignored_rules.value,
    baseline: resolved.baseline.value,
    isSuppressing: resolved.suppress.value,
    showsSuppressed: resolved.show_suppressed.value,
    licenses: resolved.licenses.value,
    semgrepRules: resolved.semgrep_rules.value,
    isIncompleteAllowed: resolved.allow_incomplete.value,
    requiredScanners: resolved.require_scanners.value,
    advice: resolved.ai.value && !resolved.offline.value ? advice : null,
    isOffline: resolved.offline.value,
    isSandboxed: resolved.sandbox.value,
    isQuiet: resolved.quiet.value,
    slots: resolved.scan_slots.value,
  };
}

function githubOf({ repo, sha, base_sha, ...resolved }: Settings): GitHubSettings {
  const isTyped = sha.source === 'flag';
  return {
    serverUrl: resolved.server_url.value,
    repository: repo.value,
    commit: isTyped ? sha.value : null,
    commitOfEnvironment: isTyped ? null : sha.value,
    baseCommit: base_sha.value,
    reviewEvent: resolved.review_event.value,
    hasSuggestions: resolved.suggestions.value,
  };
}

function selectionProblems(
  { scan_types, scanners: chosen, require_scanners }: Settings,
  scanners: readonly KnownScanner[],
): string[] {
  const scanTypes = scan_types.value;
  const named = chosen.value;
  const ofTypes = scanners.filter(({ scanType }) => scanTypes.includes(scanType));
  const mistaken = (named ?? []).flatMap((name) =>
    problemOfName('--scanner', name, { selected: ofTypes, scanners }),
  );
  if (mistaken.length > 0) return mistaken;
  const selected = ofTypes.filter(({ name }) => named?.includes(name) ?? true);
  const where = require_scanners.detail ?? '--require-scanner';
  return require_scanners.value.flatMap((name) =>
    problemOfName(where, name, { selected, scanners }),
  );
}

function problemOfName(
  flag: string,
  name: string,
  { selected, scanners }: Record<'selected' | 'scanners', readonly KnownScanner[]>,
): string[] {
  if (selected.some((scanner) => scanner.name === name)) return [];
  const known = scanners.find((scanner) => scanner.name === name);
  return known === undefined
    ? [
        `${flag}: there is no scanner "${name}"; there are ${scanners.map((scanner) => scanner.name).join(', ')}.`,
      ]
    : [`${flag} ${name}: it does not run in this scan; add --type ${known.scanType}.`];
}
