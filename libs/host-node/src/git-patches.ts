import type { AddedLines } from '@securescan/scan-engine';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/u;
const HUNK =
  /^@{2,200}(?<old>(?: -\d{1,12}(?:,\d{1,12})?){1,200}) \+\d{1,12}(?:,(?<lines>\d{1,12}))? @/u;
const OLD_RANGE = /-\d{1,12}(?:,(?<lines>\d{1,12}))?/gu;
const ESCAPE = /\\([0-7]{3}|.)/gsu;
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** What makes patches of `diff-tree` look the same whatever the repository is set up for, and run nothing of it. */
export const PLAIN_PATCH: readonly string[] = [
  '--no-ext-diff',
  '--no-textconv',
  '--no-color',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--ignore-submodules=all',
];

/** Lines that a hunk has still to come: of each parent, and of what the commit made of them. */
interface Hunk {
  readonly parents: number[];
  result: number;
}

/**
 * Reads what `git diff-tree --stdin -c -p` writes: the id of a commit, then its patches. The lines of a hunk are counted as its
 * head announces them, and git quotes names with line ends, so nothing in a file, a name or a message passes for structure.
 */
export function* readPatches(output: string): Generator<AddedLines> {
  let commit = '';
  let path: string | null = null;
  let hunk: Hunk | null = null;
  let lines: string[] = [];
  for (const line of output.split('\n')) {
    if (hunk !== null) {
      hunk = readHunkLine(hunk, line, lines);
      continue;
    }
    hunk = readHunkHead(line);
    const begins = COMMIT.test(line) || line.startsWith('diff --');
    if (begins) {
      if (path !== null && lines.length > 0) yield { commit, path, lines };
      path = null;
      lines = [];
    }
    if (COMMIT.test(line)) commit = line;
    else if (line.startsWith('+++ ')) path = readQuotedPath(line.slice('+++ '.length));
  }
  if (path !== null && lines.length > 0) yield { commit, path, lines };
}

function readHunkHead(line: string): Hunk | null {
  const groups = HUNK.exec(line)?.groups;
  if (groups === undefined) return null;
  const ranges = Array.from((groups['old'] ?? '').matchAll(OLD_RANGE));
  const parents = ranges.map((range) => Number(range.groups?.['lines'] ?? 1));
  return orDone({ parents, result: Number(groups['lines'] ?? 1) });
}

/** One column for each parent says whether the line is new to it, gone from it or the same. */
function readHunkLine(hunk: Hunk, line: string, added: string[]): Hunk | null {
  const columns = line.slice(0, hunk.parents.length);
  // A note of git's about the line before: it has no end.
  if (columns.startsWith('\\')) return hunk;
  const isGone = columns.includes('-');
  const counted = isGone ? '-' : ' ';
  for (const [index, rest] of hunk.parents.entries()) {
    if (columns[index] === counted) hunk.parents[index] = rest - 1;
  }
  if (!isGone) hunk.result -= 1;
  if (columns === '+'.repeat(hunk.parents.length)) added.push(line.slice(columns.length));
  return orDone(hunk);
}

function orDone(hunk: Hunk): Hunk | null {
  return hunk.result > 0 || hunk.parents.some((rest) => rest > 0) ? hunk : null;
}

/** `b/name`, in quotes where it holds what C would escape; where it holds a blank, git puts a tab behind it. */
export function readQuotedPath(text: string): string | null {
  const shown = text.replace(/\t$/u, '');
  const name = shown.startsWith('"')
    ? shown.slice(1, -1).replace(ESCAPE, (_match, code: string) => unescape(code))
    : shown;
  return name.startsWith('b/') ? name.slice('b/'.length) : null;
}

function unescape(code: string): string {
  if (code.length === 3) return String.fromCharCode(Number.parseInt(code, 8));
  return ESCAPED.get(code) ?? code;
}
