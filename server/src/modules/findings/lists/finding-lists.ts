import { Injectable } from '@nestjs/common';
import { assertNever, sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../../common/cursor';
import { EXACT_TOTAL_LIMIT } from '../../../common/pagination';
import type { FindingListQueryDto } from '../dto/finding-list.dto';
import { FindingIndexRepository } from './finding-index.repository';
import { FindingSelection, filtersOf } from './finding-selection';
import type { ListedScan } from './listed-scan';
import { assertOffered } from './offered-lists';
import { countPositions, type PositionSet, takePositions } from './position-set';

const DIGEST_LENGTH = 16;

/** A list that is walked from its cursor on. */
export interface FindingList {
  /** The positions that come next, at most `limit`; none at the end. */
  next(limit: number): Promise<readonly number[]>;
  /** What leads on from behind a position; it fits this scan, order and choice of filters alone. */
  cursorAt(position: number): string;
  /** How many there are from the first to the last, whatever the cursor. */
  total(): Promise<{ readonly count: number; readonly isExact: boolean }>;
}

/** Opens what is offered of a scan's findings: which of them, in which order. */
@Injectable()
export class FindingLists {
  constructor(
    private readonly index: FindingIndexRepository,
    private readonly selection: FindingSelection,
  ) {}

  /** @throws ValidationFailedError for a pair of filter and sort that is not offered. @throws CursorInvalidError */
  async open(scan: ListedScan, query: FindingListQueryDto): Promise<FindingList> {
    const filters = filtersOf(query);
    assertOffered(query.sort, filters);
    const name = nameOf(scan, query);
    const start = positionOf(query.cursor, name);
    const set = await this.selection.select(scan, query);
    const walk = this.walkOf(scan.id, query, set);
    let after = start;
    return {
      next: async (limit) => {
        const positions = await walk(after, limit);
        after = positions.at(-1) ?? after;
        return positions;
      },
      cursorAt: (position) => encodeCursor(name, [position]),
      total: () => countPositions(set, EXACT_TOTAL_LIMIT),
    };
  }

  private walkOf(scanId: string, { sort, severity }: FindingListQueryDto, set: PositionSet): Walk {
    const severities = severity === undefined ? null : [...new Set(severity)];
    switch (sort) {
      case 'severity':
        return (after, limit) => takePositions(set, after === null ? 0 : after + 1, limit);
      case 'file':
        return (after, limit) => this.index.byFile({ scanId, after, limit }, severities);
      case 'rule':
        return (after, limit) => this.index.byRule({ scanId, after, limit });
      default:
        return assertNever(sort);
    }
  }
}

type Walk = (after: number | null, limit: number) => Promise<readonly number[]>;

/** Tells one list from every other: a cursor of one means nothing in another. */
function nameOf({ id }: ListedScan, query: FindingListQueryDto): string {
  const filters = filtersOf(query).map((name) => [name, query[name]]);
  const digest = sha256Hex(JSON.stringify([id, query.sort, filters])).slice(0, DIGEST_LENGTH);
  return `findings:${digest}`;
}

function positionOf(cursor: string | undefined, name: string): number | null {
  if (cursor === undefined) return null;
  const [position] = decodeCursor(name, ['number'], cursor);
  return typeof position === 'number' ? position : null;
}
