import type {
  DeliveryStatus,
  WebhookBody,
  WebhookDisabledReason,
  WebhookEventName,
  WebhookFormat,
} from '@securescan/contracts';
import { formatInstant } from '../../../ui/time/format-time';

export const EVENT_WORDS: Readonly<Record<WebhookEventName, string>> = {
  'scan.complete': 'A scan has completed',
  'scan.failed': 'A scan has failed',
  'scanner.failed': 'A scanner of a scan has failed or run out of time',
  'finding.regressed': 'A finding is back that had been called fixed',
  'webhook.test': 'Tests',
};

export const FORMAT_WORDS: Readonly<Record<WebhookFormat, string>> = {
  generic: 'For programs',
  slack: 'Slack',
  discord: 'Discord',
  teams: 'Microsoft Teams',
};

const DISABLED_WORDS: Readonly<Record<WebhookDisabledReason, string>> = {
  request: 'disabled on request',
  gone: 'disabled: the receiver said that it is gone',
  failing: 'disabled: it failed for five days',
};

export function stateWords({ enabled, disabled_reason }: WebhookBody): string {
  if (enabled) return 'enabled';
  return disabled_reason === null ? 'disabled' : DISABLED_WORDS[disabled_reason];
}

/** It will not be tried again by itself. */
export function hasEnded(status: DeliveryStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'skipped';
}

/** What keeps messages from arriving, or holds them up; each a sentence. */
export function troublesOf(webhook: WebhookBody): readonly string[] {
  const { secrets_readable, failing_since, paused_until, blocked_by } = webhook;
  const troubles: string[] = [];
  if (!secrets_readable) {
    troubles.push(
      'What is stored of it was encrypted with another key than the server has: nothing is sent until it has that key again, or URL, headers and secret are given anew.',
    );
  }
  if (failing_since !== null) {
    troubles.push(`Every attempt has failed since ${formatInstant(failing_since)}.`);
  }
  if (paused_until !== null) {
    troubles.push(`The receiver asked to wait until ${formatInstant(paused_until)}.`);
  }
  if (blocked_by !== null) {
    troubles.push(
      `Younger deliveries wait for ${blocked_by.event}, which has failed ${blocked_by.attempt} times; no longer than until ${formatInstant(blocked_by.steps_aside_at)}.`,
    );
  }
  return troubles;
}
