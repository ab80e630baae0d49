import { Injectable } from '@nestjs/common';
import type { WebhookEventName, WebhookEventPayloads } from '@securescan/contracts';
import { HttpConfig } from '../../config/http.config';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { ScanDomainEvents } from '../scans/scans.events';
import type { TriageDomainEvents } from '../triage/triage.events';
import { type ToldScan, ToldScans } from './told-scans.repository';
import { WebhookMessages } from './webhook-messages';
import {
  completedPayload,
  failedPayload,
  failedScannerPayload,
  regressedPayload,
} from './webhook-payloads';
import { WebhooksRepository } from './webhooks.repository';

/** Writes the deliveries of what has happened in the transaction of it: they are there exactly if the fact is. */
@Injectable()
export class WebhooksRelay {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly scans: ToldScans,
    private readonly messages: WebhookMessages,
    private readonly http: HttpConfig,
  ) {}

  @OnDomainEvent('scan.completed', { when: 'in-transaction' })
  async scanCompleted(fact: ScanDomainEvents['scan.completed'], tx: Transaction): Promise<void> {
    await this.tell(tx, 'scan.complete', fact.scanId, (scan) =>
      completedPayload(scan, fact, this.http.publicUrl),
    );
  }

  @OnDomainEvent('scan.failed', { when: 'in-transaction' })
  async scanFailed(fact: ScanDomainEvents['scan.failed'], tx: Transaction): Promise<void> {
    await this.tell(tx, 'scan.failed', fact.scanId, (scan) =>
      failedPayload(scan, fact.error, this.http.publicUrl),
    );
  }

  @OnDomainEvent('scanner.ended', { when: 'in-transaction' })
  async scannerEnded(fact: ScanDomainEvents['scanner.ended'], tx: Transaction): Promise<void> {
    const { scanId, outcome } = fact;
    if (outcome.status !== 'failed' && outcome.status !== 'timed_out') return;
    await this.tell(tx, 'scanner.failed', scanId, (scan) =>
      failedScannerPayload(scan, outcome, this.http.publicUrl),
    );
  }

  @OnDomainEvent('finding.regressed', { when: 'in-transaction' })
  async findingsRegressed(
    fact: TriageDomainEvents['finding.regressed'],
    tx: Transaction,
  ): Promise<void> {
    await this.tell(tx, 'finding.regressed', fact.scanId, (scan) =>
      regressedPayload(scan, fact, this.http.publicUrl),
    );
  }

  private async tell<E extends WebhookEventName>(
    tx: Transaction,
    event: E,
    scanId: string,
    payloadOf: (scan: ToldScan) => WebhookEventPayloads[E],
  ): Promise<void> {
    const listening = await this.webhooks.listening(tx);
    const receivers = listening.filter(({ eventFilter }) => eventFilter.includes(event));
    if (receivers.length === 0) return;
    const scan = await this.scans.read(tx, scanId);
    if (scan === null) return;
    const payload = payloadOf(scan);
    for (const receiver of receivers) await this.messages.put(tx, receiver, event, payload);
  }
}
