import type { ApiKeyDomainEvents } from '../modules/api-keys/api-keys.events';
import type { ScanDomainEvents } from '../modules/scans/scans.events';
import type { TriageDomainEvents } from '../modules/triage/triage.events';
import type { WebhookDomainEvents } from '../modules/webhooks/webhooks.events';

/** Every domain event. Each module declares its own slice; here they are only joined. */
export type DomainEventMap = ScanDomainEvents &
  ApiKeyDomainEvents &
  TriageDomainEvents &
  WebhookDomainEvents;

export type DomainEventName = keyof DomainEventMap;
