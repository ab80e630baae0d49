import type { MovedPlaces } from './diff-findings';
import type { Place } from './pair-findings';

/**
 * A place at which a change took lines and put others. Starts are 1-based; where a count is 0, the start is the line before, as git
 * counts.
 */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
}

/**
 * Where things went between two revisions. A line within a hunk goes to the same distance from its start, at most to its end: what
 * a rewritten line holds is most likely there.
 *
 * @param renames by the path at head, the path at base
 * @param hunks by the path at head, in the order of the lines, without lines of context
 */
export function movedPlaces(
  renames: ReadonlyMap<string, string>,
  hunks: ReadonlyMap<string, readonly Hunk[]>,
): MovedPlaces {
  const headPaths = new Map([...renames].map(([head, base]) => [base, head]));
  const pathAtHead = (path: string): string => headPaths.get(path) ?? path;
  return {
    pathAtHead,
    placeAtHead: ({ path, line }: Place) => {
      const moved = pathAtHead(path);
      return { path: moved, line: lineAtHead(line, hunks.get(moved) ?? []) };
    },
  };
}

function lineAtHead(line: number, hunks: readonly Hunk[]): number {
  let shift = 0;
  for (const { baseStart, baseCount, headStart, headCount } of hunks) {
    // Where nothing was taken, the start is the line before what was put in.
    const first = baseCount === 0 ? baseStart + 1 : baseStart;
    if (line < first) break;
    if (line < first + baseCount) {
      const start = headCount === 0 ? headStart + 1 : headStart;
      return Math.max(1, start + Math.min(line - first, Math.max(0, headCount - 1)));
    }
    shift += headCount - baseCount;
  }
  return line + shift;
}
