import { Injectable } from '@nestjs/common';
import { type ComparedFindingBody, type ComparisonBody, SEVERITIES } from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { Page } from '../../common/pagination';
import type { ComparedList } from '../../ports/finding-comparison.port';
import { FindingsService } from '../findings/findings.service';
import { type ComparedIds, ComparedScansService, type Comparison } from './compared-scans.service';
import { toComparisonBody } from './comparison.mapper';
import type { ComparedFindingsQueryDto } from './dto/comparison-query.dto';

const DIGEST_LENGTH = 16;

/** What lies between two completed scans (ADR 0022). */
@Injectable()
export class ComparisonsService {
  constructor(
    private readonly compared: ComparedScansService,
    private readonly findings: FindingsService,
  ) {}

  /** @throws ComparedScanRefusedError @throws ScansNotComparableError */
  async summary(ids: ComparedIds): Promise<ComparisonBody> {
    const { scans, found } = await this.compared.open(ids);
    return toComparisonBody(scans, found);
  }

  /** A page of one class, in canonical order. @throws ComparedScanRefusedError @throws ScansNotComparableError */
  async page(query: ComparedFindingsQueryDto): Promise<Page<ComparedFindingBody>> {
    const { base, head, class: name, limit, cursor } = query;
    const list = `compare:${sha256Hex(JSON.stringify([base, head, name])).slice(0, DIGEST_LENGTH)}`;
    const first = cursor === undefined ? 0 : Number(decodeCursor(list, ['number'], cursor)[0]);
    const comparison = await this.compared.open(query);
    const all = comparison.found.lists[name];
    const end = Math.min(first + limit, all.positions.length);
    const items = await this.items(comparison, all, { first, end });
    await this.compared.bothOf(query);
    const count = all.positions.length;
    const next = end < count ? encodeCursor(list, [end]) : null;
    return new Page(items, next, { count, isExact: true });
  }

  private async items(
    { scans }: Comparison,
    { positions, isOfBase, previous }: ComparedList,
    { first, end }: { readonly first: number; readonly end: number },
  ): Promise<ComparedFindingBody[]> {
    const places = Array.from({ length: Math.max(0, end - first) }, (_, index) => first + index);
    const sides = { base: scans.base.scan, head: scans.head.scan };
    const bySide = {
      base: places.filter((place) => isOfBase[place] === 1),
      head: places.filter((place) => isOfBase[place] === 0),
    };
    const items = new Map<number, ComparedFindingBody>();
    for (const side of ['base', 'head'] as const) {
      const wanted = bySide[side].map((place) => positions[place] ?? 0);
      const shown = await this.findings.at(sides[side], wanted);
      for (const [index, finding] of shown.entries()) {
        const place = bySide[side][index] ?? 0;
        const severity = SEVERITIES[(previous[place] ?? 0) - 1] ?? null;
        items.set(place, { ...finding, side, previous_severity: severity });
      }
    }
    return places.flatMap((place) => items.get(place) ?? []);
  }
}
