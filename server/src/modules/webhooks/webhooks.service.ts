import { Injectable } from '@nestjs/common';
import type {
  WebhookAttemptBody,
  WebhookBody,
  WebhookDeliveryBody,
  WebhookDeliveryDetailBody,
} from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { COUNT_LIMIT, Page, type PageQueryDto, totalOf } from '../../common/pagination';
import { DeliveriesRepository, type DeliveryFilter } from './deliveries.repository';
import type { DeliveryListQueryDto } from './dto/webhook-delivery.dto';
import type { WebhookAttemptEntity } from './webhook-attempt.entity';
import { WebhookVault } from './webhook-vault';
import { type ShownWebhook, toDeliveryBody, toWebhookBody } from './webhook.mapper';
import { DeliveryNotFoundError, WebhookNotFoundError } from './webhooks.errors';
import { WebhooksRepository } from './webhooks.repository';

const LIST = 'webhooks';
const DIGEST_LENGTH = 16;

/** Where a page, newest first, goes on. */
interface Position {
  readonly createdAt: string;
  readonly id: string;
}

/** What there is to know about webhooks and their deliveries: all but what is secret. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly vault: WebhookVault,
  ) {}

  /** Newest first. */
  async page({
    limit,
    cursor,
  }: Pick<PageQueryDto, 'limit' | 'cursor'>): Promise<Page<WebhookBody>> {
    const found = await this.webhooks.page(positionOf(LIST, cursor), limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1)?.row : undefined;
    return new Page(
      shown.map((webhook) => this.bodyOf(webhook)),
      last === undefined ? null : encodeCursor(LIST, [last.createdAt, last.id]),
      { count: await this.webhooks.count(), isExact: true },
    );
  }

  /** @throws WebhookNotFoundError */
  async get(id: string): Promise<WebhookBody> {
    const found = await this.webhooks.find(id);
    if (found === null) throw new WebhookNotFoundError();
    return this.bodyOf(found);
  }

  /** Newest first. @throws WebhookNotFoundError */
  async deliveryPage(
    webhookId: string,
    query: DeliveryListQueryDto,
  ): Promise<Page<WebhookDeliveryBody>> {
    if (!(await this.webhooks.exists(webhookId))) throw new WebhookNotFoundError();
    const filter: DeliveryFilter = {
      webhookId,
      status: query.status ?? null,
      event: query.event ?? null,
      createdAfter: query.created_after ?? null,
      createdBefore: query.created_before ?? null,
    };
    const list = `deliveries:${sha256Hex(JSON.stringify(filter)).slice(0, DIGEST_LENGTH)}`;
    const { limit, cursor } = query;
    const found = await this.deliveries.page(filter, positionOf(list, cursor), limit + 1);
    const shown = found.slice(0, limit);
    const last = found.length > shown.length ? shown.at(-1) : undefined;
    const count = await this.deliveries.count(filter, COUNT_LIMIT);
    return new Page(
      shown.map(toDeliveryBody),
      last === undefined ? null : encodeCursor(list, [last.createdAt, last.id]),
      totalOf(count),
    );
  }

  /** With its attempts. @throws WebhookNotFoundError @throws DeliveryNotFoundError */
  async delivery(webhookId: string, id: string): Promise<WebhookDeliveryDetailBody> {
    if (!(await this.webhooks.exists(webhookId))) throw new WebhookNotFoundError();
    const found = await this.deliveries.find(webhookId, id);
    if (found === null) throw new DeliveryNotFoundError();
    return {
      ...toDeliveryBody(found),
      payload: await this.deliveries.payloadOf(id),
      attempts: (await this.deliveries.attemptsOf(id)).map(toAttemptBody),
    };
  }

  private bodyOf(shown: ShownWebhook): WebhookBody {
    return toWebhookBody(shown, this.vault.isReadable(shown.row));
  }
}

function toAttemptBody(row: WebhookAttemptEntity): WebhookAttemptBody {
  return {
    attempt: row.attempt,
    started_at: row.startedAt,
    duration_ms: row.durationMs,
    response_code: row.responseCode,
    response_body: row.responseBody,
    error: row.error,
  };
}

function positionOf(list: string, cursor: string | undefined): Position | null {
  if (cursor === undefined) return null;
  const [createdAt, id] = decodeCursor(list, ['string', 'string'], cursor);
  return { createdAt: String(createdAt), id: String(id) };
}
