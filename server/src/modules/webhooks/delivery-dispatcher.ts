import { Injectable } from '@nestjs/common';
import { DELIVERY_LANES } from '@securescan/contracts';
import { RepeatedWork } from '../../common/repeated-work';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { WebhookSender } from '../../ports/webhook-sender.port';
import { DeliveryLine, type Lane } from './delivery-line.repository';
import { type Claim, DeliveryTurn, type LaneState, type Outcome } from './delivery-turn';
import type { WebhookDomainEvents } from './webhooks.events';

/** The line is looked at so often even where nobody says that there is something in it: clocks are set, disks are full. */
const LOOK_EVERY_MS = 30_000;
/** Lanes that one unit of work looks into, so that others have their turn. */
const LANES_PER_TURN = 50;
/** After a unit that failed, which a full disk does. */
const WAIT_AFTER_FAILURE_MS = 1000;
/** What is under way when the server stops has so long to end; what has not is sent once more after the next start. */
const STOP_WITHIN_MS = 2000;

/** Where a lane stands. While `isSending`, nothing else of it is sent. */
interface LaneWork extends Lane {
  isSending: boolean;
  dueAt: number;
}

/**
 * Sends what waits in the line: one delivery at a time from each lane of each webhook, and all lanes at once, so that no receiver
 * waits for another. There are as many requests under way as there are lanes at most, and webhooks are limited in number. What
 * came of attempts and what is claimed next is written together, for all lanes that have something to write.
 */
@Injectable()
export class DeliveryDispatcher extends RepeatedWork {
  private readonly lanes = new Map<string, LaneWork>();
  private readonly sending = new Set<Promise<void>>();
  private readonly outcomes: Outcome[] = [];
  private turns: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private hasRecovered = false;
  private isStopping = false;
  private isClosed = false;

  constructor(
    private readonly line: DeliveryLine,
    private readonly turn: DeliveryTurn,
    private readonly sender: WebhookSender,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
  ) {
    const complaint = 'The line of deliveries could not be looked at';
    super({ topic: 'webhooks', everyMs: LOOK_EVERY_MS, complaint });
  }

  @OnDomainEvent('webhook.due', { when: 'after-commit' })
  wake({ webhookId }: WebhookDomainEvents['webhook.due']): void {
    for (const lane of DELIVERY_LANES) this.expect({ webhookId, lane });
    if (this.hasRecovered) this.proceed();
  }

  /** Nothing more is begun; what is under way has some time to end, and is written down. */
  override async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    await super.onModuleDestroy();
    const timeIsUp = new Promise((resume) => setTimeout(resume, STOP_WITHIN_MS).unref());
    await Promise.race([Promise.all(this.sending), timeIsUp]);
    while (this.turns !== null) await this.turns;
    this.isClosed = true;
  }

  /** Finds what there is to send, whoever may have forgotten to say so. */
  protected async work(): Promise<void> {
    const lanes = await this.units.run(async (tx) => {
      // The database is locked against a second server, so whoever holds a lease that is not ours is gone.
      if (!this.hasRecovered) await this.line.releaseAll(tx);
      return this.line.busyLanes(tx);
    });
    this.hasRecovered = true;
    for (const lane of lanes) this.expect(lane);
    this.proceed();
  }

  private expect(lane: Lane): void {
    const known = this.lanes.get(keyOf(lane));
    if (known === undefined) this.lanes.set(keyOf(lane), { ...lane, isSending: false, dueAt: 0 });
    else known.dueAt = 0;
  }

  private proceed(): void {
    if (this.turns !== null || this.isClosed) return;
    clearTimeout(this.timer);
    this.turns = this.takeTurns().finally(() => {
      this.turns = null;
      // What ended between the last look and now.
      if (this.outcomes.length > 0 && !this.isStopping) this.proceed();
      else this.setTimer();
    });
  }

  private async takeTurns(): Promise<void> {
    for (;;) {
      const outcomes = this.outcomes.splice(0, LANES_PER_TURN);
      for (const { claim } of outcomes) this.mark(claim, false);
      const lanes = this.takeDueLanes();
      if (outcomes.length === 0 && lanes.length === 0) return;
      try {
        const states = await this.units.run((tx) => this.takeTurn(tx, outcomes, lanes));
        for (const [lane, state] of states) this.follow(lane, state);
      } catch (error) {
        // Expected: a full disk. What was sent is known here, and written down when that can be done again.
        this.logger.warn(`What was sent could not be written down yet: ${String(error)}`);
        for (const lane of lanes) lane.dueAt = 0;
        for (const { claim } of outcomes) this.mark(claim, true);
        this.outcomes.unshift(...outcomes);
        if (this.isStopping) return;
        await new Promise((resume) => setTimeout(resume, WAIT_AFTER_FAILURE_MS));
      }
    }
  }

  private async takeTurn(
    tx: Transaction,
    outcomes: readonly Outcome[],
    lanes: readonly LaneWork[],
  ): Promise<[LaneWork, LaneState][]> {
    for (const outcome of outcomes) await this.turn.settle(tx, outcome);
    const webhooks = await this.turn.webhooksOf(tx, lanes);
    const states: [LaneWork, LaneState][] = [];
    for (const lane of lanes) {
      const where = { webhookId: lane.webhookId, lane: lane.lane };
      states.push([lane, await this.turn.next(tx, where, webhooks.get(lane.webhookId))]);
    }
    return states;
  }

  /** Those in which something may be sent now. What is told of them while they are looked at makes them due again. */
  private takeDueLanes(): LaneWork[] {
    if (this.isStopping) return [];
    const now = this.clock.now().getTime();
    const due: LaneWork[] = [];
    for (const lane of this.lanes.values()) {
      if (due.length === LANES_PER_TURN) break;
      if (lane.isSending || lane.dueAt > now) continue;
      lane.dueAt = Infinity;
      due.push(lane);
    }
    return due;
  }

  /** Of a lane whose attempt has ended: there may be something else to send. */
  private mark(lane: Lane, isSending: boolean): void {
    const known = this.lanes.get(keyOf(lane));
    if (known === undefined) return;
    known.isSending = isSending;
    known.dueAt = 0;
  }

  private follow(lane: LaneWork, state: LaneState): void {
    if (state === null) {
      if (lane.dueAt === Infinity) this.lanes.delete(keyOf(lane));
    } else if ('dueAt' in state) {
      lane.dueAt = Math.min(lane.dueAt, state.dueAt);
    } else {
      lane.isSending = true;
      this.send(state);
    }
  }

  private send(claim: Claim): void {
    const startedAt = this.clock.now();
    const startedMs = this.clock.monotonicMs();
    const attempt = this.sender.send(claim.message).then((answer) => {
      const durationMs = Math.round(this.clock.monotonicMs() - startedMs);
      this.outcomes.push({ claim, startedAt, durationMs, answer });
      this.sending.delete(attempt);
      this.proceed();
    });
    this.sending.add(attempt);
  }

  private setTimer(): void {
    if (this.isStopping) return;
    let next = Infinity;
    for (const { isSending, dueAt } of this.lanes.values()) {
      if (!isSending) next = Math.min(next, dueAt);
    }
    const wait = Math.min(Math.max(next - this.clock.now().getTime(), 0), LOOK_EVERY_MS);
    this.timer = setTimeout(() => {
      this.proceed();
    }, wait);
    this.timer.unref();
  }
}

function keyOf({ webhookId, lane }: Lane): string {
  return `${webhookId} ${lane}`;
}
