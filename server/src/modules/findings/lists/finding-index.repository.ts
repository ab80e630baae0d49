import { Injectable } from '@nestjs/common';
import { SEVERITIES, type Severity } from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';
import { ReadDatabase } from '../../../database/database';
import type { RunField } from '../finding-run.entity';
import { BatchedRanges } from './batched-ranges';
import type { PositionRange, PositionSet } from './position-set';

/** Runs that are read in one go. */
const RUNS_OF_A_BATCH = 500;

/** An order other than the canonical one: the column that it goes by, from the index that serves it. */
export const SORT_COLUMNS = { file: 'file_path', rule: 'rule_id' } as const;
export type SortColumn = (typeof SORT_COLUMNS)[keyof typeof SORT_COLUMNS];

/** A finding's place in such an order: first those without a value, then by it, then by position. */
export interface SortKey {
  readonly value: string | null;
  readonly position: number;
}

/**
 * Every statement that a list reads its positions with; a test asks the database how it would run each. None of them touches
 * the rows themselves.
 */
export const INDEX_STATEMENTS = {
  runs: `SELECT "first_position" AS "first", "last_position" AS "last" FROM "finding_runs"
    WHERE "scan_id" = ? AND "field" = ? AND "value" = ? AND "last_position" >= ?
    ORDER BY "last_position" LIMIT ${RUNS_OF_A_BATCH}`,
  withoutValue: (column: SortColumn): string =>
    `SELECT "${column}" AS "value", "position" FROM "findings"
    WHERE "scan_id" = ? AND "severity" = ? AND "${column}" IS NULL AND "position" > ?
    ORDER BY "position" LIMIT ?`,
  byValue: (column: SortColumn): string =>
    `SELECT "${column}" AS "value", "position" FROM "findings"
    WHERE "scan_id" = ? AND "severity" = ? AND ("${column}", "position") > (?, ?)
    ORDER BY "${column}", "position" LIMIT ?`,
  keyAt: (column: SortColumn): string =>
    `SELECT "${column}" AS "value", "position" FROM "findings" WHERE "scan_id" = ? AND "position" = ?`,
  ofFingerprints: (count: number): string =>
    `SELECT "position" FROM "findings"
    WHERE "fingerprint" IN (${Array(count).fill('?').join(', ')}) AND "scan_id" = ?`,
} as const;

/** Where in a scan the findings are that a list asks for, from indexes alone. */
@Injectable()
export class FindingIndexRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** The positions of a scan that have a value. */
  runs(scanId: string, field: RunField, value: string): PositionSet {
    return new BatchedRanges(
      (position) =>
        this.database.manager.query<PositionRange[]>(INDEX_STATEMENTS.runs, [
          scanId,
          field,
          value,
          position,
        ]),
      RUNS_OF_A_BATCH,
    );
  }

  /** Positions of the findings with any of the fingerprints, in no order. */
  async positionsOf(scanId: string, fingerprints: readonly string[]): Promise<number[]> {
    const rows = await this.database.manager.query<{ position: number }[]>(
      INDEX_STATEMENTS.ofFingerprints(fingerprints.length),
      [...fingerprints, scanId],
    );
    return rows.map(({ position }) => position);
  }

  /** Where a finding stands in an order; `null` where the scan has no such position. */
  async keyAt(scanId: string, column: SortColumn, position: number): Promise<SortKey | null> {
    const rows = await this.database.manager.query<SortKey[]>(INDEX_STATEMENTS.keyAt(column), [
      scanId,
      position,
    ]);
    return rows[0] ?? null;
  }

  /**
   * The next positions in an order, from after a key on.
   * @param severities those to show; each has a stretch of the index to itself, and the stretches are merged.
   */
  async sorted(
    scanId: string,
    column: SortColumn,
    { severities, after, limit }: SortedPart,
  ): Promise<number[]> {
    const heads: SortKey[] = [];
    for (const severity of severities ?? SEVERITIES) {
      heads.push(...(await this.head(scanId, column, { severity, after, limit })));
    }
    return heads
      .sort(compareKeys)
      .slice(0, limit)
      .map(({ position }) => position);
  }

  private async head(
    scanId: string,
    column: SortColumn,
    { severity, after, limit }: { severity: Severity; after: SortKey | null; limit: number },
  ): Promise<SortKey[]> {
    const isPastThoseWithout = after !== null && after.value !== null;
    const without = isPastThoseWithout
      ? []
      : await this.database.manager.query<SortKey[]>(INDEX_STATEMENTS.withoutValue(column), [
          scanId,
          severity,
          after?.position ?? -1,
          limit,
        ]);
    const rest = await this.database.manager.query<SortKey[]>(INDEX_STATEMENTS.byValue(column), [
      scanId,
      severity,
      after?.value ?? '',
      isPastThoseWithout ? after.position : -1,
      limit - without.length,
    ]);
    return [...without, ...rest];
  }
}

export interface SortedPart {
  /** `null` for all. */
  readonly severities: readonly Severity[] | null;
  readonly after: SortKey | null;
  readonly limit: number;
}

/** By code point, as the database compares text. */
function compareKeys(a: SortKey, b: SortKey): number {
  if (a.value === null || b.value === null) {
    return Number(a.value !== null) - Number(b.value !== null) || a.position - b.position;
  }
  return compareCodePoints(a.value, b.value) || a.position - b.position;
}
