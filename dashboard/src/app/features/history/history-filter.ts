import type { ScanSort, ScanStatus } from '@securescan/contracts';

export const PERIODS = ['1d', '7d', '30d', '90d'] as const;
export type Period = (typeof PERIODS)[number];

const DAYS: Readonly<Record<Period, number>> = { '1d': 1, '7d': 7, '30d': 30, '90d': 90 };
const DAY_MS = 24 * 60 * 60_000;
const SCAN_ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What the list is narrowed by; `null` for everything. */
export interface HistoryFilter {
  readonly status: ScanStatus | null;
  /** Part of what was looked at or of its project, or how the id begins. */
  readonly text: string | null;
  readonly period: Period | null;
}

/** @param now milliseconds since the epoch */
export function listParams(
  filter: HistoryFilter,
  sort: ScanSort,
  now: number,
): Record<string, string> {
  const { status, text, period } = filter;
  const params: Record<string, string> = { sort };
  if (status !== null) params['status'] = status;
  if (text !== null) params['q'] = text;
  if (period !== null) {
    params['created_after'] = new Date(now - DAYS[period] * DAY_MS).toISOString();
  }
  return params;
}

/** A text that names one scan, whole. */
export function isScanId(text: string): boolean {
  return SCAN_ID.test(text.trim());
}
