import { join } from 'node:path';
import { isComplete, SecureScanError } from '@securescan/core';
import type { ScanDocument } from '@securescan/core';
import { ensureDataDirectory, productVersion } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import type { ScanPlaces } from '../options/scan-places';
import type { ScanSettings } from '../options/scan-settings';
import { EXIT_CODES, exitCodeOfError } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { isSystemError } from '../output/system-error';
import { oneRow, writeNotice } from '../output/terminal';
import type { HistoryEntry, HistoryStatus } from './history-entry';
import { HISTORY_NAME, HistoryFile } from './history-file';

interface RecordedScan {
  readonly places: ScanPlaces;
  readonly settings: Pick<ScanSettings, 'scanTypes' | 'isQuiet'>;
}

interface ScanEnd {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly exitCode: ExitCode;
  /** `null` where the scan came to no result. */
  readonly document: ScanDocument | null;
}

type HistoryFigures = Pick<
  HistoryEntry,
  'findings_count' | 'counts' | 'suppressed_count' | 'risk_score'
>;

const NO_FIGURES: HistoryFigures = {
  findings_count: null,
  counts: null,
  suppressed_count: null,
  risk_score: null,
};

const MAX_CHARACTERS = 4096;

/**
 * Does the work of a scan and adds a line to the history, however the work ends. The work hands over its document as soon as
 * there is one. A history that cannot be written is told, and changes nothing about the scan.
 */
export async function recordScan(
  scan: RecordedScan,
  context: CommandContext,
  work: (note: (document: ScanDocument) => void) => Promise<ExitCode>,
): Promise<ExitCode> {
  const now = (): Date => context.environment.fakeNow ?? new Date();
  const startedAt = now();
  const noted: { document: ScanDocument | null } = { document: null };
  const record = (exitCode: ExitCode): Promise<void> =>
    append(scan, { startedAt, endedAt: now(), exitCode, document: noted.document }, context);
  try {
    const exitCode = await work((document) => {
      noted.document = document;
    });
    await record(exitCode);
    return exitCode;
  } catch (error) {
    // Expected: whatever ends a scan, Ctrl-C included. It is told where every error is.
    await record(exitCodeOfError(error));
    throw error;
  }
}

/** The line of one scan. Pure. */
export function historyEntryOf(
  { places, settings }: RecordedScan,
  { startedAt, endedAt, exitCode, document }: ScanEnd,
  toolVersion: string,
): HistoryEntry {
  return {
    started_at: startedAt.toISOString(),
    ended_at: endedAt.toISOString(),
    target: targetOf(places).slice(0, MAX_CHARACTERS),
    project: document?.project?.slice(0, MAX_CHARACTERS) ?? null,
    scan_types: settings.scanTypes,
    status: statusOf(document, exitCode),
    ...figuresOf(document),
    exit_code: exitCode,
    tool_version: toolVersion,
  };
}

function figuresOf(document: ScanDocument | null): HistoryFigures {
  if (document === null) return NO_FIGURES;
  const { totalFindings, bySeverity, suppressedFindings, riskScore } = document.summary;
  return {
    findings_count: totalFindings,
    counts: bySeverity,
    suppressed_count: suppressedFindings,
    risk_score: riskScore,
  };
}

function targetOf({ target, url, host }: ScanPlaces): string {
  if (target !== null) return target.path;
  return url === null ? (host ?? 'this machine') : withoutCredentials(url);
}

/** Names, passwords and tokens stand in these parts, and a history is kept for long. */
function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}

function statusOf(document: ScanDocument | null, exitCode: ExitCode): HistoryStatus {
  if (document === null) return exitCode === EXIT_CODES.interrupted ? 'cancelled' : 'failed';
  if (document.summary.scannersRun.length === 0) return 'failed';
  const isWhole = isComplete(document.outcomes) && exitCode !== EXIT_CODES.incomplete;
  return isWhole ? 'completed' : 'incomplete';
}

async function append(scan: RecordedScan, end: ScanEnd, { terminal }: CommandContext) {
  try {
    const entry = historyEntryOf(scan, end, productVersion());
    await new HistoryFile(join(await ensureDataDirectory(), HISTORY_NAME)).append(entry);
  } catch (error) {
    // Expected: a home that is read-only or full, or something else that stands in the file's place.
    if (!isSystemError(error) && !(error instanceof SecureScanError)) throw error;
    if (scan.settings.isQuiet) return;
    writeNotice(terminal, oneRow(`the history was not written (${error.message})`, Infinity));
  }
}
