import type { NotificationType } from '@securescan/contracts';

export const TYPE_WORDS: Readonly<Record<NotificationType, string>> = {
  'scan.complete': 'Scan completed',
  'scan.failed': 'Scan failed',
  'scanner.failed': 'Scanner failed',
  'verdict.lapsed': 'Verdict lapsed',
  'finding.regressed': 'Finding is back',
  'webhook.disabled': 'Webhook disabled',
};
