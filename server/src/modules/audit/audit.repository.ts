import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import { AuditLogEntity } from './audit-log.entity';

/** `null` leaves out a condition. */
export interface AuditFilter {
  readonly subjectId: string | null;
  readonly principalId: string | null;
  readonly actor: string | null;
  readonly action: string | null;
  readonly subjectType: string | null;
  /** From then on, and before then. */
  readonly since: string | null;
  readonly until: string | null;
}

/** Where a page goes on, newest first. */
export interface AuditPosition {
  readonly occurredAt: string;
  readonly seq: number;
}

/** Those that leave the fewest rows first. Each has an index of its own, with the time behind it. */
const CONDITIONS = [
  ['subjectId', 'subject_id'],
  ['principalId', 'principal_id'],
  ['actor', 'actor'],
  ['action', 'action'],
  ['subjectType', 'subject_type'],
] as const satisfies readonly (readonly [keyof AuditFilter, string])[];

@Injectable()
export class AuditRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest first. */
  page(filter: AuditFilter, after: AuditPosition | null, limit: number): Promise<AuditLogEntity[]> {
    return this.pageQuery(filter, after, limit).getMany();
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: AuditFilter, limit: number): Promise<number> {
    return countUpTo(this.filtered(filter), limit);
  }

  /** Asked for by the test that looks at how the database answers it. */
  pageQuery(
    filter: AuditFilter,
    after: AuditPosition | null,
    limit: number,
  ): SelectQueryBuilder<AuditLogEntity> {
    const query = this.filtered(filter)
      .orderBy('entry.occurredAt', 'DESC')
      .addOrderBy('entry.seq', 'DESC')
      .limit(limit);
    if (after !== null) {
      query.andWhere('("entry"."occurred_at", "entry"."seq") < (:occurredAt, :seq)', { ...after });
    }
    return query;
  }

  private filtered(filter: AuditFilter): SelectQueryBuilder<AuditLogEntity> {
    const query = this.database.manager.createQueryBuilder(AuditLogEntity, 'entry');
    let prefix = '';
    for (const [name, column] of CONDITIONS) {
      if (filter[name] === null) continue;
      // The plus keeps SQLite from choosing another index than that of the first: it has no statistics to tell by.
      query.andWhere(`${prefix}"entry"."${column}" = :${name}`, { [name]: filter[name] });
      prefix = '+';
    }
    if (filter.since !== null) query.andWhere('entry.occurredAt >= :since', filter);
    if (filter.until !== null) query.andWhere('entry.occurredAt < :until', filter);
    return query;
  }
}
