import type { ScanDomainEvents } from '../modules/scans/scans.events';

/** Every domain event. Each module declares its own slice; here they are only joined. */
export type DomainEventMap = ScanDomainEvents;

export type DomainEventName = keyof DomainEventMap;
