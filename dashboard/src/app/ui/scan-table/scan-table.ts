import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, contentChild, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { SCAN_SORTS, type ScanBody, type ScanSort } from '@securescan/contracts';
import { type Sort, SortHeader } from '../data-table/sort-header';
import { RiskScore } from '../risk-score/risk-score';
import { ScanStatus } from '../scan-status/scan-status';
import { suppressedWords } from '../suppression/suppression';
import { ArrowMoves } from '../arrow-moves/arrow-moves';
import { shortPath } from '../text/short-path';
import { RelativeTime } from '../time/relative-time';
import { reportersOf } from './reporters-of';
import { ScanRowActions } from './scan-row-actions';

const SCANNERS_SHOWN = 4;

const COLUMN_SORTS: Readonly<Record<ScanSort, Sort>> = {
  newest: { by: 'created', order: 'desc' },
  oldest: { by: 'created', order: 'asc' },
  most_findings: { by: 'findings', order: 'desc' },
  fewest_findings: { by: 'findings', order: 'asc' },
  highest_risk: { by: 'risk', order: 'desc' },
  lowest_risk: { by: 'risk', order: 'asc' },
};

/** Scans as rows, each with a link to its page; the arrow keys lead from link to link. */
@Component({
  selector: 'app-scan-table',
  imports: [
    ArrowMoves,
    NgTemplateOutlet,
    RelativeTime,
    RiskScore,
    RouterLink,
    ScanStatus,
    SortHeader,
  ],
  templateUrl: './scan-table.html',
  styleUrl: './scan-table.css',
})
export class ScanTable {
  readonly caption = input.required<string>();
  readonly scans = input.required<readonly ScanBody[]>();
  /** How they are sorted; left out, nothing can be sorted here. */
  readonly sort = input<ScanSort | null>(null);
  /** Ids of scans that something is being done with. */
  readonly busy = input<ReadonlySet<string>>(new Set());

  readonly sorted = output<ScanSort>();

  protected readonly columnSort = computed<Sort | null>(() => {
    const sort = this.sort();
    return sort === null ? null : COLUMN_SORTS[sort];
  });
  protected readonly actions = contentChild(ScanRowActions);

  protected sortBy(asked: Sort): void {
    const sort = SCAN_SORTS.find(
      (candidate) =>
        COLUMN_SORTS[candidate].by === asked.by && COLUMN_SORTS[candidate].order === asked.order,
    );
    if (sort !== undefined) this.sorted.emit(sort);
  }

  protected target(scan: ScanBody): string {
    return shortPath(targetOf(scan), 72);
  }

  protected fullTarget(scan: ScanBody): string {
    return targetOf(scan);
  }

  protected suppressed(scan: ScanBody): string | null {
    return suppressedWords(scan.suppressed_count);
  }

  protected scanners(scan: ScanBody): readonly string[] {
    return reportersOf(scan).slice(0, SCANNERS_SHOWN);
  }

  protected hiddenScanners(scan: ScanBody): number {
    return Math.max(0, reportersOf(scan).length - SCANNERS_SHOWN);
  }
}

/** What a scan looked at: a path, an address or a host; the project where it was the server's own machine. */
export function targetOf(scan: ScanBody): string {
  return scan.target_path ?? scan.target_url ?? scan.target_host ?? scan.project;
}
