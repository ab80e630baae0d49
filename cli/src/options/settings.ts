import {
  DEFAULT_SCAN_TYPES,
  SCAN_TYPES,
  SEVERITIES,
  type ScanType,
  type OutputFormat,
} from '@securescan/contracts';
import { EMPTY_CONFIG, SARIF_LIMITS, type ReviewEvent, type SarifLimits } from '@securescan/core';
import { ai } from './ai-switch';
import { baseCommit, commit, repository, reviewEventOf, serverUrl } from './github-settings';
import {
  byDefault,
  fromKey,
  fromSwitch,
  fromText,
  type Resolver,
  type Setting,
  type SettingSources,
} from './setting';
import {
  choiceInAnyCase,
  choiceOf,
  countOf,
  formatOf,
  namesOf,
  projectNameOf,
  scanTypesOf,
  textOf,
  wordsOf,
} from './setting-words';

const namedProject = fromText<string | null>({
  flag: ['--project', ({ project }) => project],
  variable: 'SECURESCAN_PROJECT',
  key: ['project', ({ config }) => config.project],
  meaning: projectNameOf,
  fallback: null,
});

/** What nobody names is named after its origin. */
const project: Resolver<string | null> = (sources, problems) => {
  const named = namedProject(sources, problems);
  const { target } = sources;
  if (named.source !== 'default' || target === null) return named;
  return byDefault(
    target.project,
    target.project === target.root ? 'path of the root' : "git's origin",
  );
};

const namedTypes = fromText<readonly ScanType[]>({
  flag: ['--type', ({ type }) => type],
  variable: 'SECURESCAN_SCAN_TYPES',
  key: ['scan_types', ({ config }) => config.scanTypes],
  meaning: scanTypesOf,
  fallback: DEFAULT_SCAN_TYPES,
});

/** Who names scanners alone means their types. */
const scanTypes: Resolver<readonly ScanType[]> = (sources, problems) => {
  const { flags, scanners } = sources;
  if (flags.type !== undefined || flags.scanner === undefined) return namedTypes(sources, problems);
  const named = namesOf(flags.scanner, '--scanner', problems);
  const value = SCAN_TYPES.filter((type) =>
    scanners.some(({ name, scanType }) => scanType === type && named.includes(name)),
  );
  return { value, source: 'flag', detail: '--scanner' };
};

/** `null`: as the format and the terminal call for. */
const showSuppressed: Resolver<boolean | null> = ({ flags }, problems) => {
  if (flags.showSuppressed === true && flags.hideSuppressed === true)
    problems.push('--show-suppressed and --hide-suppressed contradict each other; leave one out.');
  if (flags.showSuppressed === true)
    return { value: true, source: 'flag', detail: '--show-suppressed' };
  if (flags.hideSuppressed === true)
    return { value: false, source: 'flag', detail: '--hide-suppressed' };
  return byDefault(null);
};

const scanSlots: Resolver<number> = ({ environment }) => {
  const name = 'SECURESCAN_SCAN_SLOTS';
  return environment.variable(name) === ''
    ? byDefault(environment.slots, 'cores of this machine')
    : { value: environment.slots, source: 'environment', detail: name };
};

/** `null`: as the terminal can. A dumb one wants none. */
const color: Resolver<boolean | null> = ({ flags, environment }) => {
  if (flags.color === false) return { value: false, source: 'flag', detail: '--no-color' };
  if (!environment.isColourUnwanted) return byDefault(null);
  const detail = environment.variable('NO_COLOR') === '' ? 'TERM' : 'NO_COLOR';
  return { value: false, source: 'environment', detail };
};

const output: Resolver<OutputFormat> = (sources, problems) =>
  fromText<OutputFormat>({
    flag: ['--output', (flags) => flags.output],
    variable: 'SECURESCAN_OUTPUT',
    meaning: formatOf(sources.formats),
    fallback: 'text',
  })(sources, problems);

