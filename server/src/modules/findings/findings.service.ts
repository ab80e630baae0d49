import { Injectable } from '@nestjs/common';
import type { FindingWithStateBody } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { EXACT_TOTAL_LIMIT, Page } from '../../common/pagination';
import { UNIT_ROWS } from '../../database/insert-rows';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { VerdictsService } from '../triage/verdicts.service';
import type { FindingListQueryDto } from './dto/finding-list.dto';
import { toFindingRow, toFindingWithState } from './finding.mapper';
import { type FindingFilter, FindingsRepository } from './findings.repository';

const LIST = 'findings';
const BEFORE_THE_FIRST = -1;

/** What a list of findings needs to know of its scan. */
export interface ListedScan {
  readonly id: string;
  readonly project: string;
  readonly findingsCount: number;
  readonly suppressedCount: number;
}

@Injectable()
export class FindingsService {
  constructor(
    private readonly findings: FindingsRepository,
    private readonly verdicts: VerdictsService,
    private readonly units: UnitOfWork,
  ) {}

  /** A page of a completed scan's findings in canonical order, each with the verdict on it. */
  async page(scan: ListedScan, query: FindingListQueryDto): Promise<Page<FindingWithStateBody>> {
    const filter: FindingFilter = {
      scanId: scan.id,
      severity: query.severity ?? null,
      scanType: query.scan_type ?? null,
      scanner: query.scanner ?? null,
    };
    const after = afterPosition(query.cursor);
    const rows = await this.findings.page(filter, after, query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    const states = await this.verdicts.verdictsFor(scan.project, [
      ...new Set(shown.map((row) => row.fingerprint)),
    ]);
    return new Page(
      shown.map((row) => toFindingWithState(row, states.get(row.fingerprint) ?? null)),
      last === undefined ? null : encodeCursor(LIST, [last.position]),
      await this.total(scan, filter),
    );
  }

  /** Writes the next of a scan's findings, as one unit. They count for nothing until the scan's status says `completed`. */
  async append(
    scanId: string,
    findings: readonly Finding[],
    { after, signal }: { readonly after: number; readonly signal: AbortSignal },
  ): Promise<void> {
    signal.throwIfAborted();
    const rows = findings.map((finding, index) => toFindingRow(scanId, finding, after + index));
    await this.units.run((tx) => this.findings.insert(tx, rows));
  }

  /** Removes whatever findings a scan has, chunk by chunk, until none are left or it is told to stop. */
  async removeAll(scanId: string, shouldStop: () => boolean = () => false): Promise<void> {
    const last = await this.findings.lastPosition(scanId);
    if (last === null) return;
    for (let below = UNIT_ROWS; below <= last + UNIT_ROWS; below += UNIT_ROWS) {
      if (shouldStop()) return;
      await this.units.run((tx) => this.findings.removeBelow(tx, scanId, below));
    }
  }

  private async total(scan: ListedScan, filter: FindingFilter): Promise<Page<never>['total']> {
    const isFiltered = [filter.severity, filter.scanType, filter.scanner].some(
      (part) => part !== null,
    );
    if (!isFiltered) return { count: scan.findingsCount + scan.suppressedCount, isExact: true };
    const count = await this.findings.count(filter, EXACT_TOTAL_LIMIT + 1);
    return { count: Math.min(count, EXACT_TOTAL_LIMIT), isExact: count <= EXACT_TOTAL_LIMIT };
  }
}

function afterPosition(cursor: string | undefined): number {
  if (cursor === undefined) return BEFORE_THE_FIRST;
  const [position] = decodeCursor(LIST, ['number'], cursor);
  return typeof position === 'number' ? position : BEFORE_THE_FIRST;
}
