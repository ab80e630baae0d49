import { Injectable } from '@nestjs/common';
import {
  type AuditAction,
  type JsonObject,
  WEBHOOK_FILTER_EVENTS,
  type WebhookChangeBody,
  type WebhookEventName,
  type WebhookRequestBody,
  type WebhookSecretBody,
} from '@securescan/contracts';
import { webhookFormatOf, webhookSecret } from '@securescan/core';
import type { Fields } from '../../common/fields';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { WebhookSender } from '../../ports/webhook-sender.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { WebhookVault } from './webhook-vault';
import type { WebhookEntity } from './webhook.entity';
import { URL_MASK } from './webhook.mapper';
import {
  TooManyWebhooksError,
  WebhookNotFoundError,
  WebhookUrlRefusedError,
} from './webhooks.errors';
import { WebhooksRepository } from './webhooks.repository';

/** Each of them may have a request under way in each of its lanes. */
export const MOST_WEBHOOKS = 200;
/** So long the secret before still signs. */
const OVERLAP_MS = 86_400_000;
const SECRET_BYTES = 32;

export interface MadeWebhook extends WebhookSecretBody {
  readonly id: string;
}

/** What callers may do to subscriptions. */
@Injectable()
export class WebhookCommands {
  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly vault: WebhookVault,
    private readonly sender: WebhookSender,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Its secret is in this answer and nowhere else. @throws TooManyWebhooksError @throws WebhookUrlRefusedError */
  async create(request: WebhookRequestBody, actor: Actor): Promise<MadeWebhook> {
    const id = globalThis.crypto.randomUUID();
    const secret = newSecret();
    const place = this.placeOf(id, request.url);
    const format = request.format ?? webhookFormatOf(new URL(request.url));
    const { enabled = true, headers = {} } = request;
    const now = this.now();
    const row: Fields<WebhookEntity> = {
      id,
      name: request.name,
      ...place,
      secret: this.vault.sealSecret(id, secret),
      previousSecret: null,
      previousSecretUntil: null,
      ...this.headersOf(id, headers),
      format,
      eventFilter: inOrder(request.event_filter),
      ordered: request.ordered ?? format === 'generic',
      ...switched(enabled, now),
      failingSince: null,
      pausedUntil: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    await this.units.run(async (tx) => {
      if ((await this.webhooks.countIn(tx)) >= MOST_WEBHOOKS) {
        throw new TooManyWebhooksError(MOST_WEBHOOKS);
      }
      await this.webhooks.insert(tx, row);
      await this.record(tx, actor, 'webhook.created', row);
    });
    return { id, secret };
  }

  /** What waits is sent from then on as the webhook says now. @throws WebhookNotFoundError @throws WebhookUrlRefusedError */
  async change(id: string, changes: WebhookChangeBody, actor: Actor): Promise<void> {
    await this.units.run(async (tx) => {
      const row = await this.known(tx, id);
      const now = this.now();
      const changed = { ...this.changesOf(row, changes, now), updatedAt: now };
      await this.webhooks.change(tx, id, changed);
      await this.record(tx, actor, 'webhook.changed', { ...row, ...changed });
      await tx.publish('webhook.due', { webhookId: id });
    });
  }

  /** What it had is gone for everybody at once; its rows go little by little. @throws WebhookNotFoundError */
  async delete(id: string, actor: Actor): Promise<void> {
    await this.units.run(async (tx) => {
      const row = await this.known(tx, id);
      const gone = { url: '', secret: '', previousSecret: null, headers: null };
      await this.webhooks.change(tx, id, { ...gone, enabled: false, deletedAt: this.now() });
      await this.record(tx, actor, 'webhook.deleted', row);
      await tx.publish('webhook.deleted', { webhookId: id });
    });
  }

  /**
   * Gives it a new secret; the one before signs beside it for a day, so that receivers can change over.
   * @throws WebhookNotFoundError
   */
  async rotateSecret(id: string, actor: Actor): Promise<WebhookSecretBody> {
    const secret = newSecret();
    await this.units.run(async (tx) => {
      const row = await this.known(tx, id);
      // One that cannot be read any more would sign nothing.
      const isKept = this.vault.holdsSecret(row);
      const until = new Date(this.clock.now().getTime() + OVERLAP_MS).toISOString();
      await this.webhooks.change(tx, id, {
        secret: this.vault.sealSecret(id, secret),
        previousSecret: isKept ? row.secret : null,
        previousSecretUntil: isKept ? until : null,
        updatedAt: this.now(),
      });
      await this.record(tx, actor, 'webhook.secret_rotated', row);
      await tx.publish('webhook.due', { webhookId: id });
    });
    return { secret };
  }

  private changesOf(
    row: WebhookEntity,
    changes: WebhookChangeBody,
    now: string,
  ): Partial<Fields<WebhookEntity>> {
    const { name, url, headers, format, ordered, enabled } = changes;
    return {
      ...(name == null ? {} : { name }),
      ...(url == null ? {} : this.placeOf(row.id, url)),
      ...(headers == null ? {} : this.headersOf(row.id, headers)),
      ...(format == null ? {} : { format }),
      ...(ordered == null ? {} : { ordered }),
      ...(changes.event_filter == null ? {} : { eventFilter: inOrder(changes.event_filter) }),
      // Whoever enables it wants it tried now, whatever it answered before.
      ...(enabled === true && !row.enabled ? { failingSince: null, pausedUntil: null } : {}),
      ...(enabled == null || enabled === row.enabled ? {} : switched(enabled, now)),
    };
  }

  private placeOf(id: string, url: string): Pick<Fields<WebhookEntity>, 'url' | 'urlOrigin'> {
    const problem = this.sender.problemOfUrl(url);
    if (problem !== null) throw new WebhookUrlRefusedError(problem);
    const { href, origin, pathname } = new URL(url);
    if (pathname === URL_MASK) throw new WebhookUrlRefusedError('must be whole, and not masked');
    return { url: this.vault.sealUrl(id, href), urlOrigin: origin };
  }

  private headersOf(
    id: string,
    headers: Readonly<Record<string, string>>,
  ): Pick<Fields<WebhookEntity>, 'headers' | 'headerNames'> {
    return { headers: this.vault.sealHeaders(id, headers), headerNames: Object.keys(headers) };
  }

  private async known(tx: Transaction, id: string): Promise<WebhookEntity> {
    const row = await this.webhooks.findIn(tx, id);
    if (row === null) throw new WebhookNotFoundError();
    return row;
  }

  private async record(
    tx: Transaction,
    actor: Actor,
    action: AuditAction,
    row: Fields<WebhookEntity>,
  ): Promise<void> {
    const details: JsonObject = {
      name: row.name,
      origin: row.urlOrigin,
      format: row.format,
      event_filter: row.eventFilter,
      ordered: row.ordered,
      enabled: row.enabled,
      header_names: row.headerNames,
    };
    const entry = { action, subjectType: 'webhook', subjectId: row.id, details } as const;
    await this.audit.record(tx, actor, entry);
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function newSecret(): string {
  return webhookSecret(globalThis.crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
}

/** In the order of the list of events, each once. */
function inOrder(events: readonly WebhookEventName[]): WebhookEventName[] {
  return WEBHOOK_FILTER_EVENTS.filter((event) => events.includes(event));
}

function switched(
  enabled: boolean,
  now: string,
): Pick<Fields<WebhookEntity>, 'enabled' | 'disabledReason' | 'disabledAt'> {
  return enabled
    ? { enabled, disabledReason: null, disabledAt: null }
    : { enabled, disabledReason: 'request', disabledAt: now };
}
