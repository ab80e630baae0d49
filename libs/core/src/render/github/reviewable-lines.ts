import type { Hunk } from '../../diff/moved-places';

/** Lines of a file, 1-based, both ends included. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Lines that a pull request shows around a change. */
const CONTEXT = 3;

/**
 * The lines of the head on which a review of a pull request may comment: those that a hunk shows, its context included. Ranges in
 * order, apart from each other; a range is one hunk. The last one may reach beyond the end of the file.
 *
 * @param hunks of one file, in order, without lines of context
 */
export function reviewableLines(hunks: readonly Hunk[]): readonly LineRange[] {
  const ranges: LineRange[] = [];
  for (const { headStart, headCount } of hunks) {
    // Where nothing was put in, the start is the line before what was taken.
    const first = headCount === 0 ? headStart + 1 : headStart;
    const start = Math.max(1, first - CONTEXT);
    const end = first + headCount - 1 + CONTEXT;
    const last = ranges.at(-1);
    // Git makes one hunk of two whose contexts touch.
    if (last !== undefined && start <= last.end + 1) {
      ranges[ranges.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    } else ranges.push({ start, end });
  }
  return ranges;
}
