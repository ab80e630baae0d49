import type { ScanBody } from '@securescan/contracts';
import { targetOfScan } from '@securescan/contracts';
import { OperationalError } from '@securescan/core';
import type { ServerAccess } from '../options/server-access';
import { clientOf } from '../remote/client';
import { readHistoryEntry } from './history-entry';
import type { HistoryEntry } from './history-entry';

const MAX_PAGE = 200;

/** The newest scans of a server. Rejects with UserError or OperationalError, whose sentence says what to do. */
export async function readServerHistory(
  access: ServerAccess,
  limit: number,
  signal: AbortSignal,
): Promise<HistoryEntry[]> {
  const client = clientOf(access);
  const entries: HistoryEntry[] = [];
  for await (const scan of client.listScans({ limit: Math.min(limit, MAX_PAGE) }, signal)) {
    entries.push(entryOf(scan));
    if (entries.length >= limit) break;
  }
  return entries;
}

/** What the client has not checked is checked here: it is shown, and may come from anybody. */
function entryOf(scan: ScanBody): HistoryEntry {
  const entry = readHistoryEntry({
    ...scan,
    started_at: scan.started_at ?? scan.created_at,
    ended_at: scan.completed_at,
    target: targetOfScan(scan),
  });
  if (entry !== null) return entry;
  throw new OperationalError(
    'SERVICE_UNAVAILABLE',
    'The server lists a scan without a time or a target; check that it is of this version.',
  );
}
