import { escapeControls, PROJECT_CONFIG_KEYS } from '@securescan/core';
import type { ProjectConfig, ProjectConfigKey } from '@securescan/core';
import type { LoadedProjectConfig } from '@securescan/host-node';

type Words = (config: ProjectConfig) => string;

const WORDS: Readonly<Record<ProjectConfigKey, Words>> = {
  project: ({ project }) => project ?? '-',
  scan_types: ({ scanTypes }) => scanTypes?.join(', ') ?? '-',
  fail_on_severity: ({ failOnSeverity }) => failOnSeverity ?? '-',
  severity_overrides: ({ severityOverrides }) => counted(severityOverrides.size, 'rule'),
  ignored_rules: ({ ignoredRules }) => counted(ignoredRules.length, 'rule'),
  semgrep_rules: ({ semgrepRules }) => semgrepRules.join(', ') || '-',
  baseline: ({ baseline }) => baseline ?? '-',
  ai: ({ ai }) => (ai === null ? '-' : String(ai)),
  licenses: ({ licenses: { deny, warn, allow } }) =>
    `${deny.length} denied, ${warn.length} to be looked at, ${allow.length} allowed`,
};

/** What a valid configuration says, key by key as far as it has them; ends in a newline. */
export function renderConfigSummary(file: string, { config, places }: LoadedProjectConfig): string {
  const rows = PROJECT_CONFIG_KEYS.filter((key) => places.has(key)).map(
    (key) => `  ${key.padEnd(18)}  ${WORDS[key](config)}`,
  );
  return `${[`OK ${file}`, ...rows].map(escapeControls).join('\n')}\n`;
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
