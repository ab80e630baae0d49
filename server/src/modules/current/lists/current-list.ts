import { SEVERITIES, type Severity } from '@securescan/contracts';
import { sha256Hex } from '@securescan/core';
import { decodeCursor, encodeCursor } from '../../../common/cursor';
import { intersectionOf, type PositionSet, takePositions } from '../../findings/lists/position-set';

const DIGEST_LENGTH = 16;

export const CURRENT_SORTS = ['severity', 'scan'] as const;
export type CurrentSort = (typeof CURRENT_SORTS)[number];

/** Where a list is: a place, within a severity where it goes by that. */
export interface ListPosition {
  /** Index in `SEVERITIES`; 0 where the order does not ask. */
  readonly severity: number;
  readonly place: number;
}

/** What is walked: all of it, or one severity after the other. */
export interface CurrentWalk {
  readonly set: PositionSet;
  /** What has a severity, in the order of walking; `null` where the order does not ask. */
  readonly bySeverity: ((severity: Severity) => PositionSet) | null;
  readonly severities: readonly Severity[] | null;
}

/** The next up to `limit` places from behind a position on. */
export async function takePlaces(
  { set, bySeverity, severities }: CurrentWalk,
  after: ListPosition | null,
  limit: number,
): Promise<ListPosition[]> {
  if (bySeverity === null) {
    const places = await takePositions(set, after === null ? 0 : after.place + 1, limit);
    return places.map((place) => ({ severity: 0, place }));
  }
  const taken: ListPosition[] = [];
  for (let severity = after?.severity ?? 0; severity < SEVERITIES.length; severity += 1) {
    const name = SEVERITIES[severity];
    if (name === undefined || taken.length >= limit) break;
    if (severities !== null && !severities.includes(name)) continue;
    const from = after?.severity === severity ? after.place + 1 : 0;
    // Where nothing passes the filters, no severity is looked at.
    const ofSeverity = intersectionOf([set, bySeverity(name)]);
    const places = await takePositions(ofSeverity, from, limit - taken.length);
    taken.push(...places.map((place) => ({ severity, place })));
  }
  return taken;
}

/** Tells one list from every other: a cursor of one means nothing in another. */
export function listName(query: object): string {
  const digest = sha256Hex(JSON.stringify(Object.entries(query)));
  return `current:${digest.slice(0, DIGEST_LENGTH)}`;
}

export function cursorAt(name: string, { severity, place }: ListPosition): string {
  return encodeCursor(name, [severity, place]);
}

/** @throws CursorInvalidError */
export function positionAt(name: string, cursor: string | undefined): ListPosition | null {
  if (cursor === undefined) return null;
  const [severity, place] = decodeCursor(name, ['number', 'number'], cursor);
  return { severity: Number(severity), place: Number(place) };
}
