import { Injectable } from '@nestjs/common';
import type {
  CurrentTotalsBody,
  LatestScanBody,
  ProjectBody,
  TargetBody,
} from '@securescan/contracts';
import { compareCodePoints } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { CursorInvalidError } from '../../common/http.errors';
import { Page, type PageQueryDto, totalOf } from '../../common/pagination';
import type { TargetListQueryDto } from './dto/target-list.dto';
import { listName } from './lists/current-list';
import {
  type LatestScanRow,
  type ProjectRow,
  type ScannerRow,
  type TargetKey,
  type TargetRow,
  type TargetSort,
  TargetsRepository,
} from './targets.repository';

const PROJECTS = 'projects';

/** What is there now, by target and by project. */
@Injectable()
export class Targets {
  constructor(private readonly targets: TargetsRepository) {}

  /** @throws CursorInvalidError */
  async page({ limit, cursor, ...query }: TargetListQueryDto): Promise<Page<TargetBody>> {
    const { sort, project = null } = query;
    const name = listName(query);
    const after = cursor === undefined ? null : await this.keyIn(name, sort, cursor);
    const rows = await this.targets.page(sort, project, { after, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    const scans = await this.targets.scans(shown.map(({ latestScanId }) => latestScanId));
    const scanners = await this.targets.scanners(shown.map(({ id }) => id));
    return new Page(
      shown.flatMap((row) => toTargetBody(row, scans.get(row.latestScanId), scanners)),
      last === undefined ? null : cursorOf(name, last, sort),
      totalOf(await this.targets.count(project)),
    );
  }

  /** By name. @throws CursorInvalidError */
  async projects({ limit, cursor }: PageQueryDto): Promise<Page<ProjectBody>> {
    const after = cursor === undefined ? '' : (await this.targetIn(PROJECTS, cursor)).project;
    const rows = await this.targets.projects(after, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > shown.length ? shown.at(-1) : undefined;
    const items: ProjectBody[] = [];
    for (const row of shown) {
      const latest = await this.targets.latestOf(row.project);
      if (latest !== null) items.push(toProjectBody(row, latest));
    }
    return new Page(
      items,
      last === undefined ? null : encodeCursor(PROJECTS, [last.targetId]),
      totalOf(await this.targets.countProjects()),
    );
  }

  private async keyIn(name: string, sort: TargetSort, cursor: string): Promise<TargetKey> {
    if (sort === 'place') {
      const { project, kind, place } = await this.targetIn(name, cursor);
      return [project, kind, place];
    }
    const [value = '', id = ''] = decodeCursor(name, ['string', 'string'], cursor);
    return sort === 'risk' ? [Number(value), id] : [value, id];
  }

  /** Where a list goes on behind. @throws CursorInvalidError where that has gone with its last scan. */
  private async targetIn(name: string, cursor: string): Promise<TargetRow> {
    const [id] = decodeCursor(name, ['string'], cursor);
    const target = await this.targets.find(String(id));
    if (target === null) throw new CursorInvalidError();
    return target;
  }
}

/** Of the order by place the cursor says only which target it was: names and paths may be longer than a cursor. */
function cursorOf(name: string, row: TargetRow, sort: TargetSort): string {
  const values: Readonly<Record<TargetSort, readonly string[]>> = {
    place: [row.id],
    // As text, because a cursor holds whole numbers only.
    risk: [String(row.riskScore), row.id],
    latest: [row.latestAt, row.id],
  };
  return encodeCursor(name, values[sort]);
}

function toTargetBody(
  row: TargetRow,
  latest: LatestScanRow | undefined,
  scanners: readonly ScannerRow[],
): TargetBody[] {
  // Its last scan was deleted just now.
  if (latest === undefined) return [];
  const { id, project, kind, place } = row;
  return [
    {
      id,
      project,
      kind,
      place,
      ...totalsBody(row),
      risk_score: row.riskScore,
      latest_scan: toLatestBody(latest),
      scanners: scanners
        .filter(({ targetId }) => targetId === id)
        .sort((a, b) => compareCodePoints(a.scanner, b.scanner))
        .map((pair) => ({
          scanner: pair.scanner,
          scan_type: pair.scanType,
          scan_id: pair.scanId,
          completed_at: pair.completedAt,
        })),
    },
  ];
}

function toProjectBody(row: ProjectRow, latest: LatestScanRow): ProjectBody {
  return {
    project: row.project,
    targets_count: row.targetsCount,
    ...totalsBody(row),
    latest_scan: toLatestBody(latest),
  };
}

function totalsBody(row: ProjectRow | TargetRow): CurrentTotalsBody {
  const { critical, high, medium, low, info } = row;
  return {
    findings_count: critical + high + medium + low + info,
    suppressed_count: row.suppressed,
    by_severity: { critical, high, medium, low, info },
  };
}

function toLatestBody({ id, status, createdAt, completedAt }: LatestScanRow): LatestScanBody {
  return { id, status, created_at: createdAt, completed_at: completedAt };
}
