import { Injectable } from '@nestjs/common';
import type { ScanType } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { ScanEntity } from '../scans/scan.entity';
import { placeOfType, type ScannedPlace } from '../scans/scanned-places';
import { CurrentOutcomeEntity } from './current-outcome.entity';
import { TargetScanEntity } from './target-scan.entity';
import { TargetEntity } from './target.entity';

type Scan = Fields<ScanEntity>;

/** One scanner's latest word about a target. */
export interface CurrentPair {
  readonly scanner: string;
  readonly scanId: string;
  readonly scanType: ScanType;
  /** When the scan was asked for. */
  readonly createdAt: string;
}

const PAIRS = `SELECT pair."scanner", pair."scan_id" AS "scanId", pair."scan_type" AS "scanType",
    scan."created_at" AS "createdAt"
  FROM "current_outcomes" AS pair CROSS JOIN "scans" AS scan ON scan."id" = pair."scan_id"
  WHERE pair."target_id" = ?`;

const LATEST_OUTCOME = `SELECT link."scan_id" AS "scanId" FROM "target_scans" AS link
  CROSS JOIN "scans" AS scan ON scan."id" = link."scan_id"
  CROSS JOIN "scanner_outcomes" AS outcome ON outcome."scan_id" = link."scan_id"
  WHERE link."target_id" = ? AND link."scan_type" = ? AND scan."status" = 'completed' AND scan."hidden_at" IS NULL
    AND outcome."scanner" = ? AND outcome."status" = 'completed'
  ORDER BY link."created_at" DESC, link."scan_id" DESC LIMIT 1`;

const SCANNERS_OF_SCAN = `SELECT "scanner", "scan_type" AS "scanType" FROM "scanner_outcomes"
  WHERE "scan_id" = ? AND "status" = 'completed'`;

const LATEST_SCAN = `SELECT "scan_id" AS "scanId", "created_at" AS "createdAt" FROM "target_scans"
  WHERE "target_id" = ? ORDER BY "created_at" DESC, "scan_id" DESC LIMIT 1`;

const TARGETS_OF_SCAN = `SELECT DISTINCT "target_id" AS "id" FROM "target_scans" WHERE "scan_id" = ?`;

const TYPES = `SELECT "scan_type" AS "scanType" FROM "target_scans" WHERE "scan_id" = ? AND "target_id" = ?`;

/** Which targets there are, which scans looked at each, and whose word about them is the latest. */
@Injectable()
export class CurrentTargetsRepository {
  /** Notes what a scan looks at. @returns the targets that it looks at now or did before. */
  async link(tx: Transaction, scan: Scan): Promise<string[]> {
    const before = await this.unlink(tx, scan.id);
    const linked: string[] = [];
    for (const scanType of new Set(scan.scanTypes)) {
      const scanned = placeOfType(scan, scanType);
      if (scanned === null) continue;
      const targetId = await this.targetId(tx, scanned, scan);
      const row = { targetId, scanType, createdAt: scan.createdAt, scanId: scan.id };
      await insertRows<Fields<TargetScanEntity>>(tx.manager, TargetScanEntity, [row]);
      linked.push(targetId);
    }
    return [...new Set([...before, ...linked])];
  }

  /** Forgets what a scan looked at. @returns the targets. */
  async unlink(tx: Transaction, scanId: string): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(TARGETS_OF_SCAN, [scanId]);
    await tx.manager.query(`DELETE FROM "target_scans" WHERE "scan_id" = ?`, [scanId]);
    return rows.map(({ id }) => id);
  }

  /** Sets the latest scan of a target anew. @returns false where there is none: the target has gone with its last. */
  async refreshLatest(tx: Transaction, targetId: string): Promise<boolean> {
    const [latest] = await tx.manager.query<{ scanId: string; createdAt: string }[]>(LATEST_SCAN, [
      targetId,
    ]);
    if (latest === undefined) {
      await tx.manager.query(`DELETE FROM "targets" WHERE "id" = ?`, [targetId]);
      return false;
    }
    const { scanId, createdAt } = latest;
    await tx.manager.query(
      `UPDATE "targets" SET "latest_scan_id" = ?, "latest_at" = ? WHERE "id" = ?`,
      [scanId, createdAt, targetId],
    );
    return true;
  }

  /** Finds anew whose word about a target counts, for the scanners that completed in a scan. */
  async refreshOutcomes(tx: Transaction, targetId: string, scanId: string): Promise<void> {
    const scanners = await tx.manager.query<{ scanner: string; scanType: ScanType }[]>(
      SCANNERS_OF_SCAN,
      [scanId],
    );
    for (const { scanner, scanType } of scanners) {
      const [latest] = await tx.manager.query<{ scanId: string }[]>(LATEST_OUTCOME, [
        targetId,
        scanType,
        scanner,
      ]);
      await tx.manager.query(
        `DELETE FROM "current_outcomes" WHERE "target_id" = ? AND "scanner" = ?`,
        [targetId, scanner],
      );
      if (latest === undefined) continue;
      const row = { targetId, scanner, scanType, scanId: latest.scanId };
      await insertRows<Fields<CurrentOutcomeEntity>>(tx.manager, CurrentOutcomeEntity, [row]);
    }
  }

  async pairs({ manager }: Transaction, targetId: string): Promise<CurrentPair[]> {
    return manager.query<CurrentPair[]>(PAIRS, [targetId]);
  }

  /** Scanners of which types looked at a target in a scan. */
  async typesOf({ manager }: Transaction, targetId: string, scanId: string): Promise<ScanType[]> {
    const rows = await manager.query<{ scanType: ScanType }[]>(TYPES, [scanId, targetId]);
    return rows.map(({ scanType }) => scanType);
  }

  private async targetId(
    { manager }: Transaction,
    { kind, place }: ScannedPlace,
    scan: Scan,
  ): Promise<string> {
    const key = { project: scan.project, kind, place };
    const known = await manager.findOne(TargetEntity, { select: { id: true }, where: key });
    if (known !== null) return known.id;
    const target: Fields<TargetEntity> = {
      ...key,
      id: globalThis.crypto.randomUUID(),
      latestScanId: scan.id,
      latestAt: scan.createdAt,
      suppressedCount: 0,
      criticalCount: 0,
      highCount: 0,
      mediumCount: 0,
      lowCount: 0,
      infoCount: 0,
      riskScore: 0,
      isStale: false,
    };
    await manager.insert(TargetEntity, target);
    return target.id;
  }
}
