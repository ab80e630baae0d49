import { SEVERITIES } from '@securescan/contracts';
import type { HistoryEntry } from '../history/history-entry';
import { renderColumns } from './columns';

const HEADINGS = ['Started (UTC)', 'Target', 'Status', 'Findings', 'Risk', 'Exit'] as const;
const NONE = '-';
const MAX_TARGET_CHARACTERS = 60;

/** The scans as a table for people, one line each, ending in a newline. */
export function renderHistoryTable(entries: readonly HistoryEntry[]): string {
  return renderColumns(HEADINGS, entries.map(cellsOf));
}

function cellsOf(entry: HistoryEntry): readonly string[] {
  return [
    entry.started_at.slice(0, 16).replace('T', ' '),
    shortened(entry.project ?? entry.target),
    entry.status,
    findingsOf(entry),
    entry.risk_score?.toFixed(1) ?? NONE,
    entry.exit_code?.toString() ?? NONE,
  ];
}

/** The end of a path tells more than its beginning. */
function shortened(target: string): string {
  return target.length <= MAX_TARGET_CHARACTERS
    ? target
    : `…${target.slice(1 - MAX_TARGET_CHARACTERS)}`;
}

function findingsOf({ findings_count: total, counts }: HistoryEntry): string {
  if (total === null) return NONE;
  const parts = SEVERITIES.filter((severity) => (counts?.[severity] ?? 0) > 0).map(
    (severity) => `${counts?.[severity] ?? 0} ${severity}`,
  );
  return parts.length === 0 ? String(total) : `${total}: ${parts.join(', ')}`;
}
