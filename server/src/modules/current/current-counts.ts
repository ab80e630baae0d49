import { Injectable } from '@nestjs/common';
import { SEVERITIES, type Severity } from '@securescan/contracts';
import { riskScore } from '@securescan/core';
import type { Fields } from '../../common/fields';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import { SUPPRESSED } from '../findings/lists/finding-runs';
import {
  complementOf,
  countPositions,
  intersectionOf,
  knownRanges,
  type PositionRange,
} from '../findings/lists/position-set';
import { ScanCountEntity } from './scan-count.entity';
import { ScanRunsRepository } from './scan-runs.repository';

/** How many active findings of a severity are listed under a scanner. */
export interface ScannerCount {
  readonly scanner: string;
  readonly severity: Severity;
  readonly count: number;
}

export interface CountedFindings {
  readonly active: readonly ScannerCount[];
  readonly suppressed: number;
}

const STORED = `SELECT "scanner", "severity", "findings_count" AS "count" FROM "scan_counts" WHERE "scan_id" = ?`;

/** Counts findings of completed scans by scanner and severity, from their runs. */
@Injectable()
export class CurrentCounts {
  constructor(private readonly runs: ScanRunsRepository) {}

  /** Stores what a scan has that just completed. */
  async store(tx: Transaction, scanId: string, total: number): Promise<void> {
    const { active } = await this.among(tx, scanId, { shown: whole(total), total });
    const rows = active.map(({ scanner, severity, count }) => ({
      scanId,
      scanner,
      severity,
      findingsCount: count,
    }));
    await insertRows<Fields<ScanCountEntity>>(tx.manager, ScanCountEntity, rows);
  }

  async stored({ manager }: Transaction, scanId: string): Promise<ScannerCount[]> {
    return manager.query<ScannerCount[]>(STORED, [scanId]);
  }

  /** Of some positions of a scan with `total` findings. */
  async among(
    tx: Transaction,
    scanId: string,
    { shown, total }: { readonly shown: readonly PositionRange[]; readonly total: number },
  ): Promise<CountedFindings> {
    const scanners = await this.runs.valuesOf(tx, scanId, 'scanner');
    const severities = await this.runs.valuesOf(tx, scanId, 'severity');
    const muted = (await this.runs.valuesOf(tx, scanId, 'suppressed')).get(SUPPRESSED);
    const chosen = knownRanges(shown);
    const counted =
      muted === undefined ? chosen : intersectionOf([chosen, complementOf(muted, total)]);
    const active: ScannerCount[] = [];
    for (const [scanner, ofScanner] of scanners) {
      for (const severity of SEVERITIES) {
        const ofSeverity = severities.get(severity);
        if (ofSeverity === undefined) continue;
        const set = intersectionOf([ofScanner, ofSeverity, counted]);
        const { count } = await countPositions(set, Number.MAX_SAFE_INTEGER);
        if (count > 0) active.push({ scanner, severity, count });
      }
    }
    const inAll = shown.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    return { active, suppressed: inAll - sumOf(active) };
  }
}

/** All positions of a scan, as ranges. */
export function whole(total: number): PositionRange[] {
  return total === 0 ? [] : [{ first: 0, last: total - 1 }];
}

function sumOf(counts: readonly ScannerCount[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}

/** What a target's row says of several such counts together. */
export function totalsOf(parts: readonly CountedFindings[]): {
  readonly suppressedCount: number;
  readonly criticalCount: number;
  readonly highCount: number;
  readonly mediumCount: number;
  readonly lowCount: number;
  readonly infoCount: number;
  readonly riskScore: number;
} {
  const all = parts.flatMap(({ active }) => active);
  const of = (wanted: Severity): number => sumOf(all.filter(({ severity }) => severity === wanted));
  return {
    suppressedCount: parts.reduce((sum, { suppressed }) => sum + suppressed, 0),
    criticalCount: of('critical'),
    highCount: of('high'),
    mediumCount: of('medium'),
    lowCount: of('low'),
    infoCount: of('info'),
    riskScore: riskScore(all),
  };
}
