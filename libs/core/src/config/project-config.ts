import { SCAN_TYPES, SEVERITIES, type ScanType, type Severity } from '@securescan/contracts';
import { ConfigIssues, type ConfigIssue, type ConfigPlace } from './config-issue';
import { ConfigNode } from './config-node';
import { readIgnoredRules, type IgnoredRule } from './ignored-rules';
import { readInsidePath, readRulePath } from './inside-path';
import { NO_LICENSE_POLICY, readLicensePolicy, type LicensePolicy } from './license-policy';
import { problemOfLine, readLine } from './line-text';
import { ProjectConfigError } from './project-config.errors';
import { readSeverityOverrides } from './rule-id';

/** The names that a project's configuration may have in a directory. The first that there is counts. */
export const PROJECT_CONFIG_NAMES = [
  '.securescan.yml',
  '.securescan.yaml',
  'securescan.yml',
] as const;

/** What is larger was not written by hand. */
export const MAX_CONFIG_CHARACTERS = 262_144;
const MAX_PROJECT_CHARACTERS = 200;
const MAX_RULE_PATHS = 100;
const MAX_TYPES = 20;
const MAX_KEYS = 100;

/** What a project says about its own scans. What it does not say is `null`, or empty. */
export interface ProjectConfig {
  readonly project: string | null;
  /** In the order of all types, each once. */
  readonly scanTypes: readonly ScanType[] | null;
  readonly failOnSeverity: Severity | null;
  readonly severityOverrides: ReadonlyMap<string, Severity>;
  readonly ignoredRules: readonly IgnoredRule[];
  /** POSIX paths relative to the directory of the configuration, inside the project. */
  readonly semgrepRules: readonly string[];
  /** As `semgrepRules`. */
  readonly baseline: string | null;
  readonly ai: boolean | null;
  readonly licenses: LicensePolicy;
}

export const EMPTY_CONFIG: ProjectConfig = {
  project: null,
  scanTypes: null,
  failOnSeverity: null,
  severityOverrides: new Map(),
  ignoredRules: [],
  semgrepRules: [],
  baseline: null,
  ai: null,
  licenses: NO_LICENSE_POLICY,
};

/** Every key that a configuration may have, in the order of the guide. */
export const PROJECT_CONFIG_KEYS = [
  'project',
  'scan_types',
  'fail_on_severity',
  'severity_overrides',
  'ignored_rules',
  'semgrep_rules',
  'baseline',
  'ai',
  'licenses',
] as const;
export type ProjectConfigKey = (typeof PROJECT_CONFIG_KEYS)[number];

export interface ConfigReading {
  /** `null` where there is an error. */
  readonly config: ProjectConfig | null;
  /** Errors first; of very many the first ones of each level. */
  readonly issues: readonly ConfigIssue[];
  /** How many there are. */
  readonly counts: Readonly<Record<ConfigIssue['level'], number>>;
  /** Where each key stands, and each item of `semgrep_rules` as `semgrep_rules[0]`. */
  readonly places: ReadonlyMap<string, ConfigPlace>;
}

/**
 * Reads the text of a configuration. `fileName` is its POSIX path relative to the project's root, which tells how far its paths
 * may climb; an absolute one says that they may not. Throws ProjectConfigError (CONFIG_INVALID) and nothing else.
 */
export function readProjectConfig(text: string, fileName: string): ProjectConfig {
  const { config, issues, counts } = lintProjectConfig(text, fileName);
  if (config !== null) return config;
  const errors = issues.filter(({ level }) => level === 'error');
  throw new ProjectConfigError(fileName, errors, { count: counts.error });
}

/**
 * Reads the text of a configuration and tells all that is to be said of it. Never throws. `today` (`YYYY-MM-DD`) lets ignored
 * rules that have ended be warned of.
 */
export function lintProjectConfig(
  text: string,
  fileName: string,
  today: string | null = null,
): ConfigReading {
  const issues = new ConfigIssues();
  const places = new Map<string, ConfigPlace>();
  const problem = textProblem(text);
  if (problem !== null) issues.add({ level: 'error', location: null, ...problem });
  const top = problem === null ? ConfigNode.parse(text, issues) : null;
  const config =
    top === null ? EMPTY_CONFIG : readTop(top, { places, today, depth: depthOf(fileName) });
  if (top?.isNothing === true) {
    const message = 'it is empty, so that the defaults apply';
    issues.add({ level: 'info', line: 1, column: 1, location: null, message });
  }
  return {
    config: issues.count('error') === 0 ? config : null,
    issues: issues.sorted(),
    counts: {
      error: issues.count('error'),
      warning: issues.count('warning'),
      info: issues.count('info'),
    },
    places,
  };
}

