import { Injectable } from '@nestjs/common';
import type { VerdictChangeBody } from '@securescan/contracts';
import { DefectError } from '@securescan/core';
import type { SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { hashOfRow } from '../../database/chain-hash';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { RetentionEntity } from '../audit/retention.entity';
import { FindingStateHistoryEntity } from './finding-state-history.entity';

type HistoryRow = Fields<FindingStateHistoryEntity>;
/** A row before it has its place in the chain. */
export type VerdictChangeRecord = Omit<HistoryRow, 'seq' | 'previousHash' | 'hash'>;

/** The history of verdicts: it only grows. */
@Injectable()
export class VerdictHistory {
  constructor(private readonly database: ReadDatabase) {}

  /** Continues the chain, in the order of the records. */
  async append(tx: Transaction, records: readonly VerdictChangeRecord[]): Promise<void> {
    if (records.length === 0) return;
    let last = await lastLink(tx);
    const rows: HistoryRow[] = [];
    for (const record of records) {
      const link = { ...record, seq: last.seq + 1, previousHash: last.hash };
      last = { seq: link.seq, hash: hashOf(link) };
      rows.push({ ...link, hash: last.hash });
    }
    await insertRows<HistoryRow>(tx.manager, FindingStateHistoryEntity, rows);
  }

  /** Newest first. */
  async page(
    fingerprint: string,
    before: number | null,
    limit: number,
  ): Promise<VerdictChangeBody[]> {
    const query = this.of(fingerprint).orderBy('change.seq', 'DESC').limit(limit);
    if (before !== null) query.andWhere('change.seq < :before', { before });
    return (await query.getMany()).map(toBody);
  }

  /** How many there are, counted no further than `limit`. */
  async count(fingerprint: string, limit: number): Promise<number> {
    return countUpTo(this.of(fingerprint), limit);
  }

  private of(fingerprint: string): SelectQueryBuilder<FindingStateHistoryEntity> {
    return this.database.manager
      .createQueryBuilder(FindingStateHistoryEntity, 'change')
      .where('change.fingerprint = :fingerprint', { fingerprint });
  }
}

function hashOf(row: Omit<HistoryRow, 'hash'>): string {
  return hashOfRow({
    seq: row.seq,
    fingerprint: row.fingerprint,
    project: row.project,
    cause: row.cause,
    from_status: row.fromStatus,
    to_status: row.toStatus,
    note: row.note,
    expires_at: row.expiresAt,
    changed_at: row.changedAt,
    changed_by: row.changedBy,
    principal_id: row.principalId,
    previous_hash: row.previousHash,
    reason: row.reason,
    assignee: row.assignee,
  });
}

/** The row that the next one continues, or what retention has left of it. */
async function lastLink(tx: Transaction): Promise<{ readonly seq: number; readonly hash: string }> {
  const [last] = await tx.manager.find(FindingStateHistoryEntity, {
    select: { seq: true, hash: true },
    order: { seq: 'DESC' },
    take: 1,
  });
  if (last !== undefined) return last;
  const retention = await tx.manager.findOneBy(RetentionEntity, { id: 1 });
  if (retention !== null) {
    return { seq: retention.historyAnchorSeq, hash: retention.historyAnchorHash };
  }
  throw new DefectError('INVARIANT_BROKEN', 'The row that governs retention is gone.');
}

function toBody(row: FindingStateHistoryEntity): VerdictChangeBody {
  return {
    seq: row.seq,
    fingerprint: row.fingerprint,
    project: row.project,
    cause: row.cause,
    from_status: row.fromStatus,
    to_status: row.toStatus,
    note: row.note,
    reason: row.reason,
    assignee: row.assignee,
    until: row.expiresAt,
    changed_at: row.changedAt,
    changed_by: row.changedBy,
    previous_hash: row.previousHash,
    hash: row.hash,
  };
}
