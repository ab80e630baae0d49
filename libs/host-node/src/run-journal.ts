import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { readdir, readFile, unlink } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { removeDirectory } from './remove-directory';
import {
  killMarkedProcesses,
  readProcessStart,
  signalGroup,
  type GroupEntry,
  type GroupJournal,
} from './process-runner';

/** Every temporary directory of ours begins with this, and the sweep removes no other. */
export const WORKSPACE_PREFIX = 'securescan-';

interface Owner {
  readonly pid: number;
  readonly start: string | null;
}

type JournalEntry =
  | {
      readonly kind: 'group';
      readonly owner: Owner;
      /** `null` from the announcement to the spawn: whoever carries the mark belongs to it. */
      readonly leader: { readonly pid: number; readonly start: string | null } | null;
      readonly mark: string;
    }
  | { readonly kind: 'directory'; readonly owner: Owner; readonly path: string };

export interface SweepReport {
  readonly groupsKilled: number;
  readonly directoriesRemoved: number;
}

/**
 * Notes on disk which process groups and temporary directories are in use, so that the next start can clear away what a
 * crash left. Best effort: where the directory cannot be written, scans still run.
 */
export class RunJournal implements GroupJournal {
  private readonly owner: Owner = { pid: process.pid, start: readProcessStart(process.pid) };

  constructor(private readonly directory: string) {}

  announceGroup(mark: string): GroupEntry {
    const file = this.fileFor('group');
    const write = (leader: { pid: number; start: string | null } | null): void =>
      this.write(file, { kind: 'group', owner: this.owner, leader, mark });
    write(null);
    return {
      started: (pid) => write({ pid, start: readProcessStart(pid) }),
      forget: () => removeEntry(file),
    };
  }

  /** Returns the function that takes the entry out again. */
  recordDirectory(path: string): () => void {
    const file = this.fileFor('directory');
    this.write(file, { kind: 'directory', owner: this.owner, path });
    return () => removeEntry(file);
  }

  private fileFor(kind: JournalEntry['kind']): string {
    return join(this.directory, `${kind}-${randomUUID()}.json`);
  }

  private write(file: string, entry: JournalEntry): void {
    try {
      mkdirSync(this.directory, { recursive: true, mode: 0o700 });
      // Synchronous on purpose, and never half an entry: a crash at any moment finds the old one or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // Expected: a read-only or full home directory. Nothing would be swept after a crash, nothing else is lost.
    }
  }
}

function removeEntry(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Expected: somebody cleared the directory. A stale entry is harmless, the sweep checks what it names.
  }
}

/**
 * Ends the process groups and removes the temporary directories that a dead process left in its journal. What belongs to a
 * process that still lives is not touched, and a group is killed only if it is provably the one that was recorded.
 */
export async function sweepRunJournal(directory: string): Promise<SweepReport> {
  let groupsKilled = 0;
  let directoriesRemoved = 0;
  for (const name of await listEntries(directory)) {
    const file = join(directory, name);
    const entry = await readEntry(file);
    if (entry !== null && isAlive(entry.owner)) continue;
    if (entry?.kind === 'group' && (await killLeftover(entry))) groupsKilled += 1;
    if (entry?.kind === 'directory' && (await removeLeftover(entry.path))) directoriesRemoved += 1;
    await unlink(file).catch(() => undefined); // Expected: another start swept at the same time.
  }
  return { groupsKilled, directoriesRemoved };
}

async function listEntries(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => name.endsWith('.json'));
  } catch {
    // Expected: nothing was ever recorded here.
    return [];
  }
}

async function readEntry(file: string): Promise<JournalEntry | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isEntry(value) ? value : null;
  } catch {
    // Expected: a crash in the middle of the write.
    return null;
  }
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('owner' in value))
    return false;
  if (value.kind === 'directory') return 'path' in value && typeof value.path === 'string';
  return value.kind === 'group' && 'leader' in value && 'mark' in value;
}

function isAlive(owner: Owner): boolean {
  return owner.start !== null && readProcessStart(owner.pid) === owner.start;
}

async function killLeftover(entry: JournalEntry & { kind: 'group' }): Promise<boolean> {
  const { leader } = entry;
  const isSameLeader = leader !== null && isAlive(leader);
  if (isSameLeader) signalGroup(leader.pid, 'SIGKILL');
  // The leader may be gone while its children live on; they are known by the mark in their environment.
  const killed = await killMarkedProcesses(entry.mark);
  return isSameLeader || killed > 0;
}

async function removeLeftover(path: string): Promise<boolean> {
  if (!isAbsolute(path) || !basename(path).startsWith(WORKSPACE_PREFIX)) return false;
  return existsSync(path) && removeDirectory(path);
}
