import { isUtf8 } from 'node:buffer';
import { sep } from 'node:path';

const NUL = 0;
const TAB = 9;
/** Apple's file systems do not see these characters in a name. */
const UNSEEN = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;
/** What Windows takes for the name as well. */
const TRAILING = /[. ]+$/u;

const LINK = '120000';
const REASONS: Readonly<Record<string, string>> = {
  [LINK]: 'a symbolic link, which is not followed',
  '160000': 'a submodule, which is a repository of its own',
};

/** One file, link or submodule of a revision or of the index. */
export interface TreeEntry {
  readonly id: string;
  /** POSIX, relative to the top of the repository; bytes that are no UTF-8 are replaced. */
  readonly path: string;
  /** Why it becomes no file; `null` where it may. */
  readonly refused: string | null;
}

/** What became of a path between two sides. */
export interface RawChange extends TreeEntry {
  /** As A, D, M, T, U or, with a number behind it, R and C. */
  readonly status: string;
  /** On the first side; another one for what was renamed. */
  readonly basePath: string;
  /** Of the files and links on both sides. */
  readonly blobs: readonly string[];
}

/** Reads what `ls-tree -r -z` writes: `<mode> <type> <id>`, a tab, the path, NUL. */
export function readTree(output: Buffer): TreeEntry[] {
  return records(output).map((record) => {
    const tab = record.indexOf(TAB);
    const [mode = '', , id = ''] = record.toString('latin1', 0, tab).split(' ');
    return entryOf(mode, id, record.subarray(tab + 1));
  });
}

/**
 * Reads what the `diff-` commands write with `--raw -z`: `:<mode> <mode> <id> <id> <status>`, NUL, the path, NUL, and for R and
 * C one more path.
 */
export function readRawChanges(output: Buffer): RawChange[] {
  const changes: RawChange[] = [];
  const parts = records(output)[Symbol.iterator]();
  for (const head of parts) {
    const [baseMode = '', mode = '', baseId = '', id = '', status = ''] = head
      .toString('latin1', ':'.length)
      .split(' ');
    const first = parts.next().value ?? Buffer.alloc(0);
    const isPair = status.startsWith('R') || status.startsWith('C');
    const last = isPair ? (parts.next().value ?? Buffer.alloc(0)) : first;
    const blobs = [...blobOf(baseMode, baseId), ...blobOf(mode, id)];
    changes.push({ ...entryOf(mode, id, last), status, basePath: first.toString('utf8'), blobs });
  }
  return changes;
}

function blobOf(mode: string, id: string): string[] {
  return mode.startsWith('10') || mode === LINK ? [id] : [];
}

function records(output: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf(NUL, start);
    if (end === -1) break;
    found.push(output.subarray(start, end));
    start = end + 1;
  }
  return found;
}

function entryOf(mode: string, id: string, name: Buffer): TreeEntry {
  const path = name.toString('utf8');
  return { id, path, refused: refusal(mode, path, isUtf8(name)) };
}

function refusal(mode: string, path: string, isText: boolean): string | null {
  const reason = REASONS[mode];
  if (reason !== undefined) return reason;
  if (!mode.startsWith('100')) return 'not a regular file';
  if (!isText) return 'its name is not UTF-8';
  // Git makes no such names; who writes the objects by hand does.
  const isHarmful = path.split('/').some(isHarmfulName) || (sep !== '/' && path.includes(sep));
  return isHarmful ? 'its name would lead elsewhere' : null;
}

function isHarmfulName(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return true;
  const plain = name.replace(UNSEEN, '').replace(TRAILING, '').toLowerCase();
  return plain === '.git' || plain === 'git~1';
}
