import { Injectable, Logger } from '@nestjs/common';
import { DefectError } from '@securescan/core';
import type { EntityManager, QueryRunner } from 'typeorm';
import { OpenDatabase } from '../database/database';
import { AsyncScope } from '../platform/async-scope';
import { Clock } from '../ports/clock.port';
import type { DomainEventMap, DomainEventName } from './domain-event-map';
import { DomainEvents } from './domain-events';
import type { Transaction } from './transaction';

export type { Transaction } from './transaction';

/** Units that follow one another without a pause for longer than this let timers and sockets have their turn. */
const TURN_MS = 5;
/** A unit that holds the only writing connection longer than this awaits something that it should not. */
const LONG_UNIT_MS = 1000;

interface PendingEvent {
  readonly emit: () => void;
}

/** One running unit. After its end it refuses everything, whoever still holds it. */
class Unit implements Transaction {
  readonly committed: PendingEvent[] = [];
  isOpen = true;

  constructor(
    private readonly runner: QueryRunner,
    private readonly events: DomainEvents,
  ) {}

  get manager(): EntityManager {
    this.assertOpen();
    return this.runner.manager;
  }

  async publish<K extends DomainEventName>(name: K, payload: DomainEventMap[K]): Promise<void> {
    this.assertOpen();
    this.committed.push({
      emit: () => {
        this.events.emitAfterCommit(name, payload);
      },
    });
    await this.events.handleInTransaction(name, payload, this);
  }

  private assertOpen(): void {
    if (!this.isOpen) {
      throw new DefectError(
        'INVARIANT_BROKEN',
        'A transaction was used after its unit of work had ended.',
      );
    }
  }
}

/**
 * The only way to write. SQLite has one writer and TypeORM one connection for it, on which concurrent transactions would
 * nest and lose each other's rows; so units queue up and run one at a time, first come, first served. Await nothing but
 * database calls within a unit: everyone else waits.
 */
@Injectable()
export class UnitOfWork {
  private readonly logger = new Logger(UnitOfWork.name);
  private readonly scope = new AsyncScope<Unit>();
  private tail: Promise<unknown> = Promise.resolve();
  private turnStartedAt = 0;
  private isClosed = false;

  constructor(
    private readonly database: OpenDatabase,
    private readonly events: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` in a transaction of its own and commits when it resolves. A rejection rolls this unit back, and only this one,
   * and is passed on. A unit within a unit would wait for itself and is refused as a defect.
   */
  run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.scope.current()?.isOpen === true) {
      return Promise.reject(
        new DefectError('INVARIANT_BROKEN', 'A unit of work was started within another one.'),
      );
    }
    if (this.isClosed) {
      return Promise.reject(
        new DefectError('INVARIANT_BROKEN', 'A unit of work was started after the shutdown.'),
      );
    }
    const result = this.tail.then(() => this.takeTurn(work));
    // The queue goes on whatever became of a unit; its caller is the one who hears of it.
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Refuses new units and resolves when the queued ones are done. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.tail;
  }

  private async takeTurn<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (this.clock.monotonicMs() - this.turnStartedAt > TURN_MS) {
      await new Promise<void>((resume) => setImmediate(resume));
      this.turnStartedAt = this.clock.monotonicMs();
    }
    await this.database.room();
    const startedAt = this.clock.monotonicMs();
    const runner = this.database.writer.createQueryRunner();
    const unit = new Unit(runner, this.events);
    try {
      const value = await this.commit(runner, unit, work);
      for (const event of unit.committed) {
        event.emit();
      }
      return value;
    } finally {
      const heldMs = this.clock.monotonicMs() - startedAt;
      if (heldMs > LONG_UNIT_MS) {
        this.logger.warn(`A unit of work held the database for ${Math.round(heldMs)} ms.`);
      }
    }
  }

  private async commit<T>(
    runner: QueryRunner,
    unit: Unit,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    await runner.startTransaction();
    try {
      const value = await this.scope.run(unit, () => work(unit));
      unit.isOpen = false;
      await runner.commitTransaction();
      return value;
    } catch (error) {
      // Whatever the work or the commit threw: undo this unit and tell its caller.
      unit.isOpen = false;
      await this.rollBack(runner);
      throw error;
    }
  }

  private async rollBack(runner: QueryRunner): Promise<void> {
    try {
      await runner.rollbackTransaction();
    } catch (error) {
      // SQLite has rolled back by itself after a full disk or an I/O error, and there is nothing left to undo.
      this.logger.warn(`Rolling back was not possible: ${String(error)}`);
      this.database.discardRunner();
    }
  }
}
