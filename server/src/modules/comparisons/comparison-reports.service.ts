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
import type { ComparedFindings, ComparedList } from '../../ports/finding-comparison.port';
import { FindingsService } from '../findings/findings.service';
import type { OpenReport } from '../reports/reports.service';
import { toDocument } from '../reports/scan-document.mapper';
import { coverageOfSide } from './compared-side';
import { ComparedScansService, type Comparison } from './compared-scans.service';
import { ScansNotComparableError } from './comparisons.errors';
import type { ComparisonReportQueryDto } from './dto/comparison-query.dto';

/** A document is made of whole findings, which are held in memory until it is written. */
const MOST_FINDINGS = 250_000;

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
  ) {}

  /** @throws ComparedScanRefusedError @throws ScansNotComparableError */
  async open(query: ComparisonReportQueryDto): Promise<OpenReport> {
    const comparison = await this.compared.open(query);
    const listed = Object.values(comparison.found.lists).reduce(
      (sum, { positions }) => sum + positions.length,
      0,
    );
    if (listed > MOST_FINDINGS) {
      throw new ScansNotComparableError(
        `a document holds ${String(MOST_FINDINGS)} findings at most, and this would hold ${String(listed)}; ask for them in pages`,
      );
    }
    const { mediaType, fileExtension } = SCAN_RENDERERS[query.format];
    const [base, head] = [query.base.slice(0, 8), query.head.slice(0, 8)];
    return {
      fileName: `securescan-${base}-${head}${fileExtension}`,
      mediaType,
      pieces: this.pieces(comparison, query),
    };
  }

  /** Ends with an error where a scan is deleted meanwhile: half a report must not look like a whole one. */
  private async *pieces(
    comparison: Comparison,
    query: ComparisonReportQueryDto,
  ): AsyncGenerator<string> {
    const diff = await this.diffOf(comparison);
    await this.compared.bothOf(query);
    const document = this.documentOf(comparison, diff, query.suppressed);
    yield* inPieces(DIFF_RENDERERS[query.format](document, {}));
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
