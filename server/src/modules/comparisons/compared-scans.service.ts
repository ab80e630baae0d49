import { Injectable } from '@nestjs/common';
import type { ComparisonSide } from '@securescan/contracts';
import { UserError } from '@securescan/core';
import { type ComparedFindings, FindingComparison } from '../../ports/finding-comparison.port';
import type { ScanRecord } from '../scans/scan.mapper';
import { ScansService } from '../scans/scans.service';
import { type ComparedScans, coverageOfSide } from '../scans/scan-coverage';
import { refuseOthers } from './compared-side';
import { ComparedScanRefusedError, ScansNotComparableError } from './comparisons.errors';

/** Of both scans together; ten times what a large repository has. */
const MOST_FINDINGS = 1_000_000;
/** Each is some bytes for every finding. */
const MOST_KEPT = 8;

export interface ComparedIds {
  readonly base: string;
  readonly head: string;
}

/** Two stored scans, compared. */
export interface Comparison {
  readonly scans: ComparedScans;
  readonly found: ComparedFindings;
}

/** Keeps the latest comparisons: what a completed scan holds never changes, and a list is asked for page by page. */
@Injectable()
export class ComparedScansService {
  private readonly kept = new Map<string, Promise<ComparedFindings>>();

  constructor(
    private readonly scans: ScansService,
    private readonly comparison: FindingComparison,
  ) {}

  /** @throws ComparedScanRefusedError @throws ScansNotComparableError */
  async open(ids: ComparedIds): Promise<Comparison> {
    const scans = await this.bothOf(ids);
    refuseOthers(scans);
    const count = sizeOf(scans.base) + sizeOf(scans.head);
    if (count > MOST_FINDINGS) {
      throw new ScansNotComparableError(
        `together they hold ${String(count)} findings, and ${String(MOST_FINDINGS)} are compared at most`,
      );
    }
    const found = await this.findings(scans);
    await this.bothOf(ids);
    return { scans, found };
  }

  /** For whoever has read what a comparison lists: it holds only while both scans are there. */
  async bothOf({ base, head }: ComparedIds): Promise<ComparedScans> {
    return { base: await this.side('base', base), head: await this.side('head', head) };
  }

  private async side(side: ComparisonSide, id: string): Promise<ScanRecord> {
    try {
      return await this.scans.completed(id);
    } catch (error) {
      if (error instanceof UserError) throw new ComparedScanRefusedError(side, error);
      throw error;
    }
  }

  private findings(scans: ComparedScans): Promise<ComparedFindings> {
    const key = `${scans.base.scan.id}\n${scans.head.scan.id}`;
    const known = this.kept.get(key);
    // The one that was asked for last is the last to go.
    this.kept.delete(key);
    const found = known ?? this.compare(scans, key);
    this.kept.set(key, found);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return found;
  }

  private async compare(scans: ComparedScans, key: string): Promise<ComparedFindings> {
    try {
      return await this.comparison.compare({
        base: { scanId: scans.base.scan.id, coverage: coverageOfSide(scans, 'base') },
        head: { scanId: scans.head.scan.id, coverage: coverageOfSide(scans, 'head') },
      });
    } catch (error) {
      this.kept.delete(key);
      throw error;
    }
  }
}

function sizeOf({ scan }: ScanRecord): number {
  return scan.findingsCount + scan.suppressedCount;
}
