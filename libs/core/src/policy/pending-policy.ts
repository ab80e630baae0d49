import type { ProjectConfig } from '../config/project-config';
import { groupFindings, countThings } from '../diff/group-findings';
import type { Finding } from '../model/finding';
import { compareCodePoints } from '../order/compare-code-points';

/** One side's decisions. */
export interface DecidedPolicy {
  readonly config: ProjectConfig;
  readonly baseline: readonly Finding[];
}

/**
 * What the head's configuration and baseline would change of the base's, one line each: it takes effect only once it is merged
 * (ADR 0022). Empty where they decide the same.
 */
export function pendingPolicy(base: DecidedPolicy, head: DecidedPolicy): string[] {
  return [
    ...ignoredLines(base.config, head.config),
    ...overrideLines(base.config, head.config),
    ...valueLines(base.config, head.config),
    ...baselineLines(base.baseline, head.baseline),
  ];
}

function ignoredLines(base: ProjectConfig, head: ProjectConfig): string[] {
  const [before, after] = [base, head].map(
    ({ ignoredRules }) => new Map(ignoredRules.map((item) => [item.rule, item.until])),
  );
  return changes(before ?? new Map(), after ?? new Map(), (rule, was, is) => {
    if (was === undefined) return `ignored_rules would add ${rule}`;
    if (is === undefined) return `ignored_rules would drop ${rule}`;
    return `ignored_rules would hold ${rule} until ${is ?? 'further notice'}`;
  });
}

function overrideLines(base: ProjectConfig, head: ProjectConfig): string[] {
  return changes(base.severityOverrides, head.severityOverrides, (rule, _was, is) =>
    is === undefined
      ? `severity_overrides would drop ${rule}`
      : `severity_overrides would make ${rule} ${is}`,
  );
}

/** One line for each key of the two whose values differ, in code-point order. */
function changes<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  tell: (key: string, was: T | undefined, is: T | undefined) => string,
): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => before.get(key) !== after.get(key) || before.has(key) !== after.has(key))
    .sort(compareCodePoints)
    .map((key) => tell(key, before.get(key), after.get(key)));
}

function valueLines(base: ProjectConfig, head: ProjectConfig): string[] {
  const values = (config: ProjectConfig): ReadonlyMap<string, string> =>
    new Map([
      ['project', config.project ?? 'the default'],
      ['scan_types', config.scanTypes?.join(', ') ?? 'the default'],
      ['fail_on_severity', config.failOnSeverity ?? 'none'],
      ['semgrep_rules', config.semgrepRules.join(', ') || 'the default'],
      ['baseline', config.baseline ?? 'none'],
      ['licenses', licenseWords(config)],
    ]);
  return changes(values(base), values(head), (key, _was, is) => `${key} would be ${is ?? 'none'}`);
}

function licenseWords({ licenses: { deny, warn, allow } }: ProjectConfig): string {
  const lists = Object.entries({ deny, warn, allow }).filter(([, list]) => list.length > 0);
  return lists.map(([name, list]) => `${name} ${list.join(', ')}`).join('; ') || 'none';
}

function baselineLines(base: readonly Finding[], head: readonly Finding[]): string[] {
  let [added, dropped] = [0, 0];
  for (const group of groupFindings(base, head)) {
    const [before, after] = [countThings(group.base.active), countThings(group.head.active)];
    added += Math.max(0, after - before);
    dropped += Math.max(0, before - after);
  }
  return [
    ...(added === 0 ? [] : [`the baseline would cover ${added} more`]),
    ...(dropped === 0 ? [] : [`the baseline would cover ${dropped} fewer`]),
  ];
}
