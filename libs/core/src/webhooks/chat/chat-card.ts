import {
  SEVERITIES,
  type Severity,
  type WebhookEventPayloads,
  type WebhookMessageBody,
  type WebhookRegressedFindingBody,
} from '@securescan/contracts';
import { highestSeverity } from '../../severity/severity-rank';
import { plainLine } from './plain-line';

const NAME = 100;
const TARGET = 200;
const ERROR = 1000;
/** Of many findings, so many are named. */
const NAMED = 5;

export interface ChatFact {
  readonly label: string;
  readonly value: string;
}

/** What a message says to the people in a channel. All texts are single lines, not yet escaped for any receiver. */
export interface ChatCard {
  /** What kind of thing has happened. */
  readonly heading: string;
  /** One sentence that says it all. */
  readonly title: string;
  /** The worst that there is; `null` where the message is about no findings. */
  readonly severity: Severity | null;
  /** What kind of news it is where no severity says so. */
  readonly tone: 'good' | 'bad' | 'neutral';
  /** At most ten. */
  readonly facts: readonly ChatFact[];
  /** How many findings there are of each severity; empty where there are none. */
  readonly counts: readonly ChatFact[];
  /** What went wrong, in a tool's words. */
  readonly error: string | null;
  /** Findings, one line each. */
  readonly findings: readonly string[];
  /** The page to look at. */
  readonly url: string | null;
  readonly occurredAt: string;
}

type Told = Omit<ChatCard, 'occurredAt'>;
const NOTHING = { severity: null, counts: [], error: null, findings: [] } as const;

export function chatCard(message: WebhookMessageBody): ChatCard {
  return { ...told(message), occurredAt: message.occurred_at };
}

function told(message: WebhookMessageBody): Told {
  switch (message.event) {
    case 'scan.complete':
      return completed(message.data);
    case 'scan.failed':
      return failed(message.data);
    case 'scanner.failed':
      return scannerFailed(message.data);
    case 'finding.regressed':
      return regressed(message.data);
    case 'webhook.test':
      return {
        ...NOTHING,
        heading: 'Webhook test',
        title: 'SecureScan webhook test',
        tone: 'neutral',
        facts: [{ label: 'Message', value: plainLine(message.data.message, TARGET) || 'none' }],
        url: null,
      };
  }
}

function completed(data: WebhookEventPayloads['scan.complete']): Told {
  const found = SEVERITIES.filter((severity) => data.severity_counts[severity] > 0);
  const [worst, ...others] = found;
  const skipped = data.scanners_skipped.length;
  return {
    ...NOTHING,
    heading: 'Scan complete',
    title: `Scan ${shortId(data.scan_id)}${place(data.target, 'of')} completed: ${plural(data.findings_count, 'finding')}`,
    severity: worst === undefined ? null : highestSeverity(worst, ...others),
    tone: 'good',
    facts: [
      ...placeFacts(data),
      { label: 'Findings', value: String(data.findings_count) },
      { label: 'Risk', value: `${data.risk_score} of 100` },
      { label: 'Duration', value: duration(data.duration_s) },
      {
        label: 'Scanners',
        value: `${data.scanner_count}${skipped === 0 ? '' : `, ${skipped} skipped`}`,
      },
    ],
    counts: found.map((severity) => ({
      label: capitalised(severity),
      value: String(data.severity_counts[severity]),
    })),
    url: data.url,
  };
}

function failed(data: WebhookEventPayloads['scan.failed']): Told {
  const error = plainLine(data.error, ERROR) || 'No reason was given';
  return {
    ...NOTHING,
    heading: 'Scan failed',
    title: `Scan ${shortId(data.scan_id)}${place(data.target, 'of')} failed: ${error}`,
    tone: 'bad',
    facts: [...placeFacts(data), { label: 'Duration', value: duration(data.duration_s) }],
    error,
    url: data.url,
  };
}

function scannerFailed(data: WebhookEventPayloads['scanner.failed']): Told {
  const scanner = plainLine(data.scanner, NAME) || 'unknown';
  const end = data.timed_out ? 'timed out' : 'failed';
  return {
    ...NOTHING,
    heading: 'Scanner failed',
    title: `Scanner ${scanner} ${end} in scan ${shortId(data.scan_id)}${place(data.target, 'of')}`,
    tone: 'bad',
    facts: [
      ...placeFacts(data),
      { label: 'Scanner', value: scanner },
      { label: 'Duration', value: duration(data.duration_s) },
    ],
    error: plainLine(data.error, ERROR) || 'No reason was given',
    url: data.url,
  };
}

function regressed(data: WebhookEventPayloads['finding.regressed']): Told {
  const { findings_count: count, findings } = data;
  const [first, ...others] = findings.map(({ severity }) => severity);
  const rest = count - Math.min(findings.length, NAMED);
  return {
    ...NOTHING,
    heading: 'Fixed and found again',
    title: `${plural(count, 'fixed finding')} ${count === 1 ? 'is' : 'are'} back${place(data.target, 'in')}`,
    severity: first === undefined ? null : highestSeverity(first, ...others),
    tone: 'bad',
    facts: placeFacts(data),
    findings: [
      ...findings.slice(0, NAMED).map(findingLine),
      ...(rest > 0 ? [`and ${rest} more`] : []),
    ],
    url: data.url,
  };
}

function placeFacts({
  project,
  scan_id: scan,
}: {
  readonly project: string;
  readonly scan_id: string;
}): ChatFact[] {
  return [
    { label: 'Project', value: plainLine(project, TARGET) || 'none' },
    { label: 'Scan', value: shortId(scan) },
  ];
}

function findingLine({
  severity,
  title,
  file_path: file,
  line,
}: WebhookRegressedFindingBody): string {
  const path = plainLine(file ?? '', TARGET);
  const place = line === null ? path : `${path}:${line}`;
  const text = `${capitalised(severity)}: ${plainLine(title, TARGET) || 'without a title'}`;
  return path === '' ? text : `${text} (${place})`;
}

/** Enough to tell the scans of a channel from one another. */
function shortId(id: string): string {
  return plainLine(id, TARGET).slice(0, 8) || '?';
}

function place(target: string, preposition: 'in' | 'of'): string {
  const text = plainLine(target, TARGET);
  return text === '' ? '' : ` ${preposition} ${text}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
