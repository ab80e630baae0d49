import type { ScanSort, ScanStatus } from '@securescan/contracts';
import type { SelectQueryBuilder } from 'typeorm';
import { decodeCursor, encodeCursor } from '../../common/cursor';
import { CursorInvalidError } from '../../common/http.errors';
import type { Fields } from '../../common/fields';
import type { ScanEntity } from './scan.entity';

export interface ScanFilter {
  readonly status: ScanStatus | null;
  readonly project: string | null;
  /** Part of the project or of what was looked at, or how the id begins; `null` for all. */
  readonly text: string | null;
  /** Both as timestamps are stored; the first is not included, nor is the second. */
  readonly createdAfter: string | null;
  readonly createdBefore: string | null;
}

type Ranked = 'findingsCount' | 'riskScore';

interface ScanOrder {
  /** What comes before the time; `null` where time alone decides. */
  readonly rank: Ranked | null;
  readonly direction: 'ASC' | 'DESC';
}

const ORDERS: Readonly<Record<ScanSort, ScanOrder>> = {
  newest: { rank: null, direction: 'DESC' },
  oldest: { rank: null, direction: 'ASC' },
  most_findings: { rank: 'findingsCount', direction: 'DESC' },
  fewest_findings: { rank: 'findingsCount', direction: 'ASC' },
  highest_risk: { rank: 'riskScore', direction: 'DESC' },
  lowest_risk: { rank: 'riskScore', direction: 'ASC' },
};

const SEARCHED = ['project', 'targetPath', 'targetUrl', 'targetHost'] as const;

/** Where a page of the list goes on. */
export interface ScanPosition {
  /** `null` for a scan without a result, and in orders without a rank. */
  readonly rank: number | null;
  readonly createdAt: string;
  readonly id: string;
}

/** @throws CursorInvalidError */
export function decodePosition(list: string, cursor: string): ScanPosition {
  const [rank, createdAt, id] = decodeCursor(list, ['string', 'string', 'string'], cursor);
  const number = rank === '' ? null : Number(rank);
  if (number !== null && !Number.isFinite(number)) throw new CursorInvalidError();
  return { rank: number, createdAt: String(createdAt), id: String(id) };
}

/** The cursor behind a scan, in one order of one list. */
export function encodePosition(list: string, sort: ScanSort, scan: Fields<ScanEntity>): string {
  const { rank } = ORDERS[sort];
  // As text: a cursor holds whole numbers only, and a risk is none.
  const place = rank === null ? null : scan[rank];
  return encodeCursor(list, [place === null ? '' : String(place), scan.createdAt, scan.id]);
}

/** Leaves of a query for scans what the filter asks for. */
export function narrow(query: SelectQueryBuilder<ScanEntity>, filter: ScanFilter): void {
  const { status, project, createdAfter, createdBefore, text } = filter;
  if (status !== null) query.andWhere('scan.status = :status', { status });
  if (project !== null) query.andWhere('scan.project = :project', { project });
  if (createdAfter !== null) query.andWhere('scan.createdAt > :createdAfter', { createdAfter });
  if (createdBefore !== null) query.andWhere('scan.createdAt < :createdBefore', { createdBefore });
  if (text === null) return;
  const part = text.replaceAll(/[\\%_]/g, '\\$&');
  const contains = SEARCHED.map((name) => `scan.${name} LIKE :part ESCAPE '\\'`);
  query.andWhere(`(${[...contains, `scan.id LIKE :start ESCAPE '\\'`].join(' OR ')})`, {
    part: `%${part}%`,
    start: `${part}%`,
  });
}

/** Sorts a query for scans, and leaves of it what stands behind a position. */
export function arrange(
  query: SelectQueryBuilder<ScanEntity>,
  sort: ScanSort,
  after: ScanPosition | null,
): void {
  const { rank, direction } = ORDERS[sort];
  if (rank !== null) query.addOrderBy(`scan.${rank}`, direction);
  query.addOrderBy('scan.createdAt', direction).addOrderBy('scan.id', direction);
  if (after !== null) query.andWhere(`(${behind(ORDERS[sort], after.rank)})`, { ...after });
}

/**
 * SQLite sorts NULL before everything, and a comparison with it holds for nothing. `CASE` where `OR` would say the same:
 * for that SQLite reads two indexes and sorts what it found.
 */
function behind({ rank, direction }: ScanOrder, at: number | null): string {
  const past = direction === 'DESC' ? '<' : '>';
  const later = `(scan.createdAt, scan.id) ${past} (:createdAt, :id)`;
  if (rank === null) return later;
  const column = `scan.${rank}`;
  const further = `(${column}, scan.createdAt, scan.id) ${past} (:rank, :createdAt, :id)`;
  if (direction === 'DESC') {
    return at === null
      ? `${column} IS NULL AND ${later}`
      : `CASE WHEN ${column} IS NULL THEN TRUE ELSE ${further} END`;
  }
  return at === null ? `CASE WHEN ${column} IS NULL THEN ${later} ELSE TRUE END` : further;
}
