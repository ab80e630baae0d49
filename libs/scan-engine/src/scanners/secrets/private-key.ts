export const PRIVATE_KEY = 'private-key';

/** All keys begin alike: what tells one from another stands in the lines after the first. */
export const KEY_LINES = 6;
const KEY_LINE = /^(?:["'`]?[A-Za-z0-9+/=]{16,200}\W{0,4}n?\W{0,4}|[A-Za-z-]{1,20}: \S.{0,200}|)$/u;

/** The line that a key begins in, and those behind it that are part of the key. */
export function keyAt(lines: readonly string[], index: number): string {
  const behind = lines.slice(index + 1, index + KEY_LINES).map((line) => line.trim());
  const end = behind.findIndex((line) => !KEY_LINE.test(line));
  const first = (lines[index] ?? '').trim();
  return [first, ...behind.slice(0, end === -1 ? undefined : end)].join('\n');
}
