import { Injectable } from '@nestjs/common';
import { DefectError } from '@securescan/core';
import { LessThanOrEqual } from 'typeorm';
import { AuditConfig } from '../../config/audit.config';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLogEntity } from './audit-log.entity';
import { AuditLog, THE_SERVER } from './audit-log.service';
import { RetentionEntity } from './retention.entity';

const DAY_MS = 86_400_000;
/** A unit holds the only writing connection, so it is kept short. */
const ROWS_PER_UNIT = 250;

/** Removes entries that are older than the operator wants to keep. */
@Injectable()
export class AuditRetention {
  constructor(
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: AuditConfig,
  ) {}

  /** Writes down the age that is set, and in the log if it is another one than before. */
  async adopt(): Promise<void> {
    const days = this.config.retentionDays;
    await this.units.run(async (tx) => {
      const { auditDays } = await retentionRow(tx);
      if (auditDays === days) return;
      const updatedAt = this.clock.now().toISOString();
      await tx.manager.update(RetentionEntity, { id: 1 }, { auditDays: days, updatedAt });
      await this.audit.record(tx, THE_SERVER, {
        action: 'retention.changed',
        subjectType: 'retention',
        subjectId: null,
        details: { from_days: auditDays, to_days: days },
      });
    });
  }

  /**
   * Removes what is past its age, from the oldest on, a bounded number of rows in each unit and with a line for each.
   * @returns how many rows went.
   */
  async apply(isStopping: () => boolean): Promise<number> {
    let removed = 0;
    while (!isStopping()) {
      const count = await this.units.run((tx) => this.removeSome(tx));
      removed += count;
      if (count < ROWS_PER_UNIT) break;
    }
    return removed;
  }

  private async removeSome(tx: Transaction): Promise<number> {
    const { auditDays } = await retentionRow(tx);
    if (auditDays === null) return 0;
    const before = new Date(this.clock.now().getTime() - auditDays * DAY_MS).toISOString();
    const oldest = await tx.manager.find(AuditLogEntity, {
      select: { seq: true, occurredAt: true, hash: true },
      order: { seq: 'ASC' },
      take: ROWS_PER_UNIT,
    });
    // A row that is young, or of a clock that went wrong, keeps all that follow: the chain has one beginning.
    const firstKept = oldest.findIndex(({ occurredAt }) => occurredAt >= before);
    const past = firstKept === -1 ? oldest : oldest.slice(0, firstKept);
    const last = past.at(-1);
    if (last === undefined) return 0;
    const updatedAt = this.clock.now().toISOString();
    const anchor = { auditAnchorSeq: last.seq, auditAnchorHash: last.hash, updatedAt };
    // The triggers let rows go only once their last hash is kept as the anchor.
    await tx.manager.update(RetentionEntity, { id: 1 }, anchor);
    await tx.manager.delete(AuditLogEntity, { seq: LessThanOrEqual(last.seq) });
    await this.audit.record(tx, THE_SERVER, {
      action: 'retention.applied',
      subjectType: 'retention',
      subjectId: null,
      details: { days: auditDays, removed: past.length, last_seq: last.seq, last_hash: last.hash },
    });
    return past.length;
  }
}

async function retentionRow(tx: Transaction): Promise<RetentionEntity> {
  const row = await tx.manager.findOneBy(RetentionEntity, { id: 1 });
  if (row !== null) return row;
  throw new DefectError('INVARIANT_BROKEN', 'The row that governs retention is gone.');
}
