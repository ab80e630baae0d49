import type { NotificationSeverity, NotificationType } from '@securescan/contracts';
import { redactSecrets } from '@securescan/core';

const MAX_TARGET_LENGTH = 200;
const MAX_SCAN_ERROR_LENGTH = 200;
const MAX_SCANNER_ERROR_LENGTH = 100;
const MAX_NAME_LENGTH = 120;
/** Of many things, so many are named. */
export const NAMED = 3;

/** What a notification says. */
export interface NotificationText {
  readonly type: NotificationType;
  readonly severity: NotificationSeverity;
  readonly title: string;
  readonly body: string | null;
}

/** How the findings of a scan compare to those of the scans of the same target before it. */
export interface Novelty {
  readonly new: number;
  readonly newCritical: number;
  /** Findings that were looked at, the most severe first; `null` for all. */
  readonly among: number | null;
}

interface CompletedScan {
  readonly isImport: boolean;
  readonly target: string;
  readonly findingsCount: number;
  readonly novelty: Novelty;
}

export interface FailedScanner {
  readonly scanner: string;
  readonly status: 'failed' | 'timed_out';
  readonly reason: string | null;
}

/** A completed scan that has findings. */
export function completedText({
  isImport,
  target,
  findingsCount,
  novelty,
}: CompletedScan): NotificationText {
  return {
    type: 'scan.complete',
    severity: loudnessOf(novelty),
    title: isImport ? 'Import complete' : 'Scan complete',
    body: `${plural(findingsCount, 'finding')}${on(target)}: ${whatIsNew(novelty)}.`,
  };
}

export function failedText(target: string, error: string): NotificationText {
  const parts = [targetText(target), shortText(error, MAX_SCAN_ERROR_LENGTH)];
  const body = parts.filter((part) => part !== '').join(': ');
  const title = 'Scan failed';
  return { type: 'scan.failed', severity: 'error', title, body: body === '' ? null : body };
}

/** All scanners of one scan that told nothing, in one. @param failed at least one. */
export function failedScannersText(
  target: string,
  failed: readonly FailedScanner[],
): NotificationText {
  const [only] = failed;
  const isOne = only !== undefined && failed.length === 1;
  const title = isOne ? 'Scanner failed' : `${thousands(failed.length)} scanners failed`;
  const body = isOne
    ? `${endOf(only)}${on(target)}${reasonOf(only)}`
    : `${manyNamed(failed.slice(0, NAMED).map(endOf), failed.length)}${on(target)}`;
  return { type: 'scanner.failed', severity: 'warning', title, body };
}

/** @param named the first of them. @param isDismissal one of them had said that a finding need not be dealt with. */
export function lapsedText(
  count: number,
  named: readonly string[],
  isDismissal: boolean,
): NotificationText {
  return {
    type: 'verdict.lapsed',
    severity: isDismissal ? 'warning' : 'info',
    title: count === 1 ? 'A verdict has lapsed' : `${thousands(count)} verdicts have lapsed`,
    body: manyNamed(named, count),
  };
}

/** @param named the first of them. @param isGrave one of them is critical or high. */
export function regressedText(
  count: number,
  named: readonly string[],
  isGrave: boolean,
): NotificationText {
  return {
    type: 'finding.regressed',
    severity: isGrave ? 'error' : 'warning',
    title: count === 1 ? 'A fixed finding is back' : `${thousands(count)} fixed findings are back`,
    body: manyNamed(named, count),
  };
}

/** A webhook to which nothing is sent any more. */
export function disabledWebhookText(name: string, reason: 'gone' | 'failing'): NotificationText {
  const why =
    reason === 'gone'
      ? 'its receiver answered that it will not be there again (410)'
      : 'nothing could be delivered to it for five days';
  return {
    type: 'webhook.disabled',
    severity: 'error',
    title: 'A webhook was disabled',
    body: `${nameText(name)}: ${why}. What waits for it is sent once it is enabled again.`,
  };
}

/** A name that tools or people gave, for a list of several. */
export function nameText(name: string): string {
  return shortText(name, MAX_NAME_LENGTH);
}

/** One line without secrets and without what a screen would not show; what is too long ends with an ellipsis. */
function shortText(text: string, max: number): string {
  const line = lineOf(text);
  return line.length > max ? `${line.slice(0, max - 1).toWellFormed()}…` : line;
}

/** The end of a path says more than its beginning. */
function targetText(target: string): string {
  const line = lineOf(target);
  return line.length > MAX_TARGET_LENGTH
    ? `…${line.slice(1 - MAX_TARGET_LENGTH).toWellFormed()}`
    : line;
}

const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
/** Texts are cut long before this; what comes behind costs time alone. */
const MAX_READ_LENGTH = 8192;

function lineOf(text: string): string {
  return redactSecrets(text.slice(0, MAX_READ_LENGTH)).replace(UNSEEN, ' ').trim().toWellFormed();
}

/** What is worse than before is louder; only where everything was looked at can nothing be new. */
function loudnessOf(novelty: Novelty): NotificationSeverity {
  if (novelty.newCritical > 0) return 'error';
  return novelty.new === 0 && novelty.among === null ? 'info' : 'warning';
}

function whatIsNew({ among, ...novelty }: Novelty): string {
  const critical = novelty.newCritical > 0 ? `, ${thousands(novelty.newCritical)} critical` : '';
  const news = novelty.new === 0 ? 'nothing new' : `${thousands(novelty.new)} new${critical}`;
  return among === null ? news : `${news} among the ${thousands(among)} most severe`;
}

function endOf({ scanner, status }: FailedScanner): string {
  return `${nameText(scanner)} ${status === 'timed_out' ? 'timed out' : 'failed'}`;
}

function reasonOf({ reason }: FailedScanner): string {
  const text = shortText(reason ?? '', MAX_SCANNER_ERROR_LENGTH);
  return text === '' ? '' : `: ${text}`;
}

function on(target: string): string {
  const text = targetText(target);
  return text === '' ? '' : ` on ${text}`;
}

function manyNamed(named: readonly string[], count: number): string {
  const rest = count - named.length;
  return named.join(', ') + (rest > 0 ? ` and ${thousands(rest)} more` : '');
}

function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function thousands(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