/** Every setting, in the order in which they are explained. */
const RESOLVERS = {
  project,
  scan_types: scanTypes,
  scanners: fromText<readonly string[] | null>({
    flag: ['--scanner', ({ scanner }) => scanner],
    meaning: namesOf,
    fallback: null,
  }),
  target_url: fromText({
    flag: ['--target-url', ({ targetUrl }) => targetUrl],
    meaning: textOf,
    fallback: null,
  }),
  target_host: fromText({
    flag: ['--target-host', ({ targetHost }) => targetHost],
    meaning: textOf,
    fallback: null,
  }),
  active: fromSwitch(['--active', ({ active }) => active]),
  history: fromSwitch(['--history', ({ history }) => history]),
  baseline_host_probes: fromSwitch([
    '--baseline-host-probes',
    ({ baselineHostProbes }) => baselineHostProbes,
  ]),
  output,
  output_file: fromText({
    flag: ['--output-file', (flags) => flags.outputFile],
    meaning: textOf,
    fallback: null,
  }),
  sarif_limits: fromText<SarifLimits>({
    flag: ['--sarif-limits', (flags) => flags.sarifLimits],
    variable: 'SECURESCAN_SARIF_LIMITS',
    meaning: choiceOf(SARIF_LIMITS, 'github'),
    fallback: 'github',
  }),
  repo: repository,
  sha: commit,
  base_sha: baseCommit,
  server_url: serverUrl,
  review_event: fromText<ReviewEvent>({
    flag: ['--review-event', (flags) => flags.reviewEvent],
    meaning: reviewEventOf,
    fallback: 'COMMENT',
  }),
  // Commander gives `true` where the flag was not typed.
  suggestions: fromSwitch(
    ['--no-suggestions', (flags) => (flags.suggestions === false ? false : undefined)],
    null,
    true,
  ),
  fail_on_severity: fromText({
    flag: ['--fail-on-severity', ({ failOnSeverity }) => failOnSeverity],
    variable: 'SECURESCAN_FAIL_ON_SEVERITY',
    key: ['fail_on_severity', ({ config }) => config.failOnSeverity],
    meaning: choiceInAnyCase(SEVERITIES, null),
    fallback: null,
  }),
  fail_on_count: fromText({
    flag: ['--fail-on-count', ({ failOnCount }) => failOnCount],
    meaning: countOf,
    fallback: null,
  }),
  severity_overrides: fromKey(
    'severity_overrides',
    ({ config }) => config.severityOverrides,
    EMPTY_CONFIG.severityOverrides,
  ),
  ignored_rules: fromKey(
    'ignored_rules',
    ({ config }) => config.ignoredRules,
    EMPTY_CONFIG.ignoredRules,
  ),
  /** Of the configuration by absolute path; else as typed, relative to the working directory. */
  baseline: fromText({
    flag: ['--baseline', (flags) => flags.baseline],
    variable: 'SECURESCAN_BASELINE',
    key: ['baseline', (config) => config.baseline],
    meaning: textOf,
    fallback: null,
  }),
  // Commander gives `true` where the flag was not typed.
  suppress: fromSwitch(
    ['--no-suppress', (flags) => (flags.suppress === false ? false : undefined)],
    null,
    true,
  ),
  show_suppressed: showSuppressed,
  /** As `baseline`, or what the registry knows. */
  semgrep_rules: fromText<readonly string[]>({
    flag: ['--semgrep-rules', ({ semgrepRules }) => semgrepRules],
    variable: 'SECURESCAN_SEMGREP_RULES',
    isList: true,
    key: ['semgrep_rules', ({ semgrepRules }) => (semgrepRules.length === 0 ? null : semgrepRules)],
    meaning: wordsOf,
    fallback: [],
  }),
  licenses: fromKey('licenses', ({ config }) => config.licenses, EMPTY_CONFIG.licenses),
  require_scanners: fromText<readonly string[]>({
    flag: ['--require-scanner', ({ requireScanner }) => requireScanner],
    variable: 'SECURESCAN_REQUIRE_SCANNERS',
    meaning: namesOf,
    fallback: [],
  }),
  allow_incomplete: fromSwitch(
    ['--allow-incomplete', ({ allowIncomplete }) => allowIncomplete],
    ['SECURESCAN_ALLOW_INCOMPLETE', ({ isIncompleteAllowed }) => isIncompleteAllowed],
  ),
  ai,
  offline: fromSwitch(
    ['--offline', (flags) => flags.offline],
    ['SECURESCAN_OFFLINE', ({ isOffline }) => isOffline],
  ),
  sandbox: fromSwitch(
    ['--sandbox', (flags) => flags.sandbox],
    ['SECURESCAN_SANDBOX', ({ isSandboxed }) => isSandboxed],
  ),
  scan_slots: scanSlots,
  quiet: fromSwitch(['--quiet', (flags) => flags.quiet]),
  color,
} satisfies Record<string, Resolver<unknown>>;

export type SettingName = keyof typeof RESOLVERS;
export type Settings = {
  readonly [Name in SettingName]: ReturnType<(typeof RESOLVERS)[Name]>;
};

export const SETTING_NAMES = Object.keys(RESOLVERS) as readonly SettingName[];

/**
 * The named settings with their sources: flag before environment before configuration before default. Pure; finds every
 * problem of theirs beside those that the environment has found.
 */
export function resolveSettings<Name extends SettingName>(
  names: readonly Name[],
  sources: SettingSources,
): { readonly settings: Pick<Settings, Name>; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const settings = Object.fromEntries(
    names.map((name): [Name, Setting<unknown>] => [name, RESOLVERS[name](sources, problems)]),
  ) as Pick<Settings, Name>;
  return { settings, problems };
}
