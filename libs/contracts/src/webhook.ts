import type { ScanType, SeverityCountsBody } from './scan';
import type { Severity } from './severity';

/** What a webhook may subscribe to. */
export const WEBHOOK_EVENTS = [
  'scan.complete',
  'scan.failed',
  'scanner.failed',
  'finding.regressed',
] as const;

/** How a message is written: for programs, or for the people in a channel. */
export const WEBHOOK_FORMATS = ['generic', 'slack', 'discord', 'teams'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

/** Where something happened. */
interface WebhookScanFacts {
  scan_id: string;
  project: string;
  /** Path, URL or host in one word; empty for the machine itself. */
  target: string;
  /** The scan's page; `null` where nobody has told the server its address. */
  url: string | null;
}

/** How far a scan had come. */
interface WebhookScanRun {
  scan_types: ScanType[];
  /** Sorted by name. */
  scanners_run: string[];
  scanners_skipped: string[];
  /** `null` where it ended before it ran. */
  started_at: string | null;
  completed_at: string;
  duration_s: number;
}

export interface WebhookRegressedFindingBody {
  fingerprint: string;
  id: string;
  title: string;
  severity: Severity;
  scanner: string;
  rule_id: string;
  file_path: string | null;
  line: number | null;
  /** When it had been called fixed, and by whom. */
  fixed_at: string;
  fixed_by: string | null;
}

/** `data` of every message, by event. */
export interface WebhookEventPayloads {
  'scan.complete': WebhookScanFacts &
    WebhookScanRun & {
      /** Scanners that completed. */
      scanner_count: number;
      /** Active ones, after deduplication. */
      findings_count: number;
      severity_counts: SeverityCountsBody;
      risk_score: number;
    };
  'scan.failed': WebhookScanFacts & WebhookScanRun & { error: string };
  'scanner.failed': WebhookScanFacts & {
    scanner: string;
    scan_type: ScanType;
    duration_s: number;
    timed_out: boolean;
    error: string;
  };
  'finding.regressed': WebhookScanFacts & {
    /** The most severe first. */
    findings: WebhookRegressedFindingBody[];
    findings_count: number;
    /** How many of the same scan earlier messages told. */
    told_before: number;
  };
  'webhook.test': { message: string; timestamp: string };
}

export type WebhookEventName = keyof WebhookEventPayloads;

/** The body of a request to a receiver of format `generic`, its fields in this order. */
export interface WebhookMessageOf<Name extends WebhookEventName> {
  /** The same on every attempt: what receivers tell repetitions by. */
  id: string;
  event: Name;
  occurred_at: string;
  data: WebhookEventPayloads[Name];
}

export type WebhookMessageBody = {
  [Name in WebhookEventName]: WebhookMessageOf<Name>;
}[WebhookEventName];
