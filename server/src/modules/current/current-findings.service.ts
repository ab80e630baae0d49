import { Injectable } from '@nestjs/common';
import type { CurrentFindingBody } from '@securescan/contracts';
import { EXACT_TOTAL_LIMIT, Page } from '../../common/pagination';
import { FindingsService } from '../findings/findings.service';
import { countPositions, knownRanges, type PositionRange } from '../findings/lists/position-set';
import { numberAt, rankAt } from './current-scan.entity';
import type { CurrentFindingListQueryDto } from './dto/current-finding-list.dto';
import { CurrentIndexRepository } from './lists/current-index.repository';
import { type CurrentWalk, cursorAt, listName, positionAt, takePlaces } from './lists/current-list';
import { CurrentRowsRepository } from './lists/current-rows.repository';
import { CurrentSelection } from './lists/current-selection';

/** The findings that are there now, over all scans. */
@Injectable()
export class CurrentFindings {
  constructor(
    private readonly selection: CurrentSelection,
    private readonly index: CurrentIndexRepository,
    private readonly rows: CurrentRowsRepository,
    private readonly findings: FindingsService,
  ) {}

  /** @throws CursorInvalidError @throws ValidationFailedError for words of which nothing can be searched. */
  async page(query: CurrentFindingListQueryDto): Promise<Page<CurrentFindingBody>> {
    const { limit, cursor, ...list } = query;
    const name = listName(list);
    const after = positionAt(name, cursor);
    const counted: PositionRange[] = [];
    const set = await this.selection.select(query);
    const total = await countPositions(set, EXACT_TOTAL_LIMIT, (range) => counted.push(range));
    const walk: CurrentWalk = {
      // What was counted to its end is not looked for again in each severity.
      set: total.isExact ? knownRanges(counted) : set,
      severities: query.severity ?? null,
      bySeverity:
        query.sort === 'scan' ? null : (severity) => this.index.withValue('severity', severity),
    };
    const positions = await takePlaces(walk, after, limit + 1);
    const shown = positions.slice(0, limit);
    const last = positions.length > shown.length ? shown.at(-1) : undefined;
    const items = await this.items(shown.map(({ place }) => place));
    return new Page(items, last === undefined ? null : cursorAt(name, last), total);
  }

  private async items(places: readonly number[]): Promise<CurrentFindingBody[]> {
    const scans = await this.rows.scansOf([...new Set(places.map(rankAt))]);
    const wanted = places.flatMap((place) => {
      const scan = scans.get(rankAt(place));
      return scan === undefined ? [] : [{ number: numberAt(place), project: scan.project, scan }];
    });
    const byNumber = new Map(wanted.map(({ number, scan }) => [number, scan]));
    const found = await this.findings.numbered(wanted);
    return found.flatMap(({ number, ...finding }) => {
      const scan = byNumber.get(number);
      const target = scan?.targets.get(finding.scan_type);
      // Of a scan that was deleted while this was put together.
      if (scan === undefined || target === undefined) return [];
      return [{ ...finding, target, last_seen: scan.completedAt }];
    });
  }
}
