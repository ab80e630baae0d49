import { Injectable } from '@nestjs/common';
import { SEVERITIES, type Severity } from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';
import { nextTurn } from '../../../common/next-turn';
import { ReadDatabase } from '../../../database/database';
import type { RunField } from '../finding-run.entity';
import { ScanNumbersRepository } from '../scan-numbers.repository';
import { BatchedRanges } from './batched-ranges';
import type { PositionRange, PositionSet } from './position-set';

/** Runs that are read in one go. */
const RUNS_OF_A_BATCH = 500;

/**
 * Every statement that a list finds its positions with; a test asks the database how it would run each. None of them touches
 * the rows themselves.
 */
export const INDEX_STATEMENTS = {
  runs: `SELECT "first_position" AS "first", "last_position" AS "last" FROM "finding_runs"
    WHERE "scan_id" = ? AND "field" = ? AND "value" = ? AND "last_position" >= ?
    ORDER BY "last_position" LIMIT ${RUNS_OF_A_BATCH}`,
  runsByRule: `SELECT "value", "first_position" AS "first", "last_position" AS "last" FROM "finding_runs"
    WHERE "scan_id" = ? AND "field" = 'rule_id' AND ("value", "last_position") > (?, ?)
    ORDER BY "value", "last_position" LIMIT ${RUNS_OF_A_BATCH}`,
  ruleAt: `SELECT "rule_id" AS "value" FROM "findings" WHERE "number" = ?`,
  withoutFile: `SELECT "file_path" AS "value", "number" FROM "findings"
    WHERE "scan_id" = ? AND "severity" = ? AND "file_path" IS NULL AND "number" > ? ORDER BY "number" LIMIT ?`,
  byFile: `SELECT "file_path" AS "value", "number" FROM "findings"
    WHERE "scan_id" = ? AND "severity" = ? AND ("file_path", "number") > (?, ?)
    ORDER BY "file_path", "number" LIMIT ?`,
  fileAt: `SELECT "file_path" AS "value", "number" FROM "findings" WHERE "number" = ?`,
  fingerprints: `SELECT "number", "fingerprint" FROM "findings" WHERE "scan_id" = ?`,
  ofFingerprints: (count: number): string =>
    `SELECT "number" FROM "findings" WHERE "scan_id" = ? AND "fingerprint" IN (${Array(count).fill('?').join(', ')})`,
} as const;

/** Where a list goes on: behind the finding at a position, or at its beginning. */
export interface ListPart {
  readonly scanId: string;
  readonly after: number | null;
  readonly limit: number;
}

/** A finding's place in the order by file: those without one first, then by path, then in canonical order. */
interface FileKey {
  readonly value: string | null;
  readonly number: number;
}

/** Where in a scan the findings are that a list asks for, from indexes alone. */
@Injectable()
export class FindingIndexRepository {
  constructor(
    private readonly database: ReadDatabase,
    private readonly numbers: ScanNumbersRepository,
  ) {}

  /** The positions of a scan that have a value. */
  runs(scanId: string, field: RunField, value: string): PositionSet {
    const { manager } = this.database;
    return new BatchedRanges(
      (from) => manager.query<PositionRange[]>(INDEX_STATEMENTS.runs, [scanId, field, value, from]),
      RUNS_OF_A_BATCH,
    );
  }

  /** Positions of the findings with any of the fingerprints, in no order. */
  async positionsOf(scanId: string, fingerprints: readonly string[]): Promise<number[]> {
    if (fingerprints.length === 0) return [];
    const start = (await this.numbers.start(scanId)) ?? 0;
    const rows = await this.database.manager.query<{ number: number }[]>(
      INDEX_STATEMENTS.ofFingerprints(fingerprints.length),
      [scanId, ...fingerprints],
    );
    return rows.map(({ number }) => number - start);
  }

