import type { Fields } from '../../src/common/fields';
import { WebhookEntity } from '../../src/modules/webhooks/webhook.entity';

const NOW = '2026-01-01T00:00:00.000Z';

/** A row of a webhook that is told of every scan that completes. */
export function aWebhookRow(changes: Partial<Fields<WebhookEntity>> = {}): WebhookEntity {
  return Object.assign(new WebhookEntity(), {
    id: 'w',
    name: 'receiver',
    url: 'u',
    urlOrigin: 'o',
    secret: 's',
    previousSecret: null,
    previousSecretUntil: null,
    headers: null,
    headerNames: [],
    format: 'generic',
    eventFilter: ['scan.complete'],
    ordered: true,
    enabled: true,
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    pausedUntil: null,
    createdAt: NOW,
    updatedAt: NOW,
    deletedAt: null,
    ...changes,
  } satisfies Fields<WebhookEntity>);
}
