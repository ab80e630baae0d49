import { SEVERITIES, type Severity } from '@securescan/contracts';
import { listOf, objectOf, textOf, type Untyped } from '@securescan/core';

/** What a report says of a finding, as far as a comment needs it. */
export interface ReportedFinding {
  /** Tells it from every other one: its fingerprint, and its number where several share that. */
  readonly key: string;
  readonly scanner: string;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly filePath: string | null;
  readonly line: number | null;
  /** Everybody who reported it. */
  readonly scanners: readonly string[];
}

/** What became of a finding in the change. One that is in no list is not there any more. */
export type Standing = 'new' | 'unchanged' | 'suppressed' | 'not-assessed';

/** A comparison, by findings. */
export interface Comparison {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly found: ReadonlyMap<string, ReportedFinding>;
  /** Scanners whose silence means that there is nothing. */
  readonly reliable: ReadonlySet<string>;
}

const MARKER = /<!-- securescan:fp:([0-9a-f]{64})(?::(\d{1,6}))? -->/g;

/** The findings that a text is about, in its order. */
export function keysIn(text: string): readonly string[] {
  const keys = [...text.matchAll(MARKER)].map(([, digits = '', number]) => keyOf(digits, number));
  return [...new Set(keys)];
}

/** The same marker that the reports put behind a finding. */
export function markerOf(key: string): string {
  return `<!-- securescan:fp:${key} -->`;
}

/** Reads the JSON report of a comparison. */
export function comparisonOf(report: Untyped): Comparison {
  const standings = new Map<string, Standing>();
  const found = new Map<string, ReportedFinding>();
  // Of a finding that is in several lists, the last one says what matters most.
  const lists: readonly (readonly [name: string, standing: Standing])[] = [
    ['unchanged', 'unchanged'],
    ['suppressed', 'suppressed'],
    ['newly_suppressed', 'suppressed'],
    ['not_assessed', 'not-assessed'],
    ['new', 'new'],
  ];
  for (const [name, standing] of lists) {
    for (const value of listOf(report[name])) {
      const finding = findingOf(objectOf(value));
      standings.set(finding.key, standing);
      found.set(finding.key, finding);
    }
  }
  const scanners = listOf(report['scanners']).map(objectOf);
  const reliable = scanners.filter(
    ({ head, reason, incomplete }) =>
      head === 'completed' && reason === null && incomplete === false,
  );
  return { standings, found, reliable: new Set(reliable.map(({ name }) => textOf(name) ?? '')) };
}

function findingOf(value: Untyped): ReportedFinding {
  const scanner = textOf(value['scanner']) ?? '';
  const aliases = listOf(value['aliases']).map((alias) => textOf(objectOf(alias)['scanner']) ?? '');
  const occurrence = numberOf(value['occurrence']) ?? 1;
  return {
    key: keyOf(textOf(value['fingerprint']) ?? '', occurrence > 1 ? String(occurrence) : undefined),
    scanner,
    ruleId: textOf(value['rule_id']) ?? '',
    severity: SEVERITIES.find((severity) => severity === value['severity']) ?? 'info',
    filePath: textOf(value['file_path']),
    line: numberOf(value['line_start']),
    scanners: [...new Set([scanner, ...aliases])],
  };
}

function keyOf(digits: string, number: string | undefined): string {
  return number === undefined ? digits : `${digits}:${number}`;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
