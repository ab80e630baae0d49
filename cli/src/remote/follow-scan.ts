import { type ApiClient, ServerProtocolError, wait } from '@securescan/api-client';
import {
  isTerminalScanEvent,
  OUTCOME_STATUSES,
  type ScanBody,
  type ScanEventBody,
} from '@securescan/contracts';
import { OperationalError, type ScannerOutcome } from '@securescan/core';
import type { ScanProgress } from '@securescan/scan-engine';

export interface Following {
  readonly client: Pick<ApiClient, 'getScan' | 'scanEvents'>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ScanProgress) => void;
}

const POLL_MS = 2000;
/** Answers in a row that did not come: together some minutes in which a server may be started again. */
const MAX_SILENT_POLLS = 60;
const MAX_SCANNERS = 1000;

/**
 * Follows a scan of a server to its end and gives its record then. What its stream tells is shown, and decides nothing; where there
 * is no stream (a proxy that holds it back, a server that was started again) the scan is asked for again and again. Rejects with
 * what the server refuses, and when it stays away.
 */
export async function followScan(id: string, following: Following): Promise<ScanBody> {
  const { client, signal, onProgress } = following;
  try {
    for await (const event of client.scanEvents(id, { signal })) {
      const progress = progressOf(event);
      if (progress !== null) onProgress(progress);
      if (isTerminalScanEvent(event.event)) break;
    }
  } catch (error) {
    // Expected: a stream that keeps breaking off, or is none. A refusal of the key is final.
    if (signal.aborted || !(error instanceof OperationalError)) throw error;
  }
  return pollToItsEnd(id, following);
}

async function pollToItsEnd(id: string, { client, signal }: Following): Promise<ScanBody> {
  for (let silent = 0; ;) {
    const scan = await scanOrError(client, id, signal);
    if (scan instanceof OperationalError) {
      silent += 1;
      if (silent >= MAX_SILENT_POLLS) throw scan;
    } else {
      silent = 0;
      if (scan.status !== 'pending' && scan.status !== 'running') return scan;
    }
    await wait(POLL_MS, signal);
  }
}

/** An answer that is none of ours is final: waiting makes no server of it. */
async function scanOrError(
  client: Following['client'],
  id: string,
  signal: AbortSignal,
): Promise<ScanBody | OperationalError> {
  try {
    return await client.getScan(id, signal);
  } catch (error) {
    // Expected: a server that is being started again, or too busy.
    const isForNow = error instanceof OperationalError && !(error instanceof ServerProtocolError);
    if (signal.aborted || !isForNow) throw error;
    return error;
  }
}

/** What an event shows; `null` for one that shows nothing, or whose fields are not what they should be. Pure. */
export function progressOf({ event, data }: ScanEventBody): ScanProgress | null {
  const fields: Readonly<Record<string, unknown>> = { ...data };
  if (event === 'scan.start') {
    const scanners = fields['scanners'];
    if (!Array.isArray(scanners) || scanners.length > MAX_SCANNERS) return null;
    return { kind: 'scan-started', scanners: scanners.filter(isText) };
  }
  if (event === 'scanner.start') {
    const scanner = fields['scanner'];
    return isText(scanner) ? { kind: 'scanner-started', scanner } : null;
  }
  const outcome = 'outcome' in fields ? outcomeOf(fields['outcome']) : null;
  return outcome === null ? null : { kind: 'scanner-ended', outcome };
}

/** As much of an outcome as progress shows. */
function outcomeOf(value: unknown): ScannerOutcome | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { scanner } = fields;
  const status = OUTCOME_STATUSES.find((known) => known === fields['status']);
  if (!isText(scanner) || status === undefined) return null;
  return {
    scanner,
    scanType: 'code',
    status,
    reason: textOrNull(fields['reason']),
    installHint: textOrNull(fields['install_hint']),
    version: null,
    rulePackDigest: null,
    durationMs: numberOr0(fields['duration_ms']),
    exitCode: null,
    filesAssessed: null,
    filesSkipped: [],
    bytesAssessed: null,
    findingsCount: numberOr0(fields['findings_count']),
    notes: [],
    stderrTail: null,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOrNull(value: unknown): string | null {
  return isText(value) ? value : null;
}

function numberOr0(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
