import { Injectable } from '@nestjs/common';
import type { Finding } from '@securescan/core';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { FindingRunEntity } from './finding-run.entity';
import { FindingEntity } from './finding.entity';
import { type StoredFinding, toFindingRow } from './finding.mapper';
import { runsOf } from './lists/finding-runs';
import { NUMBERS_OF_A_SCAN } from './scan-number.entity';
import { ScanNumbersRepository } from './scan-numbers.repository';

const SHOWN = `"id", "scan_id", "scanner", "scan_type", "severity", "title", "description", "file_path",
  "line" AS "line_start", "line_end", "rule_id", "cwe", "remediation", "metadata_json" AS "metadata",
  "compliance_tags_json" AS "compliance_tags", "fingerprint", "occurrence", "aliases_json" AS "aliases"`;

/** The statements that lists read findings with; a test asks the database how it would run each. */
export const ROW_STATEMENTS = {
  between: `SELECT ${SHOWN}, "number" FROM "findings" WHERE "number" BETWEEN ? AND ?`,
  at: (count: number): string =>
    `SELECT ${SHOWN}, "number" FROM "findings" WHERE "number" IN (${Array(count).fill('?').join(', ')})`,
} as const;

type NumberedFinding = StoredFinding & { readonly number: number };

@Injectable()
export class FindingsRepository {
  constructor(
    private readonly database: ReadDatabase,
    private readonly numbers: ScanNumbersRepository,
  ) {}

  /** The findings at the given positions, in the order of those. */
  async at(scanId: string, positions: readonly number[]): Promise<StoredFinding[]> {
    const start = await this.numbers.start(scanId);
    if (start === null) return [];
    const numbers = positions.map((position) => start + position);
    const byNumber = await this.numbered(numbers);
    return numbers.flatMap((number) => byNumber.get(number) ?? []);
  }

  /** The findings with the given numbers, of any scans. */
  async numbered(numbers: readonly number[]): Promise<ReadonlyMap<number, StoredFinding>> {
    const rows = await this.rows(numbers);
    return new Map(rows.map(({ number, ...stored }) => [number, stored]));
  }

  /** The fingerprints of the findings at the given positions, in no order. */
  async fingerprintsAt(scanId: string, positions: readonly number[]): Promise<string[]> {
    const start = await this.numbers.start(scanId);
    if (start === null) return [];
    const rows = await this.database.manager.query<{ fingerprint: string }[]>(
      `SELECT "fingerprint" FROM "findings" WHERE "number" IN (${positions.map(() => '?').join(', ')})`,
      positions.map((position) => start + position),
    );
    return rows.map(({ fingerprint }) => fingerprint);
  }

  async numbersOf(scanId: string): Promise<{ readonly first: number; readonly last: number }> {
    const start = await this.numbers.start(scanId);
    if (start === null) return { first: 1, last: 0 };
    return { first: start, last: start + NUMBERS_OF_A_SCAN - 1 };
  }

  /** How many findings of a scan are stored. */
  async count(scanId: string): Promise<number> {
    const start = await this.numbers.start(scanId);
    if (start === null) return 0;
    const rows = await this.database.manager.query<{ count: number }[]>(
      `SELECT count(*) AS "count" FROM "findings" WHERE "number" BETWEEN ? AND ?`,
      [start, start + NUMBERS_OF_A_SCAN - 1],
    );
    return rows[0]?.count ?? 0;
  }

  /** @param after how many of the scan's findings, which come in canonical order, are stored already. */
  async insert(
    tx: Transaction,
    scanId: string,
    { findings, after }: { readonly findings: readonly Finding[]; readonly after: number },
  ): Promise<void> {
    const start = await this.numbers.startForWriting(tx, scanId);
    const rows = findings.map((finding, index) =>
      toFindingRow(scanId, finding, start + after + index),
    );
    await insertRows<Fields<FindingEntity>>(tx.manager, FindingEntity, rows);
    await insertRows<Fields<FindingRunEntity>>(tx.manager, FindingRunEntity, runsOf(rows, start));
  }

  /** Removes some of a scan's findings, in their order. @returns whether there may be more. */
  async removeSome(tx: Transaction, scanId: string, limit: number): Promise<boolean> {
    const start = await this.numbers.startForWriting(tx, scanId);
    const end = start + NUMBERS_OF_A_SCAN - 1;
    const removed = await tx.manager.query<object[]>(
      `DELETE FROM "findings" WHERE "number" IN (
        SELECT "number" FROM "findings" WHERE "number" BETWEEN ? AND ? ORDER BY "number" LIMIT ?)
      RETURNING 1`,
      [start, end, limit],
    );
    return removed.length === limit;
  }

  /** Removes some of a scan's runs. @returns whether there may be more. */
  async removeRuns(tx: Transaction, scanId: string, limit: number): Promise<boolean> {
    const removed = await tx.manager.query<object[]>(
      `DELETE FROM "finding_runs" WHERE ("scan_id", "field", "value", "last_position") IN (
        SELECT "scan_id", "field", "value", "last_position" FROM "finding_runs" WHERE "scan_id" = ? LIMIT ?)
      RETURNING 1`,
      [scanId, limit],
    );
    return removed.length === limit;
  }

  private async rows(numbers: readonly number[]): Promise<NumberedFinding[]> {
    const { manager } = this.database;
    const first = numbers[0];
    const last = numbers.at(-1);
    if (first === undefined || last === undefined) return [];
    const areNeighbours = numbers.every((number, index) => number === first + index);
    return areNeighbours
      ? manager.query(ROW_STATEMENTS.between, [first, last])
      : manager.query(ROW_STATEMENTS.at(numbers.length), [...numbers]);
  }
}
