import type { Severity } from '@securescan/contracts';
import { oneRow } from './terminal';
import { renderColumns } from './columns';

/** One finding as a row. */
export interface FindingRow {
  readonly fingerprint: string;
  readonly severity: Severity | null;
  readonly verdict: string;
  readonly rule: string;
  readonly place: string;
  readonly title: string;
}

const HEADINGS = ['Severity', 'Verdict', 'Rule', 'Place', 'Title', 'Fingerprint'] as const;
const MAX_TITLE = 60;
const MAX_PLACE = 60;

/** Findings as a table for people, one line each, ending in a newline. */
export function renderFindingsTable(rows: readonly FindingRow[]): string {
  return renderColumns(
    HEADINGS,
    rows.map(({ fingerprint, severity, verdict, rule, place, title }) => [
      severity ?? '-',
      verdict,
      oneRow(rule, MAX_TITLE),
      oneRow(place, MAX_PLACE),
      oneRow(title, MAX_TITLE),
      fingerprint,
    ]),
  );
}

/** `src/a.py:3`; a dash for what is in no file. */
export function placeWords(path: unknown, line: unknown): string {
  if (typeof path !== 'string') return '-';
  return typeof line === 'number' ? `${path}:${line}` : path;
}
