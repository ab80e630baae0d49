import type { ScannerOutcomeBody, ScanType } from './scan';

/** Payload of every event that a scan's stream carries, by event name. */
export interface ScanEventPayloads {
  'scan.start': {
    target: string;
    scan_types: ScanType[];
    scanner_count: number;
    scanners: string[];
  };
  'scanner.skipped': {
    scanner: string;
    reason: string;
    install_hint: string | null;
    outcome: ScannerOutcomeBody;
  };
  'scanner.start': { scanner: string };
  'scanner.complete': {
    scanner: string;
    duration_s: number;
    findings_count: number;
    outcome: ScannerOutcomeBody;
  };
  'scanner.failed': {
    scanner: string;
    duration_s: number;
    error: string;
    timed_out: boolean;
    outcome: ScannerOutcomeBody;
  };
  'scan.complete': {
    target: string;
    duration_s: number;
    scanner_count: number;
    findings_count: number;
    risk_score: number;
    scanners_run: string[];
    scanners_skipped: string[];
  };
  'scan.failed': { error: string };
  'scan.cancelled': Record<string, never>;
}

export type ScanEventName = keyof ScanEventPayloads;

export const SCAN_EVENT_NAMES = [
  'scan.start',
  'scanner.skipped',
  'scanner.start',
  'scanner.complete',
  'scanner.failed',
  'scan.complete',
  'scan.failed',
  'scan.cancelled',
] as const satisfies readonly ScanEventName[];

export const TERMINAL_SCAN_EVENTS = ['scan.complete', 'scan.failed', 'scan.cancelled'] as const;

/** Added to every payload on the wire. `seq` is also the frame's `id:` and what `Last-Event-ID` resumes from. */
export interface ScanEventEnvelope {
  scan_id: string;
  seq: number;
  ts: string;
}

export type ScanEventBody = {
  [K in ScanEventName]: { event: K; data: ScanEventPayloads[K] & ScanEventEnvelope };
}[ScanEventName];

export function isTerminalScanEvent(name: ScanEventName): boolean {
  return TERMINAL_SCAN_EVENTS.some((terminal) => terminal === name);
}
