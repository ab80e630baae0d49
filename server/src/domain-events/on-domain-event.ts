import type { DomainEventMap, DomainEventName } from './domain-event-map';
import type { Transaction } from './transaction';

export type DeliveryTime = 'in-transaction' | 'after-commit';

/** What a decorated method asked for. */
export interface DomainEventSubscription {
  readonly name: DomainEventName;
  readonly when: DeliveryTime;
}

type InTransactionHandler<K extends DomainEventName> = (
  payload: DomainEventMap[K],
  tx: Transaction,
) => Promise<void>;

type AfterCommitHandler<K extends DomainEventName> = (
  payload: DomainEventMap[K],
) => void | Promise<void>;

interface HandlerByTime<K extends DomainEventName> {
  'in-transaction': InTransactionHandler<K>;
  'after-commit': AfterCommitHandler<K>;
}

type HandlerDecorator<H> = <M extends H>(
  target: object,
  method: string | symbol,
  descriptor: TypedPropertyDescriptor<M>,
) => void;

const SUBSCRIPTIONS = Symbol('domain event subscriptions');

/**
 * Makes a provider's method handle a domain event.
 *
 * `in-transaction`: awaited, with the publisher's transaction; what it throws rolls everything back. For rows that must
 * exist. `after-commit`: for signals; what it throws is logged.
 */
export function OnDomainEvent<K extends DomainEventName, W extends DeliveryTime>(
  name: K,
  options: { readonly when: W },
): HandlerDecorator<HandlerByTime<K>[W]> {
  return (_target, _method, descriptor) => {
    const handler: unknown = descriptor.value;
    if (typeof handler === 'function') {
      const earlier = subscriptionsOf(handler);
      const subscription: DomainEventSubscription = { name, when: options.when };
      Reflect.defineMetadata(SUBSCRIPTIONS, [...earlier, subscription], handler);
    }
  };
}

/** What a method was decorated for; empty for any other function. */
export function subscriptionsOf(handler: object): readonly DomainEventSubscription[] {
  const stored: unknown = Reflect.getMetadata(SUBSCRIPTIONS, handler);
  return Array.isArray(stored) ? (stored as DomainEventSubscription[]) : [];
}
