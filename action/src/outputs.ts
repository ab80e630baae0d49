import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { SEVERITIES } from '@securescan/contracts';
import { objectOf } from '@securescan/core';
import { summaryOf, type Analysis } from './analyse';

/** Every output of action.yml; a test compares the two. */
export const OUTPUT_NAMES = [
  'exit-code',
  'new-count',
  'fixed-count',
  'unchanged-count',
  'suppressed-count',
  'not-assessed-count',
  'total-count',
  'highest-severity',
  'report-path',
  'sarif-path',
  'comment-path',
  'directory',
  'comment-url',
  'scan-url',
] as const;
export type Outputs = Readonly<Record<(typeof OUTPUT_NAMES)[number], string>>;

/** What later steps can read. What is not known is empty: a scan of everything finds nothing new. */
export function outputsOf(
  analysis: Analysis,
  addresses: { readonly comment: string | null; readonly scan: string | null },
): Outputs {
  const { files, report, range, exitCode } = analysis;
  const summary = summaryOf(analysis);
  const isDiff = range.kind === 'diff';
  const count = (name: string): number => Number(summary[name] ?? 0);
  const known = (text: string): string => (report === null ? '' : text);
  const ofDiff = (name: string): string => known(isDiff ? String(count(name)) : '');
  const suppressed = isDiff
    ? count('suppressed') + count('newly_suppressed')
    : count('suppressed_findings');
  const total = isDiff ? count('new') + count('unchanged') : count('total_findings');
  const bySeverity = isDiff ? objectOf(summary['new_by_severity']) : summary;
  const highest = SEVERITIES.find((severity) => Number(bySeverity[severity] ?? 0) > 0) ?? 'none';
  return {
    'exit-code': String(exitCode),
    'new-count': ofDiff('new'),
    'fixed-count': ofDiff('fixed'),
    'unchanged-count': ofDiff('unchanged'),
    'suppressed-count': known(String(suppressed)),
    'not-assessed-count': ofDiff('not_assessed'),
    'total-count': known(String(total)),
    'highest-severity': known(highest),
    'report-path': known(isDiff ? files.json : files.head),
    'sarif-path': known(files.sarif),
    'comment-path': known(files.comment),
    directory: files.directory,
    'comment-url': addresses.comment ?? '',
    'scan-url': addresses.scan ?? '',
  };
}

/** Tells the runner. A value that holds a line break cannot become an output of its own. */
export function writeOutputs(outputs: Outputs, file: string): void {
  for (const [name, value] of Object.entries(outputs)) {
    const end = randomUUID();
    appendFileSync(file, `${name}<<${end}\n${value}\n${end}\n`);
  }
}
