import type { EntityManager } from 'typeorm';
import type { DomainEventMap, DomainEventName } from './domain-event-map';

/** What a unit of work writes through. It is dead once the unit has ended. */
export interface Transaction {
  readonly manager: EntityManager;
  /**
   * Tells a fact. In-transaction handlers run now, with this transaction, and their failure is the caller's; after-commit
   * handlers run once the unit is committed, or never.
   */
  publish<K extends DomainEventName>(name: K, payload: DomainEventMap[K]): Promise<void>;
}
