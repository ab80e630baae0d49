import { Injectable } from '@nestjs/common';
import {
  type OutcomeStatus,
  type ScanOrigin,
  type ScanType,
  targetOfScan,
} from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';

const SCAN = `SELECT "origin", "project", "target_path", "target_url", "target_host", "scan_types" AS "scanTypes",
    "started_at" AS "startedAt", "completed_at" AS "completedAt", "critical_count" AS "critical", "high_count" AS "high",
    "medium_count" AS "medium", "low_count" AS "low", "info_count" AS "info"
  FROM "scans" WHERE "id" = ?`;
const OUTCOMES = `SELECT "scanner", "status" FROM "scanner_outcomes" WHERE "scan_id" = ? ORDER BY "scanner"`;

interface ScanRow {
  readonly origin: ScanOrigin;
  readonly project: string;
  readonly target_path: string | null;
  readonly target_url: string | null;
  readonly target_host: string | null;
  readonly scanTypes: string;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly info: number;
}

/** A scan within the unit that changes it, as far as messages tell of it. */
export interface ToldScan {
  readonly id: string;
  readonly project: string;
  /** As `targetOfScan` says it. */
  readonly target: string;
  readonly scanTypes: readonly ScanType[];
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly severityCounts: Pick<ScanRow, 'critical' | 'high' | 'medium' | 'low' | 'info'>;
  /** Both by name. */
  readonly scannersRun: readonly string[];
  readonly scannersSkipped: readonly string[];
}

/** What messages tell of scans. */
@Injectable()
export class ToldScans {
  async read({ manager }: Transaction, id: string): Promise<ToldScan | null> {
    const [row] = await manager.query<ScanRow[]>(SCAN, [id]);
    if (row === undefined) return null;
    const outcomes = await manager.query<{ scanner: string; status: OutcomeStatus }[]>(OUTCOMES, [
      id,
    ]);
    const named = (status: OutcomeStatus): string[] =>
      outcomes.filter((outcome) => outcome.status === status).map(({ scanner }) => scanner);
    const { critical, high, medium, low, info } = row;
    return {
      id,
      project: row.project,
      target: targetOfScan(row),
      scanTypes: JSON.parse(row.scanTypes) as ScanType[],
      startedAt: row.startedAt,
      completedAt: row.completedAt,
      severityCounts: { critical, high, medium, low, info },
      scannersRun: named('completed'),
      scannersSkipped: named('skipped'),
    };
  }
}
