import { Injectable } from '@nestjs/common';
import { type ScanOrigin, targetOfScan } from '@securescan/contracts';
import type { Transaction } from '../../domain-events/unit-of-work';
import { NUMBERS_OF_A_SCAN } from '../findings/scan-number.entity';
import { FindingAliases } from '../triage/finding-aliases.repository';
import type { FailedScanner, Novelty } from './notification-texts';

/** Findings of a scan that are looked up in earlier ones. */
const FINDINGS_LOOKED_AT = 1000;
/** Some of the first may be suppressed, which do not count. */
const POSITIONS_LOOKED_AT = 2000;
/** Scans of a project, newest first, among which those of the same target are looked for. */
const SCANS_LOOKED_THROUGH = 1000;
/** Scans of the same target, newest first. */
const SCANS_LOOKED_AT = 50;
/** Of findings in scans, together: each takes some microseconds, within the unit that completes a scan. */
const LOOK_UPS = 5000;

/** Every statement that a scan's end is described with; a test asks the database how it would run each. */
export const ENDED_SCAN_STATEMENTS = {
  scan: `SELECT "id", "origin", "project", "target_path", "target_url", "target_host", "target_in_project"
    FROM "scans" WHERE "id" = ?`,
  failedScanners: `SELECT "scanner", "status", "reason" FROM "scanner_outcomes"
    WHERE "scan_id" = ? AND "status" IN ('failed', 'timed_out') ORDER BY "position"`,
  first: `SELECT "severity", "fingerprint" FROM "findings"
    WHERE "number" BETWEEN (SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?) * ${NUMBERS_OF_A_SCAN}
      AND (SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?) * ${NUMBERS_OF_A_SCAN} + ${POSITIONS_LOOKED_AT - 1}
      AND json_extract("metadata_json", '$.suppressed_by') IS NULL
    ORDER BY "number" LIMIT ${FINDINGS_LOOKED_AT}`,
  earlier: `SELECT "id" FROM (
      SELECT "id", "created_at", "origin", "target_path", "target_url", "target_host", "target_in_project" FROM "scans"
      WHERE "project" = ? AND "status" = 'completed' AND "hidden_at" IS NULL AND "id" <> ?
      ORDER BY "created_at" DESC, "id" DESC LIMIT ${SCANS_LOOKED_THROUGH})
    WHERE "origin" = ? AND "target_url" IS ? AND "target_host" IS ?
      AND CASE WHEN "target_in_project" IS NULL OR ? IS NULL THEN "target_path" IS ? ELSE "target_in_project" = ? END
    ORDER BY "created_at" DESC, "id" DESC LIMIT ${SCANS_LOOKED_AT}`,
  known: `SELECT "fingerprint" FROM "findings"
    WHERE "scan_id" = ? AND "fingerprint" IN (SELECT "value" FROM json_each(?))`,
} as const;

interface ScanRow {
  readonly id: string;
  readonly origin: ScanOrigin;
  readonly project: string;
  readonly target_path: string | null;
  readonly target_url: string | null;
  readonly target_host: string | null;
  readonly target_in_project: string | null;
}

interface FindingRow {
  readonly severity: string;
  readonly fingerprint: string;
}

/** A scan that has just ended, within the unit that ends it. */
export interface EndedScan {
  readonly isImport: boolean;
  /** As `targetOfScan` says it. */
  readonly target: string;
  readonly failed: readonly FailedScanner[];
}

/** What there is to say of a scan at its end. */
@Injectable()
export class EndedScans {
  constructor(private readonly aliases: FindingAliases) {}

  async read({ manager }: Transaction, scanId: string): Promise<EndedScan | null> {
    const [scan] = await manager.query<ScanRow[]>(ENDED_SCAN_STATEMENTS.scan, [scanId]);
    if (scan === undefined) return null;
    const sql = ENDED_SCAN_STATEMENTS.failedScanners;
    const failed = await manager.query<FailedScanner[]>(sql, [scanId]);
    return { isImport: scan.origin === 'import', target: targetOfScan(scan), failed };
  }

  /**
   * How many of a scan's active findings no earlier completed scan of the same target has, and of an import, no earlier import
   * of the same project. The most severe are looked at, in the newest scans: both are bounded, since nothing else is written
   * meanwhile.
   */
  async novelty({ manager }: Transaction, scanId: string, active: number): Promise<Novelty> {
    const [scan] = await manager.query<ScanRow[]>(ENDED_SCAN_STATEMENTS.scan, [scanId]);
    if (scan === undefined) return { new: 0, newCritical: 0, among: null };
    const { first, earlier, known } = ENDED_SCAN_STATEMENTS;
    const rows = await manager.query<FindingRow[]>(first, [scanId, scanId]);
    const aliases = await this.aliases.of(
      rows.map(({ fingerprint }) => fingerprint),
      manager,
    );
    let left = rows.map(({ severity, fingerprint }) => ({
      isCritical: severity === 'critical',
      names: [fingerprint, ...(aliases.get(fingerprint) ?? [])],
    }));
    const scans = await manager.query<{ id: string }[]>(earlier, targetOf(scan));
    let lookUps = 0;
    for (const { id } of scans) {
      if (left.length === 0 || lookUps >= LOOK_UPS) break;
      const names = left.flatMap((finding) => finding.names);
      lookUps += names.length;
      const found = await manager.query<{ fingerprint: string }[]>(known, [
        id,
        JSON.stringify(names),
      ]);
      const seen = new Set(found.map(({ fingerprint }) => fingerprint));
      left = left.filter((finding) => !finding.names.some((name) => seen.has(name)));
    }
    return {
      new: left.length,
      newCritical: left.filter(({ isCritical }) => isCritical).length,
      among: rows.length < active ? rows.length : null,
    };
  }
}

function targetOf(scan: ScanRow): unknown[] {
  const { target_in_project: inProject } = scan;
  return [
    scan.project,
    scan.id,
    scan.origin,
    scan.target_url,
    scan.target_host,
    inProject,
    scan.target_path,
    inProject,
  ];
}
