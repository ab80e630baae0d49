import { OperationalError, type Hunk } from '@securescan/core';
import { budgetExceeded } from '@securescan/scan-engine';
import { readQuotedPath } from '../git-patches';

const HUNK =
  /^@@ -(?<baseStart>\d{1,10})(?:,(?<baseCount>\d{1,10}))? \+(?<headStart>\d{1,10})(?:,(?<headCount>\d{1,10}))? @@/u;
const LINE_END = 10;
const MINUS = 45;
const PLUS = 43;
/** Of a line that is structure: twice a path, each byte of it escaped. */
const MAX_LINE_BYTES = 64 * 1024;
const MAX_HUNKS = 1_000_000;

/**
 * Reads what `git diff-tree -p -U0` writes, in chunks of any size. The lines of a hunk are counted as its head announces them,
 * and git quotes names with line ends, so nothing in a file or a name passes for structure. Keeps no line of a file.
 */
export class HunkReader {
  private readonly found = new Map<string, Hunk[]>();
  private path: string | null = null;
  private baseLeft = 0;
  private headLeft = 0;
  private count = 0;
  /** Of the line that is being read: nothing yet, a head, or a line of a file, which is passed over. */
  private line: 'none' | 'structure' | 'content' = 'none';
  private text = Buffer.alloc(0);

  push(chunk: Buffer): void {
    for (let start = 0; start < chunk.length;) {
      if (this.line === 'none') this.beginLine(chunk[start] ?? 0);
      const end = chunk.indexOf(LINE_END, start);
      const upTo = end === -1 ? chunk.length : end;
      if (this.line === 'structure') this.keep(chunk.subarray(start, upTo));
      if (end !== -1) this.endLine();
      start = upTo + 1;
    }
  }

  /** By path at head. Throws OperationalError where a hunk is not whole. */
  finish(): ReadonlyMap<string, readonly Hunk[]> {
    if (this.baseLeft > 0 || this.headLeft > 0) throw broken();
    return this.found;
  }

  private beginLine(first: number): void {
    this.line = 'content';
    if (this.baseLeft > 0 && first === MINUS) this.baseLeft -= 1;
    else if (this.baseLeft === 0 && this.headLeft > 0 && first === PLUS) this.headLeft -= 1;
    else this.line = 'structure';
  }

  private keep(part: Buffer): void {
    if (this.text.length + part.length > MAX_LINE_BYTES) throw broken();
    this.text = Buffer.concat([this.text, part]);
  }

  private endLine(): void {
    if (this.line === 'structure') this.readStructure(this.text.toString('utf8'));
    this.line = 'none';
    this.text = Buffer.alloc(0);
  }

  private readStructure(line: string): void {
    // A note of git's about the line before: it has no end.
    if (line.startsWith('\\')) return;
    if (this.baseLeft > 0 || this.headLeft > 0) throw broken();
    if (line.startsWith('diff --git ')) this.path = null;
    else if (line.startsWith('+++ ')) this.path = readQuotedPath(line.slice('+++ '.length));
    else this.readHunkHead(HUNK.exec(line)?.groups);
  }

  private readHunkHead(groups: Readonly<Record<string, string | undefined>> | undefined): void {
    if (groups === undefined) return;
    this.count += 1;
    if (this.count > MAX_HUNKS) {
      throw new OperationalError(
        'TOOL_OUTPUT_TOO_LARGE',
        `${budgetExceeded(`the change has more than ${MAX_HUNKS} places`)}; compare revisions that are closer to each other.`,
      );
    }
    const hunk = {
      baseStart: Number(groups['baseStart']),
      baseCount: Number(groups['baseCount'] ?? 1),
      headStart: Number(groups['headStart']),
      headCount: Number(groups['headCount'] ?? 1),
    };
    this.baseLeft = hunk.baseCount;
    this.headLeft = hunk.headCount;
    this.add(hunk);
  }

  private add(hunk: Hunk): void {
    if (this.path === null) return;
    const known = this.found.get(this.path);
    if (known === undefined) this.found.set(this.path, [hunk]);
    else known.push(hunk);
  }
}

function broken(): OperationalError {
  return new OperationalError(
    'TOOL_OUTPUT_INVALID',
    'git could not compare the revisions: what it wrote is not whole; try again.',
  );
}
