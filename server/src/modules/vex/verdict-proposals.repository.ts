import { Injectable } from '@nestjs/common';
import type { ProposalState } from '@securescan/contracts';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Fields } from '../../common/fields';
import { countUpTo } from '../../database/count-up-to';
import { ReadDatabase } from '../../database/database';
import { insertRows, UNIT_ROWS } from '../../database/insert-rows';
import { readRows } from '../../database/read-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { VerdictProposalEntity } from './verdict-proposal.entity';

export type ProposalRow = Fields<VerdictProposalEntity>;

export interface ProposalFilter {
  readonly state: ProposalState | null;
  readonly project: string | null;
  readonly fingerprint: string | null;
}

const FILTERS = [
  'state',
  'project',
  'fingerprint',
] as const satisfies readonly (keyof ProposalFilter)[];

/** Where a page, newest first, goes on. */
export interface ProposalPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** What a version of a document changes of a proposal that it makes again. */
export type ProposalRenewal = Pick<
  ProposalRow,
  'documentVersion' | 'documentDigest' | 'author' | 'issuedAt'
>;

/** Which proposals a text does not make again. */
export interface Outdated extends Pick<ProposalRow, 'documentId' | 'project' | 'documentDigest'> {
  readonly now: string;
}

@Injectable()
export class VerdictProposals {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest first. */
  async page(
    filter: ProposalFilter,
    after: ProposalPosition | null,
    limit: number,
  ): Promise<ProposalRow[]> {
    const query = this.filtered(filter)
      .orderBy('proposal.createdAt', 'DESC')
      .addOrderBy('proposal.id', 'DESC')
      .limit(limit);
    if (after !== null) {
      query.andWhere('(proposal.createdAt, proposal.id) < (:createdAt, :id)', { ...after });
    }
    return query.getMany();
  }

  /** How many match, counted no further than `limit`. */
  async count(filter: ProposalFilter, limit: number): Promise<number> {
    return countUpTo(this.filtered(filter), limit);
  }

  /** Those of the ids that there are. @param manager of a unit of work, for whoever goes on to write. */
  async withIds(
    ids: readonly string[],
    manager: EntityManager = this.database.manager,
  ): Promise<ProposalRow[]> {
    return readRows(manager, VerdictProposalEntity, 'id', ids);
  }

  /** The newest version of a document that made a proposal in a place; `null` where none did. */
  async newestVersion(documentId: string, project: string | null): Promise<number | null> {
    const rows = await this.database.manager.query<{ version: number | null }[]>(
      `SELECT max("document_version") AS "version" FROM "verdict_proposals"
      WHERE "document_id" = ? AND "project" IS ?`,
      [documentId, project],
    );
    return rows[0]?.version ?? null;
  }

  async insert({ manager }: Transaction, rows: readonly ProposalRow[]): Promise<void> {
    await insertRows<ProposalRow>(manager, VerdictProposalEntity, rows);
  }

  /** Those that are open stay so, and those that were superseded are open again. */
  async renew(
    { manager }: Transaction,
    ids: readonly string[],
    { documentVersion, documentDigest, author, issuedAt }: ProposalRenewal,
  ): Promise<void> {
    if (ids.length === 0) return;
    await manager.query(
      `UPDATE "verdict_proposals" SET "document_version" = ?, "document_digest" = ?, "author" = ?, "issued_at" = ?,
        "state" = 'open', "decided_at" = NULL
      WHERE "state" IN ('open', 'superseded') AND "id" IN (${ids.map(() => '?').join(', ')})`,
      [documentVersion, documentDigest, author, issuedAt, ...ids],
    );
  }

  /** Ends some open proposals of a document that its newest text does not make. @returns how many. */
  async supersedeSome(
    { manager }: Transaction,
    { documentId, project, documentDigest, now }: Outdated,
  ): Promise<number> {
    const ended = await manager.query<object[]>(
      `UPDATE "verdict_proposals" SET "state" = 'superseded', "decided_at" = ? WHERE "id" IN (
        SELECT "id" FROM "verdict_proposals" WHERE "document_id" = ? AND "state" = 'open' AND "project" IS ?
          AND "document_digest" <> ? LIMIT ${UNIT_ROWS})
      RETURNING 1`,
      [now, documentId, project, documentDigest],
    );
    return ended.length;
  }

  async decide(
    { manager }: Transaction,
    id: string,
    decision: Pick<ProposalRow, 'state' | 'decidedAt' | 'decidedBy' | 'deciderId'>,
  ): Promise<void> {
    await manager.update(VerdictProposalEntity, { id }, decision);
  }

  private filtered(filter: ProposalFilter): SelectQueryBuilder<VerdictProposalEntity> {
    const query = this.database.manager.createQueryBuilder(VerdictProposalEntity, 'proposal');
    for (const name of FILTERS) {
      const value = filter[name];
      if (value !== null) query.andWhere(`proposal.${name} = :${name}`, { [name]: value });
    }
    return query;
  }
}
