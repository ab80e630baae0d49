import { Injectable } from '@nestjs/common';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { LiveFeed, type StoredScanEvent } from '../../ports/live-feed.port';
import type { ScanDomainEvents } from '../scans/scans.events';
import { ScanEventsRepository } from './scan-events.repository';
import {
  completedEvent,
  failedEvent,
  outcomeEvent,
  startedEvent,
  type WireEvent,
} from './wire-events';

interface Fact {
  readonly scanId: string;
}

/**
 * Turns what happens to scans into their streams: the row in the fact's own transaction, the signal once it is committed.
 * Both handlers of a fact get the very same payload, which is how the second finds what the first has stored.
 */
@Injectable()
export class LiveRelay {
  private readonly stored = new WeakMap<Fact, StoredScanEvent>();

  constructor(
    private readonly events: ScanEventsRepository,
    private readonly feed: LiveFeed,
    private readonly clock: Clock,
  ) {}

  @OnDomainEvent('scan.started', { when: 'in-transaction' })
  storeStart(fact: ScanDomainEvents['scan.started'], tx: Transaction): Promise<void> {
    return this.store(fact, startedEvent(fact), tx);
  }

  @OnDomainEvent('scanner.started', { when: 'in-transaction' })
  storeScannerStart(fact: ScanDomainEvents['scanner.started'], tx: Transaction): Promise<void> {
    const event = { event: 'scanner.start', payload: { scanner: fact.scanner } } as const;
    return this.store(fact, event, tx);
  }

  @OnDomainEvent('scanner.ended', { when: 'in-transaction' })
  storeScannerEnd(fact: ScanDomainEvents['scanner.ended'], tx: Transaction): Promise<void> {
    return this.store(fact, outcomeEvent(fact.outcome), tx);
  }

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  storeCompletion(fact: ScanDomainEvents['scan.completed'], tx: Transaction): Promise<void> {
    return this.store(fact, completedEvent(fact), tx);
  }

  @OnDomainEvent('scan.failed', { when: 'in-transaction' })
  storeFailure(fact: ScanDomainEvents['scan.failed'], tx: Transaction): Promise<void> {
    return this.store(fact, failedEvent(fact.error), tx);
  }

  @OnDomainEvent('scan.cancelled', { when: 'in-transaction' })
  storeCancellation(fact: ScanDomainEvents['scan.cancelled'], tx: Transaction): Promise<void> {
    return this.store(fact, { event: 'scan.cancelled', payload: {} }, tx);
  }

  @OnDomainEvent('scan.started', { when: 'after-commit' })
  @OnDomainEvent('scanner.started', { when: 'after-commit' })
  @OnDomainEvent('scanner.ended', { when: 'after-commit' })
  @OnDomainEvent('scan.completed', { when: 'after-commit' })
  @OnDomainEvent('scan.failed', { when: 'after-commit' })
  @OnDomainEvent('scan.cancelled', { when: 'after-commit' })
  signal(fact: Fact): void {
    const event = this.stored.get(fact);
    if (event !== undefined) this.feed.publish(fact.scanId, event);
  }

  private async store(fact: Fact, event: WireEvent, tx: Transaction): Promise<void> {
    const ts = this.clock.now().toISOString();
    this.stored.set(fact, await this.events.append(tx, fact.scanId, event, ts));
  }
}
