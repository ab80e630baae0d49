import { Injectable } from '@nestjs/common';
import {
  COMPARISON_CLASSES,
  type ComparisonClass,
  SCAN_TYPES,
  SEVERITIES,
} from '@securescan/contracts';
import {
  CoverageOfSides,
  DIFF_RENDERERS,
  type DiffDocument,
  type Finding,
  type FindingsDiff,
  SCAN_RENDERERS,
} from '@securescan/core';
import { productVersion } from '@securescan/host-node';
import { inPieces } from '../../common/in-pieces';
import { nextTurn } from '../../common/next-turn';
import { startedPieces } from '../../common/started-pieces';
import type { ComparedFindings, ComparedList } from '../../ports/finding-comparison.port';
import { FindingsService } from '../findings/findings.service';
import { HeldFindings } from '../reports/held-findings';
import type { OpenReport } from '../reports/reports.service';
import { toDocument } from '../reports/scan-document.mapper';
import { coverageOfSide } from '../scans/scan-coverage';
import { ComparedScansService, type Comparison } from './compared-scans.service';
import type { ComparisonReportQueryDto } from './dto/comparison-query.dto';

/** One entry of a list, with its finding as it is stored. */
interface Entry {
  readonly finding: Finding;
  readonly isOfBase: boolean;
  readonly previous: number;
}

/** Writes comparisons of stored scans as the command line does. */
@Injectable()
export class ComparisonReportsService {
  private readonly toolVersion = productVersion();

  constructor(
    private readonly compared: ComparedScansService,
    private readonly findings: FindingsService,
    private readonly held: HeldFindings,
  ) {}

  /** @throws ComparedScanRefusedError @throws ScansNotComparableError @throws ReportTooLargeError @throws ReportsBusyError */
  async open(query: ComparisonReportQueryDto): Promise<OpenReport> {
    const comparison = await this.compared.open(query);
    const { mediaType, fileExtension } = SCAN_RENDERERS[query.format];
    const [base, head] = [query.base.slice(0, 8), query.head.slice(0, 8)];
    return {
      fileName: `securescan-${base}-${head}${fileExtension}`,
      mediaType,
      pieces: await startedPieces(this.pieces(comparison, query)),
    };
  }

  /** An error where a scan is deleted meanwhile: half a report must not look like a whole one. */
  private async *pieces(
    comparison: Comparison,
    query: ComparisonReportQueryDto,
  ): AsyncGenerator<string, void> {
    const lists = Object.values(comparison.found.lists);
    const release = this.held.claim(
      lists.reduce((sum, { positions }) => sum + positions.length, 0),
    );
    try {
      const diff = await this.diffOf(comparison);
      await this.compared.bothOf(query);
      const document = this.documentOf(comparison, diff, query.suppressed);
      yield* inPieces(DIFF_RENDERERS[query.format](document, {}));
    } finally {
      release();
    }
  }

  private documentOf(
    { scans }: Comparison,
    diff: FindingsDiff,
    showsSuppressed: boolean,
  ): DiffDocument {
    const { target, project, outcomes, notices } = toDocument(scans.head, [], this.toolVersion);
    const types = [...scans.base.scan.scanTypes, ...scans.head.scan.scanTypes];
    return {
      toolVersion: this.toolVersion,
      command: 'diff',
      base: { name: scans.base.scan.id, commit: null },
      head: { name: scans.head.scan.id, commit: null },
      target,
      project,
      scanTypes: SCAN_TYPES.filter((type) => types.includes(type)),
      policy: 'that of the stored scans',
      pendingPolicy: [],
      diff,
      outcomes,
      notices,
      showsSuppressed,
    };
  }

  private async diffOf(comparison: Comparison): Promise<FindingsDiff> {
    const { scans, found } = comparison;
    const lists = {} as Record<ComparisonClass, readonly Entry[]>;
    const stored = {
      base: await this.byPosition(scans.base.scan.id, positionsOf(found, 1)),
      head: await this.byPosition(scans.head.scan.id, positionsOf(found, 0)),
    };
    for (const name of COMPARISON_CLASSES) {
      lists[name] = entriesOf(found.lists[name], stored);
      await nextTurn();
    }
    const finding = (entry: Entry): Finding => entry.finding;
    const sides = new CoverageOfSides(coverageOfSide(scans, 'base'), coverageOfSide(scans, 'head'));
    return {
      new: lists.new.map(finding),
      fixed: lists.fixed.map(finding),
      unchanged: lists.unchanged.map((entry) => ({
        finding: entry.finding,
        previousSeverity: SEVERITIES[entry.previous - 1] ?? null,
      })),
      notAssessed: lists.not_assessed.map((entry) => ({
        finding: entry.finding,
        side: entry.isOfBase ? ('base' as const) : ('head' as const),
      })),
      newlySuppressed: lists.newly_suppressed.map(finding),
      suppressed: lists.suppressed.map(finding),
      scanners: sides.comparisons,
    };
  }

  private async byPosition(
    scanId: string,
    positions: Int32Array,
  ): Promise<ReadonlyMap<number, Finding>> {
    const findings = new Map<number, Finding>();
    for await (const some of this.findings.chosen(scanId, positions)) {
      for (const finding of some) findings.set(positions[findings.size] ?? -1, finding);
    }
    return findings;
  }
}

/** Every position of one side that a list names, ascending, so that neighbours are read as one. */
function positionsOf({ lists }: ComparedFindings, isOfBase: 0 | 1): Int32Array {
  const positions = Object.values(lists).map((list) =>
    list.positions.filter((_, index) => list.isOfBase[index] === isOfBase),
  );
  return Int32Array.from(positions.flatMap((some) => [...some])).sort();
}

function entriesOf(
  { positions, isOfBase, previous }: ComparedList,
  stored: Readonly<Record<'base' | 'head', ReadonlyMap<number, Finding>>>,
): Entry[] {
  return [...positions].flatMap((position, index) => {
    const isBase = isOfBase[index] === 1;
    const finding = stored[isBase ? 'base' : 'head'].get(position);
    if (finding === undefined) return [];
    return [{ finding, isOfBase: isBase, previous: previous[index] ?? 0 }];
  });
}
