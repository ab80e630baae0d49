import { Injectable } from '@nestjs/common';
import type { ScanSort, ScanStatus } from '@securescan/contracts';
import { In, IsNull, Not } from 'typeorm';
import type { FindManyOptions, FindOptionsWhere, SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import { readRows } from '../../database/read-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { PrincipalNames } from '../auth/principal-names.service';
import { arrange, narrow, type ScanFilter, type ScanPosition } from './scan-list';
import { OPEN_STATUSES, statusesBefore, TERMINAL_STATUSES } from './scan-lifecycle';
import { ScanEntity } from './scan.entity';
import type { ScanRecord } from './scan.mapper';
import { ScannerOutcomeEntity } from './scanner-outcome.entity';
import { ScannerSkipEntity } from './scanner-skip.entity';

/** Those that wait for their turn, in the order in which they get it. */
const IN_LINE: FindManyOptions<ScanEntity> = {
  where: { status: 'pending', hiddenAt: IsNull() },
  order: { createdAt: 'ASC', id: 'ASC' },
};

const STATUS = 'SELECT "status" FROM "scans" WHERE "id" = ? AND "hidden_at" IS NULL';

@Injectable()
export class ScansRepository {
  constructor(
    private readonly database: ReadDatabase,
    private readonly principals: PrincipalNames,
  ) {}

  async find(id: string): Promise<ScanRecord | null> {
    const [scan] = await readRows(this.database.manager, ScanEntity, 'id', [id]);
    if (scan === undefined || scan.hiddenAt !== null) return null;
    const [record] = await this.complete([scan]);
    return record ?? null;
  }

  async statusOf(id: string): Promise<ScanStatus | null> {
    const rows = await this.database.manager.query<{ status: ScanStatus }[]>(STATUS, [id]);
    return rows[0]?.status ?? null;
  }

  /** In the asked order, from behind a position on. */
  async page(
    filter: ScanFilter,
    { sort, after }: { readonly sort: ScanSort; readonly after: ScanPosition | null },
    limit: number,
  ): Promise<ScanRecord[]> {
    const query = this.filtered(filter).limit(limit);
    arrange(query, sort, after);
    return this.complete(await query.getMany());
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: ScanFilter, limit: number): Promise<number> {
    return countUpTo(this.filtered(filter), limit);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.database.manager.findOne(ScanEntity, { where: {} })) === null;
  }

  /** Ids of scans that a process left unfinished. */
  async openIds(): Promise<string[]> {
    return this.ids({ status: In([...OPEN_STATUSES]) });
  }

  /** Ids of deleted scans whose rows are not all gone. */
  async hiddenIds(): Promise<string[]> {
    return this.ids({ hiddenAt: Not(IsNull()) });
  }

  /** Ids of scans that ended without a result and still have findings, which must not stay. */
  async unsuccessfulIdsWithFindings(): Promise<string[]> {
    const rows = await this.database.manager
      .createQueryBuilder(ScanEntity, 'scan')
      .select('scan.id', 'id')
      .where('scan.status IN (:...statuses)', { statuses: ['failed', 'cancelled'] })
      .andWhere('EXISTS (SELECT 1 FROM findings WHERE findings.scan_id = scan.id)')
      .getRawMany<{ id: string }>();
    return rows.map((row) => row.id);
  }

  /** Scans that wait for their turn, in the order in which they get it. */
  async waiting(tx: Transaction): Promise<ScanEntity[]> {
    return tx.manager.find(ScanEntity, IN_LINE);
  }

  /** A scan that is there, deleted or not. */
  async row(tx: Transaction, id: string): Promise<ScanEntity> {
    return tx.manager.findOneByOrFail(ScanEntity, { id });
  }

  /** The same where it may be gone. */
  async rowIfThere(tx: Transaction, id: string): Promise<ScanEntity | null> {
    return tx.manager.findOneBy(ScanEntity, { id });
  }

  async insert(tx: Transaction, scan: Fields<ScanEntity>): Promise<void> {
    await tx.manager.insert(ScanEntity, scan);
  }

  /**
   * Moves a scan to a status, if the transition table lets it from where it stands.
   * @returns whether it did; false means that somebody else was first.
   */
  async changeStatus(
    tx: Transaction,
    id: string,
    status: ScanStatus,
    changes: Partial<Omit<ScanEntity, 'scanTypes' | 'options'>>,
  ): Promise<boolean> {
    const result = await tx.manager.update(
      ScanEntity,
      { id, status: In(statusesBefore(status)), hiddenAt: IsNull() },
      { ...changes, status },
    );
    return result.affected === 1;
  }

  async isRunning(tx: Transaction, id: string): Promise<boolean> {
    return tx.manager.existsBy(ScanEntity, { id, status: 'running' });
  }

  /** @returns whether there was an ended, visible scan to hide. */
  async hide(tx: Transaction, id: string, now: string): Promise<boolean> {
    const result = await tx.manager.update(
      ScanEntity,
      { id, status: In([...TERMINAL_STATUSES]), hiddenAt: IsNull() },
      { hiddenAt: now },
    );
    return result.affected === 1;
  }

  /** Removes the row of a hidden scan and, by cascade, what hangs on it. */
  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.manager.delete(ScanEntity, { id, hiddenAt: Not(IsNull()) });
  }

  async saveOutcomes(
    tx: Transaction,
    outcomes: Fields<ScannerOutcomeEntity>[],
    skips: Fields<ScannerSkipEntity>[],
  ): Promise<void> {
    if (outcomes.length > 0) await tx.manager.insert(ScannerOutcomeEntity, outcomes);
    if (skips.length > 0) await tx.manager.insert(ScannerSkipEntity, skips);
  }

  private filtered(filter: ScanFilter): SelectQueryBuilder<ScanEntity> {
    const query = this.database.manager
      .createQueryBuilder(ScanEntity, 'scan')
      .where('scan.hiddenAt IS NULL');
    narrow(query, filter);
    return query;
  }

  private async waitingIds(): Promise<string[]> {
    const rows = await this.database.manager.find(ScanEntity, {
      select: { id: true },
      ...IN_LINE,
    });
    return rows.map((row) => row.id);
  }

  private async ids(where: FindOptionsWhere<ScanEntity>): Promise<string[]> {
    const rows = await this.database.manager.find(ScanEntity, { select: { id: true }, where });
    return rows.map((row) => row.id);
  }

  private async complete(scans: readonly Fields<ScanEntity>[]): Promise<ScanRecord[]> {
    const { manager } = this.database;
    const ids = scans.map((scan) => scan.id);
    const outcomes = await readRows(manager, ScannerOutcomeEntity, 'scanId', ids);
    const skips = await readRows(manager, ScannerSkipEntity, 'scanId', ids);
    const names = await this.principals.of(scans.map((scan) => scan.principalId));
    const line = scans.some(({ status }) => status === 'pending') ? await this.waitingIds() : [];
    return scans.map((scan) => ({
      scan,
      outcomes: outcomes.filter((outcome) => outcome.scanId === scan.id),
      skips: skips.filter((skip) => skip.scanId === scan.id),
      requestedBy: names.get(scan.principalId ?? '') ?? null,
      queuePosition: line.includes(scan.id) ? line.indexOf(scan.id) + 1 : null,
    }));
  }
}
