import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { compareCodePoints, UserError } from '@securescan/core';
import { parse } from 'yaml';
import { installRoot } from './install-root';

export interface RulePack {
  readonly path: string;
  /** SHA-256, hex. */
  readonly digest: string;
}

/**
 * Writes the rule pack that ships for a scanner into `directory` as one file, and gives `null` where the scanner has none. The
 * digest is over the sources. One JSON file, because a tool that reads many YAML files spends seconds on them at each start.
 */
export async function writeRulePack(scanner: string, directory: string): Promise<RulePack | null> {
  const source = join(installRoot(), 'libs', 'scan-engine', 'rules', scanner);
  if (!/^[a-z0-9-]+$/.test(scanner) || !(await isDirectory(source))) return null;
  const files = await listFiles(source);
  const contents = await Promise.all(files.map(({ absolute }) => readFile(absolute, 'utf8')));
  const rules = contents.flatMap((content) => (parse(content) as { rules: unknown[] }).rules);
  const path = join(directory, `${scanner}-rules.json`);
  await writeFile(path, JSON.stringify({ rules }));
  return { path, digest: await digestPaths([source]) };
}

/**
 * SHA-256 (hex) over the names, sizes and bytes of files and directories; a directory's files count under their names
 * within it, sorted by code point, so that the place of the whole does not matter. Throws UserError RULES_NOT_FOUND.
 */
export async function digestPaths(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(path)) {
      const { size } = await stat(file.absolute);
      hash.update(`${JSON.stringify([file.name, size])}\n`);
      for await (const chunk of createReadStream(file.absolute)) hash.update(asBytes(chunk));
    }
  }
  return hash.digest('hex');
}

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : new TextEncoder().encode(String(chunk));
}

interface NamedFile {
  readonly name: string;
  readonly absolute: string;
}

async function listFiles(path: string): Promise<NamedFile[]> {
  if (!(await isDirectory(path))) return [await namedFile(path)];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((absolute) => ({ name: relative(path, absolute).split(sep).join('/'), absolute }))
    .sort((a, b) => compareCodePoints(a.name, b.name));
}

async function namedFile(path: string): Promise<NamedFile> {
  try {
    await stat(path);
  } catch (cause) {
    // Expected: a typing error.
    throw new UserError('RULES_NOT_FOUND', `There are no rules at "${path}"; check the path.`, {
      cause,
    });
  }
  return { name: basename(path), absolute: path };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Expected: nothing stands there.
    return false;
  }
}