/** What keeps a text from being the name of a project; ends a sentence that begins with it. `null` where nothing does. */
export function projectNameProblem(name: string): string | null {
  return problemOfLine(name, MAX_PROJECT_CHARACTERS);
}

interface Situation {
  readonly places: Map<string, ConfigPlace>;
  readonly today: string | null;
  readonly depth: number;
}

function readTop(top: ConfigNode, { places, today, depth }: Situation): ProjectConfig {
  const members = top.members(MAX_KEYS);
  for (const [name, member] of members) {
    places.set(name, member.place);
    if (!PROJECT_CONFIG_KEYS.some((key) => key === name))
      member.unknown(name, 'a configuration', PROJECT_CONFIG_KEYS);
  }
  const read = <T>(key: ProjectConfigKey, reader: (node: ConfigNode) => T, absent: T): T => {
    const node = members.get(key);
    return node === undefined ? absent : reader(node);
  };
  const overrides = read('severity_overrides', readSeverityOverrides, null);
  const ignoredRules = read('ignored_rules', (node) => readIgnoredRules(node, today), []);
  warnOfContradictions(overrides?.nodes ?? new Map(), ignoredRules);
  return {
    project: read('project', (node) => readLine(node, MAX_PROJECT_CHARACTERS), null),
    scanTypes: read('scan_types', readScanTypes, null),
    failOnSeverity: read(
      'fail_on_severity',
      (node) => (node.isNothing ? null : node.choice(SEVERITIES)),
      null,
    ),
    severityOverrides: overrides?.overrides ?? new Map(),
    ignoredRules,
    semgrepRules: read('semgrep_rules', (node) => readRules(node, places, depth), []),
    baseline: read('baseline', (node) => readInsidePath(node, depth), null),
    ai: read('ai', (node) => (node.isNothing ? null : node.boolean()), null),
    licenses: read('licenses', readLicensePolicy, NO_LICENSE_POLICY),
  };
}

function readScanTypes(node: ConfigNode): readonly ScanType[] | null {
  const named = new Set<ScanType>();
  const items = node.items(MAX_TYPES);
  for (const item of items) {
    const type = item.choice(SCAN_TYPES);
    if (type === null) continue;
    if (named.has(type)) item.wrong(`names ${type} a second time`, 'warning');
    named.add(type);
  }
  if (named.size > 0) return SCAN_TYPES.filter((type) => named.has(type));
  if (node.isList && items.length === 0)
    node.wrong('is empty, so that the default types apply', 'warning');
  return null;
}

function readRules(node: ConfigNode, places: Map<string, ConfigPlace>, depth: number): string[] {
  const rules: string[] = [];
  for (const item of node.items(MAX_RULE_PATHS)) {
    const path = readRulePath(item, depth);
    if (path === null) continue;
    places.set(`semgrep_rules[${rules.length}]`, item.place);
    rules.push(path);
  }
  return rules;
}

function warnOfContradictions(
  overrides: ReadonlyMap<string, ConfigNode>,
  ignoredRules: readonly IgnoredRule[],
): void {
  const ignored = new Map(ignoredRules.map(({ rule, line }) => [rule, line]));
  for (const [rule, node] of overrides) {
    const line = ignored.get(rule);
    if (line !== undefined)
      node.misplaced(`is ignored on line ${line}, so that its severity shows nowhere`, 'warning');
  }
}

/** C0 controls have no place in a YAML text, but its reader lets them through. */
function textProblem(text: string): (ConfigPlace & { readonly message: string }) | null {
  if (text.length > MAX_CONFIG_CHARACTERS) {
    return { line: 1, column: 1, message: `it is longer than ${MAX_CONFIG_CHARACTERS} characters` };
  }
  const at = text.search(/[^\P{Cc}\t\n\r\u0085]/u);
  if (at < 0) return null;
  const before = text.slice(0, at).split('\n');
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `it holds the control character U+${code}; remove it`,
  };
}

/** How many directories above that of the configuration the project begins. */
function depthOf(fileName: string): number {
  return fileName.startsWith('/') || /^[a-z]:/iu.test(fileName)
    ? 0
    : fileName.split('/').length - 1;
}
