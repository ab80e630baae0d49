import { Injectable } from '@nestjs/common';
import type { ScanType, Severity } from '@securescan/contracts';
import { LessThan, type SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingEntity } from './finding.entity';

export interface FindingFilter {
  readonly scanId: string;
  readonly severity: Severity | null;
  readonly scanType: ScanType | null;
  readonly scanner: string | null;
}

@Injectable()
export class FindingsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** In canonical order, from after a position on. */
  async page(filter: FindingFilter, after: number, limit: number): Promise<FindingEntity[]> {
    return this.filtered(filter)
      .andWhere('finding.position > :after', { after })
      .orderBy('finding.position', 'ASC')
      .limit(limit)
      .getMany();
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: FindingFilter, limit: number): Promise<number> {
    const [sql, parameters] = this.filtered(filter)
      .select('1', 'one')
      .limit(limit)
      .getQueryAndParameters();
    const rows = await this.database.manager.query<{ count: number }[]>(
      `SELECT COUNT(*) AS count FROM (${sql})`,
      parameters,
    );
    return rows[0]?.count ?? 0;
  }

  /** The position of the last stored finding of a scan, or `null` where it has none. */
  async lastPosition(scanId: string): Promise<number | null> {
    const last = await this.database.manager.findOne(FindingEntity, {
      select: { scanId: true, id: true, position: true },
      where: { scanId },
      order: { position: 'DESC' },
    });
    return last?.position ?? null;
  }

  async insert(tx: Transaction, rows: Fields<FindingEntity>[]): Promise<void> {
    await insertRows<Fields<FindingEntity>>(tx.manager, FindingEntity, rows);
  }

  async removeBelow(tx: Transaction, scanId: string, position: number): Promise<void> {
    await tx.manager.delete(FindingEntity, { scanId, position: LessThan(position) });
  }

  private filtered(filter: FindingFilter): SelectQueryBuilder<FindingEntity> {
    const query = this.database.manager
      .createQueryBuilder(FindingEntity, 'finding')
      .where('finding.scanId = :scanId', { scanId: filter.scanId });
    if (filter.severity !== null) {
      query.andWhere('finding.severity = :severity', { severity: filter.severity });
    }
    if (filter.scanType !== null) {
      query.andWhere('finding.scanType = :scanType', { scanType: filter.scanType });
    }
    if (filter.scanner !== null) {
      query.andWhere('finding.scanner = :scanner', { scanner: filter.scanner });
    }
    return query;
  }
}
