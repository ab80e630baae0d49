import { Injectable } from '@nestjs/common';
import type { BillContent } from '@securescan/host-node';
import type { SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import { readRows } from '../../database/read-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { SbomDocumentEntity } from './sbom-document.entity';
import { SbomPartEntity } from './sbom-part.entity';

export interface BillFilter {
  readonly project: string | null;
  readonly targetPath: string | null;
}

/** Where the history, newest first, goes on. */
export interface BillPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** Parts that one unit removes: some megabytes. */
const REMOVED_AT_ONCE = 50;

const PART =
  'SELECT "bytes" FROM "sbom_parts" WHERE "sbom_id" = ? AND "content" = ? AND "position" = ?';
const UNPUBLISHED = `SELECT "id" FROM "sbom_documents" WHERE "scan_id" = ? AND "is_published" = 0`;
const REMOVE_PARTS = `DELETE FROM "sbom_parts" WHERE ("sbom_id", "content", "position") IN
  (SELECT "sbom_id", "content", "position" FROM "sbom_parts" WHERE "sbom_id" = ? LIMIT ${String(REMOVED_AT_ONCE)})
  RETURNING 1`;

@Injectable()
export class BillsRepository {
  constructor(private readonly database: ReadDatabase) {}

  async find(id: string): Promise<Fields<SbomDocumentEntity> | null> {
    return this.published('id', id);
  }

  async ofScan(scanId: string): Promise<Fields<SbomDocumentEntity> | null> {
    return this.published('scanId', scanId);
  }

  /** Newest first. */
  async page(
    filter: BillFilter,
    after: BillPosition | null,
    limit: number,
  ): Promise<Fields<SbomDocumentEntity>[]> {
    const query = this.filtered(filter)
      .orderBy('bill.createdAt', 'DESC')
      .addOrderBy('bill.id', 'DESC')
      .limit(limit);
    if (after !== null)
      query.andWhere('(bill.createdAt, bill.id) < (:createdAt, :id)', { ...after });
    return query.getMany();
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: BillFilter, limit: number): Promise<number> {
    return countUpTo(this.filtered(filter), limit);
  }

  /** One part of a bill; `null` behind the last. */
  async part(id: string, content: BillContent, position: number): Promise<Uint8Array | null> {
    const rows = await this.database.manager.query<{ bytes: Uint8Array }[]>(PART, [
      id,
      content,
      position,
    ]);
    return rows[0]?.bytes ?? null;
  }

  async insert(tx: Transaction, bill: Fields<SbomDocumentEntity>): Promise<void> {
    await tx.manager.insert(SbomDocumentEntity, bill);
  }

  async insertPart(tx: Transaction, part: Fields<SbomPartEntity>): Promise<void> {
    const { sbomId, content, position, bytes } = part;
    await tx.manager.query(
      'INSERT INTO "sbom_parts" ("sbom_id", "content", "position", "bytes") VALUES (?, ?, ?, ?)',
      [sbomId, content, position, Buffer.from(bytes)],
    );
  }

  /** Lets a scan's bill be seen. */
  async publish(tx: Transaction, scanId: string): Promise<void> {
    await tx.manager.update(SbomDocumentEntity, { scanId }, { isPublished: true });
  }

  /** A bill says no longer which scan it was made in. */
  async detach(tx: Transaction, scanId: string): Promise<void> {
    await tx.manager.update(SbomDocumentEntity, { scanId }, { scanId: null });
  }

  async hide(tx: Transaction, id: string): Promise<boolean> {
    const change = await tx.manager.update(
      SbomDocumentEntity,
      { id, isPublished: true },
      { isPublished: false },
    );
    return change.affected === 1;
  }

  async unpublishedOf(tx: Transaction, scanId: string): Promise<string | null> {
    const rows = await tx.manager.query<{ id: string }[]>(UNPUBLISHED, [scanId]);
    return rows[0]?.id ?? null;
  }

  async unpublishedIds(): Promise<string[]> {
    const rows = await this.database.manager.find(SbomDocumentEntity, {
      select: { id: true },
      where: { isPublished: false },
    });
    return rows.map(({ id }) => id);
  }

  /** @returns whether parts may be left. */
  async removeSome(tx: Transaction, id: string): Promise<boolean> {
    const removed = await tx.manager.query<unknown[]>(REMOVE_PARTS, [id]);
    return removed.length === REMOVED_AT_ONCE;
  }

  async remove(tx: Transaction, id: string): Promise<void> {
    await tx.manager.delete(SbomDocumentEntity, { id, isPublished: false });
  }

  private async published(
    property: 'id' | 'scanId',
    value: string,
  ): Promise<Fields<SbomDocumentEntity> | null> {
    const { manager } = this.database;
    const rows = await readRows(manager, SbomDocumentEntity, property, [value]);
    return rows.find(({ isPublished }) => isPublished) ?? null;
  }

  private filtered({ project, targetPath }: BillFilter): SelectQueryBuilder<SbomDocumentEntity> {
    const query = this.database.manager
      .createQueryBuilder(SbomDocumentEntity, 'bill')
      .where('bill.isPublished = 1');
    if (project !== null) query.andWhere('bill.project = :project', { project });
    if (targetPath !== null) query.andWhere('bill.targetPath = :targetPath', { targetPath });
    return query;
  }
}
