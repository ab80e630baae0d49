import type { ScanType, Severity } from '@securescan/contracts';
import { stringify } from 'yaml';

/** What a project says when its configuration is written for the first time. */
export interface StarterConfig {
  /** `null` leaves the name to git's origin. */
  readonly project: string | null;
  readonly scanTypes: readonly ScanType[];
  readonly failOnSeverity: Severity;
  /** Relative to the configuration; `null` where there is none. */
  readonly baseline: string | null;
}

/** Whatever the value holds, it is one scalar on one line. */
const ONE_LINE = { lineWidth: 0, blockQuote: false } as const;

/** The text of a first `.securescan.yml`, which `readProjectConfig` accepts. Ends in a newline. */
export function renderStarterConfig({
  project,
  scanTypes,
  failOnSeverity,
  baseline,
}: StarterConfig): string {
  const lines = [
    '# What SecureScan does in this project. "securescan config validate" checks this file;',
    '# flags and environment variables of a single run win over it.',
    ...(project === null ? [] : ['', `project: ${scalar(project)}`]),
    '',
    '# Kinds of scan that run when a line names none.',
    `scan_types: [${scanTypes.join(', ')}]`,
    '',
    '# A finding of this severity or worse ends a scan with exit code 1.',
    `fail_on_severity: ${failOnSeverity}`,
    '',
    '# Rules whose findings are listed as suppressed and count nowhere.',
    'ignored_rules: []',
    ...(baseline === null
      ? []
      : [
          '',
          '# Findings that were known when this file was written: they are listed as suppressed.',
          `baseline: ${scalar(baseline)}`,
        ]),
    '',
    '# Semgrep rules of your own, in files of this project:',
    '# semgrep_rules:',
    '#   - security/semgrep.yml',
  ];
  return `${lines.join('\n')}\n`;
}

function scalar(value: string): string {
  return stringify(value, ONE_LINE).trimEnd();
}
