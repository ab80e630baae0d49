/** A part of a line and the offset of its first character. */
export interface LineWindow {
  readonly text: string;
  readonly offset: number;
  /** A match belongs to the window in which its value begins: from here (inclusive) … */
  readonly ownedFrom: number;
  /** … to here (exclusive). Both are offsets in the line. */
  readonly ownedTo: number;
}

const STEP = 32_768;
/** What a pattern may need to see before the value: the keyword and the assignment. */
const BEFORE = 1_024;
/** The longest value that a pattern captures. */
const AFTER = 12_288;

/** True for a line that is read in more than one window. */
export function isLongLine(line: string): boolean {
  return line.length > STEP + AFTER;
}

/** How many lines of a text are read in more than one window. Looks at one character in many thousands. */
export function countLongLines(text: string): number {
  let count = 0;
  for (let start = 0; text.length - start > STEP + AFTER;) {
    const short = text.lastIndexOf('\n', start + STEP + AFTER);
    if (short >= start) {
      start = short + 1;
      continue;
    }
    count += 1;
    const end = text.indexOf('\n', start);
    if (end === -1) break;
    start = end + 1;
  }
  return count;
}

/** Cuts a long line into windows that overlap, so that no secret is cut in two; a short line is its own window. */
export function* windowsOf(line: string): Generator<LineWindow> {
  if (!isLongLine(line)) {
    yield { text: line, offset: 0, ownedFrom: 0, ownedTo: line.length };
    return;
  }
  for (let from = 0; from < line.length; from += STEP) {
    const offset = Math.max(0, from - BEFORE);
    const text = line.slice(offset, from + STEP + AFTER);
    yield { text, offset, ownedFrom: from, ownedTo: from + STEP };
  }
}
