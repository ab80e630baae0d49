import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { assertNever } from '@securescan/core';
import type { DomainEventMap, DomainEventName } from './domain-event-map';
import type { DomainEventSubscription } from './on-domain-event';
import type { Transaction } from './transaction';

export type DomainEventHandler = (payload: unknown, tx?: Transaction) => unknown;

/** The typed face of EventEmitter2. Modules publish through their transaction and subscribe by decorator. */
@Injectable()
export class DomainEvents {
  private readonly logger = new Logger(DomainEvents.name);
  private readonly inTransaction = new Map<DomainEventName, DomainEventHandler[]>();
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly emitter: EventEmitter2) {}

  /** Adds a handler, whose types the decorator has checked; those of one event run in the order of adding. */
  register(subscription: DomainEventSubscription, handler: DomainEventHandler): void {
    const { name, when } = subscription;
    switch (when) {
      case 'in-transaction':
        this.inTransaction.set(name, [...(this.inTransaction.get(name) ?? []), handler]);
        return;
      case 'after-commit':
        this.emitter.on(name, (payload: unknown) => {
          this.startAfterCommit(name, handler, payload);
        });
        return;
      default:
        assertNever(when);
    }
  }

  /** Runs the in-transaction handlers one after the other; the first failure is thrown. */
  async handleInTransaction<K extends DomainEventName>(
    name: K,
    payload: DomainEventMap[K],
    tx: Transaction,
  ): Promise<void> {
    for (const handler of this.inTransaction.get(name) ?? []) {
      await handler(payload, tx);
    }
  }

  /** Hands a committed fact to the after-commit handlers. Never throws and waits for none of them. */
  emitAfterCommit<K extends DomainEventName>(name: K, payload: DomainEventMap[K]): void {
    this.emitter.emit(name, payload);
  }

  /** Resolves once no after-commit handler is running, for an orderly shutdown. */
  async settled(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.all(this.running);
    }
  }

  private startAfterCommit(
    name: DomainEventName,
    handler: DomainEventHandler,
    payload: unknown,
  ): void {
    const run = async (): Promise<void> => {
      try {
        await handler(payload);
      } catch (error) {
        // Whatever a reaction to a committed fact throws: the fact stands, and its publisher has long gone on.
        const stack = error instanceof Error ? error.stack : undefined;
        this.logger.error(`A handler of ${name} failed after the commit: ${String(error)}`, stack);
      }
    };
    const ending = run().finally(() => this.running.delete(ending));
    this.running.add(ending);
  }
}
