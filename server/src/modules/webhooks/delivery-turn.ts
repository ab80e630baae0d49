import { Injectable, Logger } from '@nestjs/common';
import { type NextStep, stepAfter, stepsAsideAt } from '@securescan/core';
import type { Fields } from '../../common/fields';
import { readRows } from '../../database/read-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { WebhookAnswer, WebhookMessage } from '../../ports/webhook-sender.port';
import {
  DeliveryLine,
  type Lane,
  type NextState,
  type OpenDelivery,
} from './delivery-line.repository';
import { WebhookHealth } from './webhook-health';
import { type WebhookAccess, WebhookVault } from './webhook-vault';
import { WebhookEntity } from './webhook.entity';

/** Longer than any attempt takes: whoever holds a lease beyond it is gone. */
const LEASE_MS = 60_000;

/** A delivery that is ours to send, with all that it takes. */
export interface Claim extends Lane {
  readonly delivery: OpenDelivery;
  readonly leaseToken: number;
  readonly message: WebhookMessage;
}

/** What came of sending it. */
export interface Outcome {
  readonly claim: Claim;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly answer: WebhookAnswer;
}

/** What there is to do in a lane: something now, something later, or nothing that would not be told. */
export type LaneState = Claim | { readonly dueAt: number } | null;

type Webhook = Fields<WebhookEntity>;

/** One turn of the dispatcher, within one unit of work: it writes down what came of attempts, and claims what is next. */
@Injectable()
export class DeliveryTurn {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly line: DeliveryLine,
    private readonly vault: WebhookVault,
    private readonly health: WebhookHealth,
    private readonly clock: Clock,
  ) {}

  async settle(tx: Transaction, outcome: Outcome): Promise<void> {
    const { claim, startedAt, durationMs, answer } = outcome;
    const now = this.clock.now();
    const step = this.stepOf(outcome, now);
    const ended = {
      startedAt: startedAt.toISOString(),
      durationMs,
      responseCode: answer.responseCode,
      responseBody: answer.responseBody,
      error: answer.error,
    };
    const lease = { id: claim.delivery.id, leaseToken: claim.leaseToken };
    const next = stateOf(step, claim.delivery, now);
    if (!(await this.line.settle(tx, lease, ended, next))) {
      this.logger.warn(`The delivery ${lease.id} was no longer ours when its attempt ended.`);
      return;
    }
    if (claim.lane !== 'test')
      await this.health.note(tx, claim.webhookId, step, { startedAt, now });
  }

  /** Claims what a lane has to be sent now, if anything. */
  async next(tx: Transaction, lane: Lane, webhook: Webhook | undefined): Promise<LaneState> {
    if (webhook === undefined || !isOpen(lane, webhook)) return null;
    const now = this.clock.now();
    const access = this.vault.open(webhook, now.toISOString());
    // The key comes back with a start, and what is given anew is told.
    if (access === null) return null;
    const pausedUntil = pauseOf(lane, webhook);
    if (pausedUntil > now.getTime()) return { dueAt: pausedUntil };
    const head = await this.standingHead(tx, lane, webhook, now);
    const aside = await this.line.aside(tx, lane);
    for (const one of [aside, head]) {
      if (one !== null && isDue(one, now)) return this.claim(tx, { lane, webhook, access }, one);
    }
    return soonest(aside?.nextAttemptAt, head?.nextAttemptAt, asideAt(head));
  }

  /** The webhooks of some lanes, by id. */
  async webhooksOf(
    { manager }: Transaction,
    lanes: readonly Lane[],
  ): Promise<Map<string, Webhook>> {
    const ids = [...new Set(lanes.map(({ webhookId }) => webhookId))];
    const rows = await readRows(manager, WebhookEntity, 'id', ids);
    return new Map(rows.filter(({ deletedAt }) => deletedAt === null).map((row) => [row.id, row]));
  }

  /** Lets those step aside that have held up the others for long enough and are not due just now. */
  private async standingHead(
    tx: Transaction,
    lane: Lane,
    { ordered }: Webhook,
    now: Date,
  ): Promise<OpenDelivery | null> {
    for (;;) {
      const head = await this.line.head(tx, lane);
      if (head === null || head.holdsSince === null || isDue(head, now)) return head;
      const until = asideAt(head);
      if (ordered && until !== undefined && now.toISOString() < until) return head;
      await this.line.stepAside(tx, head);
    }
  }

  private async claim(
    tx: Transaction,
    { lane, webhook, access }: { lane: Lane; webhook: Webhook; access: WebhookAccess },
    delivery: OpenDelivery,
  ): Promise<LaneState> {
    const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS).toISOString();
    const leaseToken = await this.line.claim(tx, delivery, leaseUntil);
    if (leaseToken === null) return { dueAt: Date.parse(leaseUntil) };
    const hasBeenOvertaken = delivery.steppedAsideAt !== null || lane.lane === 'replay';
    const message: WebhookMessage = {
      ...access,
      webhookId: webhook.id,
      deliveryId: delivery.id,
      messageId: delivery.messageId,
      event: delivery.event,
      body: delivery.payload,
      isOutOfOrder: webhook.ordered && hasBeenOvertaken,
    };
    return { ...lane, delivery, leaseToken, message };
  }

  /** A test is tried once: whoever asked for it waits for what it brings. */
  private stepOf({ claim, answer }: Outcome, now: Date): NextStep {
    const { responseCode, retryAfter } = answer;
    const end = responseCode === null ? null : { status: responseCode, retryAfter };
    const past = {
      attempts: claim.delivery.attempt + 1,
      holdsSince: claim.delivery.holdsSince === null ? null : new Date(claim.delivery.holdsSince),
    };
    const step = stepAfter(end, past, { now, random: Math.random() });
    return claim.lane === 'test' && step.kind === 'retry' ? { kind: 'exhausted' } : step;
  }
}

function isDue({ nextAttemptAt }: OpenDelivery, now: Date): boolean {
  return nextAttemptAt <= now.toISOString();
}

/** A disabled webhook still gets tests. */
function isOpen({ lane }: Lane, { enabled }: Webhook): boolean {
  return enabled || lane === 'test';
}

/** Until when a receiver asked to wait, in milliseconds; tests are sent all the same. */
function pauseOf({ lane }: Lane, { pausedUntil }: Webhook): number {
  return lane === 'test' || pausedUntil === null ? 0 : Date.parse(pausedUntil);
}

/** When one steps aside that has failed. */
function asideAt(head: OpenDelivery | null): string | undefined {
  if (head === null || head.holdsSince === null) return undefined;
  return stepsAsideAt(new Date(head.holdsSince)).toISOString();
}

function soonest(...times: readonly (string | undefined)[]): LaneState {
  const known = times.filter((time) => time !== undefined).map((time) => Date.parse(time));
  return known.length === 0 ? null : { dueAt: Math.min(...known) };
}

/** In an unordered webhook what has failed holds nobody up either: `standingHead` sees to that. */
function stateOf(
  step: NextStep,
  { holdsSince, steppedAsideAt }: OpenDelivery,
  now: Date,
): NextState {
  const at = now.toISOString();
  if (step.kind === 'succeeded') {
    return { status: 'succeeded', nextAttemptAt: at, holdsSince, steppedAsideAt };
  }
  if (step.kind !== 'retry') {
    return { status: 'failed', nextAttemptAt: at, holdsSince, steppedAsideAt };
  }
  return {
    status: 'pending',
    nextAttemptAt: step.at.toISOString(),
    holdsSince: step.holdsSince.toISOString(),
    steppedAsideAt: steppedAsideAt ?? (step.stepsAside ? at : null),
  };
}
