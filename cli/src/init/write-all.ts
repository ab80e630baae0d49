import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  copyFile,
  link,
  lstat,
  mkdir,
  open,
  realpath,
  rename,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { UserError } from '@securescan/core';
import { isSystemError } from '../output/system-error';
import type { PlannedFile } from './plan-files';

/** Which of these paths something stands at already. */
export async function findExisting(root: string, paths: readonly string[]): Promise<string[]> {
  const stats = await Promise.all(paths.map((path) => lstatOrNull(join(root, path))));
  return paths.filter((_, index) => stats[index] !== null);
}

/**
 * Writes all files, or none: each is written beside its place first, and what was put in place is taken back when a later one
 * fails. Without `force` a file that appeared in the meantime is such a failure. Throws UserError OUTPUT_NOT_WRITABLE.
 */
export async function writeAll(
  root: string,
  files: readonly PlannedFile[],
  force: boolean,
): Promise<void> {
  const undo: Undo[] = [];
  try {
    const drafts: Draft[] = [];
    for (const file of files) drafts.push(await writeDraft(root, file, undo));
    for (const draft of drafts) await putInPlace(draft, force, undo);
  } catch (error) {
    // Expected: a full disk, a directory of somebody else, a file that appeared in the meantime.
    for (const step of undo.reverse()) await step.onFailure();
    throw notWritten(error);
  }
  for (const step of undo) await step.onSuccess?.();
}

interface Undo {
  readonly onFailure: () => Promise<void>;
  readonly onSuccess?: () => Promise<void>;
}

interface Draft {
  readonly path: string;
  readonly place: string;
  readonly draft: string;
}

async function writeDraft(root: string, file: PlannedFile, undo: Undo[]): Promise<Draft> {
  const place = join(root, file.path);
  await makeDirectories(root, dirname(place), undo);
  const draft = besides(place);
  const remove = (): Promise<void> => unlink(draft).catch(ignoreMissing);
  undo.push({ onFailure: remove, onSuccess: remove });
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(file.text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { path: file.path, place, draft };
}

/** Makes the directories one by one, so that those which were there before stay when the rest is taken back. */
async function makeDirectories(root: string, directory: string, undo: Undo[]): Promise<void> {
  const inside = relative(root, directory);
  let at = root;
  for (const name of inside === '' ? [] : inside.split(sep)) {
    at = join(at, name);
    const made = at;
    const stats = await lstatOrNull(at);
    if (stats === null) {
      await mkdir(at);
      undo.push({ onFailure: () => rmdir(made).catch(ignoreMissing) });
    } else if (!(await isDirectoryInside(at, root))) {
      throw refusal(`${at} is not a directory of this project; move it away first.`);
    }
  }
}

/** A link may lead to another place of the project, and nowhere else. */
async function isDirectoryInside(path: string, root: string): Promise<boolean> {
  const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
  const isInside = real === realRoot || real.startsWith(`${realRoot}${sep}`);
  return isInside && (await lstat(real)).isDirectory();
}

async function putInPlace({ path, place, draft }: Draft, force: boolean, undo: Undo[]) {
  const earlier = await lstatOrNull(place);
  if (earlier === null || !force) {
    // A link, unlike a renaming, never replaces what stands there.
    await link(draft, place);
    undo.push({ onFailure: () => unlink(place).catch(ignoreMissing) });
    return;
  }
  if (!earlier.isFile()) throw refusal(`${path} is not a regular file; move it away first.`);
  const saved = besides(place);
  undo.push({
    onFailure: () => unlink(saved).catch(ignoreMissing),
    onSuccess: () => unlink(saved).catch(ignoreMissing),
  });
  await copyFile(place, saved);
  await rename(draft, place);
  undo.push({ onFailure: () => rename(saved, place) });
}

function besides(place: string): string {
  return join(dirname(place), `.${basename(place)}.${randomUUID()}.tmp`);
}

/** Taking back goes on whatever happens: the first failure is the one that is told. */
function ignoreMissing(): undefined {
  return undefined;
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch {
    // Expected: nothing stands there.
    return null;
  }
}

function refusal(sentence: string): UserError {
  return new UserError('OUTPUT_NOT_WRITABLE', `Nothing was written: ${sentence}`);
}

function notWritten(cause: unknown): unknown {
  if (!isSystemError(cause)) return cause;
  return new UserError('OUTPUT_NOT_WRITABLE', `Nothing was written: ${cause.message}.`, { cause });
}
