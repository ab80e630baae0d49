import { SEVERITIES } from '@securescan/contracts';
import type { Severity } from '@securescan/contracts';

export const HISTORY_STATUSES = ['completed', 'incomplete', 'failed', 'cancelled'] as const;
export type HistoryStatus = (typeof HISTORY_STATUSES)[number];

/** One scan of the past, in the words of the file and of `history --json`. */
export interface HistoryEntry {
  /** UTC, ISO 8601 with milliseconds. */
  readonly started_at: string;
  readonly ended_at: string | null;
  /** The absolute path, URL or host that was scanned. */
  readonly target: string;
  readonly project: string | null;
  readonly scan_types: readonly string[];
  /** One of HISTORY_STATUSES, or a server's word for where its scan is. */
  readonly status: string;
  /** Without the suppressed ones; `null` where the scan came to no result. */
  readonly findings_count: number | null;
  readonly counts: Readonly<Record<Severity, number>> | null;
  readonly suppressed_count: number | null;
  readonly risk_score: number | null;
  /** `null` for scans of a server. */
  readonly exit_code: number | null;
  readonly tool_version: string | null;
}

/** An entry from one line of the file, or `null` where it is none: cut off, edited, or of another program. Pure. */
export function parseHistoryLine(line: string): HistoryEntry | null {
  return readHistoryEntry(jsonOrNull(line));
}

/** An entry from any value, or `null` where it is none. Pure. */
export function readHistoryEntry(value: unknown): HistoryEntry | null {
  if (!isRecord(value)) return null;
  const { target, status, started_at: startedAt } = value;
  const types = value['scan_types'];
  if (typeof target !== 'string' || typeof status !== 'string') return null;
  if (typeof startedAt !== 'string' || !isListOfTexts(types)) return null;
  return {
    started_at: startedAt,
    ended_at: textOrNull(value['ended_at']),
    target,
    project: textOrNull(value['project']),
    scan_types: types,
    status,
    findings_count: numberOrNull(value['findings_count']),
    counts: countsOrNull(value['counts']),
    suppressed_count: numberOrNull(value['suppressed_count']),
    risk_score: numberOrNull(value['risk_score']),
    exit_code: numberOrNull(value['exit_code']),
    tool_version: textOrNull(value['tool_version']),
  };
}

type JsonRecord = Readonly<Record<string, unknown>>;

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Expected: a line that was cut off.
    return null;
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function countsOrNull(value: unknown): Record<Severity, number> | null {
  if (!isRecord(value)) return null;
  const { critical, high, medium, low, info } = value;
  const counts = { critical, high, medium, low, info };
  return hasNumbers(counts) ? counts : null;
}

function hasNumbers(
  counts: Readonly<Record<Severity, unknown>>,
): counts is Record<Severity, number> {
  return SEVERITIES.every((severity) => numberOrNull(counts[severity]) !== null);
}
