import type { ScanBody, ScanEventBody, ScanStatus } from '@securescan/contracts';
import type { LiveMessage } from './scan-event-stream';

export type ScannerPhase = 'queued' | 'running' | 'completed' | 'failed' | 'timed_out' | 'skipped';

export interface ScannerProgress {
  readonly scanner: string;
  readonly phase: ScannerPhase;
  /** ISO time of `scanner.start`. */
  readonly startedAt: string | null;
  readonly seconds: number | null;
  readonly findings: number | null;
  /** Why it was skipped or failed. */
  readonly reason: string | null;
  readonly hint: string | null;
}

export interface ScanProgress {
  readonly connection: 'connecting' | 'live' | 'reconnecting' | 'polling';
  readonly status: ScanStatus | null;
  /** ISO time; `null` until it has. */
  readonly startedAt: string | null;
  /** In registry order, as the scan announced them. */
  readonly scanners: readonly ScannerProgress[];
}

export const NO_PROGRESS: ScanProgress = {
  connection: 'connecting',
  status: null,
  startedAt: null,
  scanners: [],
};

/** Folds one message of the stream into what the page shows. Pure. */
export function advance(progress: ScanProgress, message: LiveMessage): ScanProgress {
  switch (message.kind) {
    case 'connection':
      return { ...progress, connection: message.state };
    case 'polled':
      return fromPoll(progress, message.scan);
    case 'event':
      return fromEvent(progress, message.body);
  }
}

export function isFinished(row: ScannerProgress): boolean {
  return row.phase !== 'queued' && row.phase !== 'running';
}

/** Of scanners that nobody has announced, a poll knows those that have ended. */
function fromPoll(progress: ScanProgress, scan: ScanBody): ScanProgress {
  const polled: ScanProgress = {
    ...progress,
    status: scan.status,
    startedAt: progress.startedAt ?? scan.started_at,
  };
  return scan.scanner_outcomes.reduce(
    (known, outcome) =>
      withRow(known, outcome.scanner, {
        phase: outcome.status,
        seconds: outcome.duration_ms / 1000,
        findings: outcome.findings_count,
        reason: outcome.reason,
        hint: outcome.install_hint,
      }),
    polled,
  );
}

function fromEvent(progress: ScanProgress, body: ScanEventBody): ScanProgress {
  switch (body.event) {
    case 'scan.start':
      return {
        ...progress,
        status: 'running',
        startedAt: body.data.ts,
        scanners: body.data.scanners.map(queued),
      };
    case 'scanner.start':
      return withRow(progress, body.data.scanner, { phase: 'running', startedAt: body.data.ts });
    case 'scanner.skipped':
      return withRow(progress, body.data.scanner, {
        phase: 'skipped',
        reason: body.data.reason,
        hint: body.data.install_hint,
      });
    case 'scanner.complete':
      return withRow(progress, body.data.scanner, {
        phase: 'completed',
        seconds: body.data.duration_s,
        findings: body.data.findings_count,
      });
    case 'scanner.failed':
      return withRow(progress, body.data.scanner, {
        phase: body.data.timed_out ? 'timed_out' : 'failed',
        seconds: body.data.duration_s,
        reason: body.data.error,
      });
    case 'scan.complete':
      return { ...progress, status: 'completed' };
    case 'scan.failed':
      return { ...progress, status: 'failed' };
    case 'scan.cancelled':
      return { ...progress, status: 'cancelled' };
  }
}

function withRow(
  progress: ScanProgress,
  scanner: string,
  change: Partial<ScannerProgress>,
): ScanProgress {
  const isKnown = progress.scanners.some((row) => row.scanner === scanner);
  const rows = isKnown ? progress.scanners : [...progress.scanners, queued(scanner)];
  const scanners = rows.map((row) => (row.scanner === scanner ? { ...row, ...change } : row));
  return { ...progress, scanners };
}

function queued(scanner: string): ScannerProgress {
  return {
    scanner,
    phase: 'queued',
    startedAt: null,
    seconds: null,
    findings: null,
    reason: null,
    hint: null,
  };
}
