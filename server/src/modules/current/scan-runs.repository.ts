import { Injectable } from '@nestjs/common';
import type { FindingAliasBody } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { RunField } from '../findings/finding-run.entity';
import { NUMBERS_OF_A_SCAN } from '../findings/scan-number.entity';
import { knownRanges, type PositionRange, type PositionSet } from '../findings/lists/position-set';

interface RunRow extends PositionRange {
  readonly value: string;
}

const RUNS = `SELECT "value", "first_position" AS "first", "last_position" AS "last" FROM "finding_runs"
  WHERE "scan_id" = ? AND "field" = ? ORDER BY "value", "last_position"`;

const NUMBER = `SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?`;

const ALIASES = `SELECT "number", "aliases_json" AS "aliases" FROM "findings" WHERE "number" BETWEEN ? AND ?`;

function countsOf(fingerprints: number): string {
  return `SELECT "fingerprint", count(*) AS "count" FROM "findings"
    WHERE "scan_id" = ? AND "fingerprint" IN (${Array(fingerprints).fill('?').join(', ')}) GROUP BY "fingerprint"`;
}

/** Which positions of a scan have which value of a field. */
export type ValueSets = ReadonlyMap<string, PositionSet>;

/** What a unit of work needs to know of the findings of scans that have completed. */
@Injectable()
export class ScanRunsRepository {
  async valuesOf({ manager }: Transaction, scanId: string, field: RunField): Promise<ValueSets> {
    const rows = await manager.query<RunRow[]>(RUNS, [scanId, field]);
    const byValue = new Map<string, PositionRange[]>();
    for (const { value, first, last } of rows) {
      const ranges = byValue.get(value) ?? [];
      ranges.push({ first, last });
      byValue.set(value, ranges);
    }
    return new Map([...byValue].map(([value, ranges]) => [value, knownRanges(ranges)]));
  }

  /** `null` for a scan that never had a finding. */
  async scanNumber({ manager }: Transaction, scanId: string): Promise<number | null> {
    const [row] = await manager.query<{ number: number }[]>(NUMBER, [scanId]);
    return row?.number ?? null;
  }

  /** Who reported the findings in a range of positions of the scan with a number, in their order. */
  async aliasesIn(
    { manager }: Transaction,
    scanNumber: number,
    { first, last }: PositionRange,
  ): Promise<{ readonly position: number; readonly aliases: readonly FindingAliasBody[] }[]> {
    const start = scanNumber * NUMBERS_OF_A_SCAN;
    const rows = await manager.query<{ number: number; aliases: string }[]>(ALIASES, [
      start + first,
      start + last,
    ]);
    return rows.map(({ number, aliases }) => ({
      position: number - start,
      aliases: JSON.parse(aliases) as FindingAliasBody[],
    }));
  }

  /** How many findings of a scan each fingerprint has, as the finding's own. */
  async countsOf(
    { manager }: Transaction,
    scanId: string,
    fingerprints: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await manager.query<{ fingerprint: string; count: number }[]>(
      countsOf(fingerprints.length),
      [scanId, ...fingerprints],
    );
    return new Map(rows.map(({ fingerprint, count }) => [fingerprint, count]));
  }
}