  /** The positions and fingerprints of all findings of a scan, in no order. Meant for small ones. */
  async fingerprints(
    scanId: string,
  ): Promise<{ readonly position: number; readonly fingerprint: string }[]> {
    const start = (await this.numbers.start(scanId)) ?? 0;
    const rows = await this.database.manager.query<{ number: number; fingerprint: string }[]>(
      INDEX_STATEMENTS.fingerprints,
      [scanId],
    );
    return rows.map(({ number, fingerprint }) => ({ position: number - start, fingerprint }));
  }

  /** The next positions by rule, within one in canonical order. */
  async byRule({ scanId, after, limit }: ListPart): Promise<number[]> {
    const rule = after === null ? '' : await this.ruleAt(scanId, after);
    const positions: number[] = [];
    let key: readonly [string, number] = [rule, after ?? -1];
    for (;;) {
      const runs = await this.runsByRule(scanId, key);
      for (const { value, first, last } of runs) {
        // The run that holds the finding where the list goes on is only shown from behind it.
        const from = value === rule ? Math.max(first, (after ?? -1) + 1) : first;
        const end = Math.min(last, from + limit - positions.length - 1);
        for (let at = from; at <= end; at += 1) positions.push(at);
        key = [value, last];
      }
      if (runs.length < RUNS_OF_A_BATCH || positions.length >= limit) return positions;
      await nextTurn();
    }
  }

  /**
   * The next positions by file, of the given severities or of all: each has a stretch of the index to itself, and the
   * stretches are merged.
   */
  async byFile(
    { scanId, after, limit }: ListPart,
    severities: readonly Severity[] | null,
  ): Promise<number[]> {
    const start = (await this.numbers.start(scanId)) ?? 0;
    const key = after === null ? null : await this.fileKeyAt(start + after);
    const heads: FileKey[] = [];
    for (const severity of severities ?? SEVERITIES) {
      heads.push(...(await this.filesOf(scanId, severity, key, limit)));
    }
    return heads
      .sort(compareFileKeys)
      .slice(0, limit)
      .map(({ number }) => number - start);
  }

  private async ruleAt(scanId: string, position: number): Promise<string> {
    const start = (await this.numbers.start(scanId)) ?? 0;
    const rows = await this.database.manager.query<{ value: string }[]>(INDEX_STATEMENTS.ruleAt, [
      start + position,
    ]);
    return rows[0]?.value ?? '';
  }

  private async runsByRule(
    scanId: string,
    after: readonly [string, number],
  ): Promise<(PositionRange & { readonly value: string })[]> {
    return this.database.manager.query(INDEX_STATEMENTS.runsByRule, [scanId, ...after]);
  }

  private async fileKeyAt(number: number): Promise<FileKey | null> {
    const rows = await this.database.manager.query<FileKey[]>(INDEX_STATEMENTS.fileAt, [number]);
    return rows[0] ?? null;
  }

  private async filesOf(
    scanId: string,
    severity: Severity,
    after: FileKey | null,
    limit: number,
  ): Promise<FileKey[]> {
    const { manager } = this.database;
    const isPastThoseWithout = after !== null && after.value !== null;
    const without = isPastThoseWithout
      ? []
      : await manager.query<FileKey[]>(INDEX_STATEMENTS.withoutFile, [
          scanId,
          severity,
          after?.number ?? -1,
          limit,
        ]);
    const rest = await manager.query<FileKey[]>(INDEX_STATEMENTS.byFile, [
      scanId,
      severity,
      after?.value ?? '',
      isPastThoseWithout ? after.number : -1,
      limit - without.length,
    ]);
    return [...without, ...rest];
  }
}

/** By code point, as the database compares text. */
function compareFileKeys(a: FileKey, b: FileKey): number {
  if (a.value === null || b.value === null) {
    return Number(a.value !== null) - Number(b.value !== null) || a.number - b.number;
  }
  return compareCodePoints(a.value, b.value) || a.number - b.number;
}
