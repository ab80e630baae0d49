import { Injectable } from '@nestjs/common';
import type {
  WebhookEventName,
  WebhookEventPayloads,
  WebhookMessageBody,
} from '@securescan/contracts';
import { renderWebhookMessage } from '@securescan/core';
import type { Fields } from '../../common/fields';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { DeliveryLine } from './delivery-line.repository';
import type { WebhookEntity } from './webhook.entity';

type Receiver = Pick<Fields<WebhookEntity>, 'id' | 'format'>;

/** Writes messages as their receivers want them, and puts them in line. */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly line: DeliveryLine,
    private readonly clock: Clock,
  ) {}

  /** @returns the delivery's id, which is the message's too. */
  async put<E extends WebhookEventName>(
    tx: Transaction,
    { id: webhookId, format }: Receiver,
    event: E,
    data: WebhookEventPayloads[E],
  ): Promise<string> {
    const id = globalThis.crypto.randomUUID();
    const now = this.clock.now().toISOString();
    const message = { id, event, occurred_at: now, data } as WebhookMessageBody;
    const lane = event === 'webhook.test' ? 'test' : 'events';
    const payload = renderWebhookMessage(format, message);
    await this.line.enqueue(tx, { id, webhookId, lane, event, payload, occurredAt: now });
    return id;
  }

  /** One that tells of nothing. @returns the delivery's id. */
  putTest(tx: Transaction, receiver: Receiver): Promise<string> {
    const timestamp = this.clock.now().toISOString();
    return this.put(tx, receiver, 'webhook.test', { message: 'Test from SecureScan', timestamp });
  }
}
