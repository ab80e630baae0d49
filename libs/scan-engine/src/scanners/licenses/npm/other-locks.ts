import { memberOf, listOf, objectOf, parsedJson, textOf } from '@securescan/core';
import type { LockedPackage } from './npm-lock';

/**
 * These lock files name packages without their licences. Those in YAML are read line by line, in the one layout that their
 * programs write: a YAML parser takes seconds for what this does in milliseconds, and nothing of YAML beyond that layout occurs.
 */

const LOCAL = /^(?:workspace|link|portal|file):/u;

/** Reads a `yarn.lock` of any version: `null` for what is none. */
export function readYarnLock(text: string): LockedPackage[] | null {
  if (!text.includes('yarn lockfile v1') && !text.includes('__metadata:')) return null;
  return blocksOf(text.split(/\r?\n/u)).flatMap(({ key, fields }) => {
    const first = unquoted(key.split(', ', 1)[0] ?? '');
    const installedAs = nameIn(first);
    const version = fields.get('version');
    if (installedAs === null || version === undefined) return [];
    const resolution = fields.get('resolution') ?? '';
    const alias = /@npm:((?:@[^@/]+\/)?[^@/]+)@/u.exec(key)?.[1];
    const name = (resolution === '' ? alias : nameIn(resolution)) ?? installedAs;
    return isLocal(resolution) || isLocal(first) ? [] : [locked({ name, version, installedAs })];
  });
}

/** Reads a `pnpm-lock.yaml` of any version: `null` for what is none. */
export function readPnpmLock(text: string): LockedPackage[] | null {
  const format = /^lockfileVersion: ['"]?(\d+)/mu.exec(text)?.[1];
  if (format === undefined) return null;
  const lines = text.split(/\r?\n/u);
  const start = lines.findIndex((line) => line.startsWith('packages:'));
  const end = lines.findIndex((line, index) => index > start && /^\S/u.test(line));
  if (start === -1) return [];
  const section = lines.slice(start + 1, end === -1 ? lines.length : end);
  const blocks = blocksOf(section.map((line) => line.slice(2)));
  return blocks.flatMap(({ key, fields }) => {
    const found = splitPnpmKey(unquoted(key), Number(format));
    if (found === null || LOCAL.test(found.version)) return [];
    const name = fields.get('name') ?? found.name;
    const version = fields.get('version') ?? found.version;
    return [locked({ name, version, installedAs: name, isDev: fields.get('dev') === 'true' })];
  });
}

/** Reads a `bun.lock`, which is JSON with commas too many: `null` for what is none. */
export function readBunLock(text: string): LockedPackage[] | null {
  const lock = parsedJson(text.replace(/,(?=\s{0,200}[}\]])/gu, ''));
  if (lock === null || memberOf(lock, 'lockfileVersion') === undefined) return null;
  return Object.entries(objectOf(memberOf(lock, 'packages'))).flatMap(([key, value]) => {
    const resolution = textOf(listOf(value)[0]) ?? '';
    const name = nameIn(resolution);
    const version = name === null ? '' : resolution.slice(name.length + 1);
    return name === null || LOCAL.test(version)
      ? []
      : [locked({ name, version, installedAs: key })];
  });
}

interface Block {
  readonly key: string;
  readonly fields: ReadonlyMap<string, string>;
}

/** Blocks of a line at the margin that ends in a colon and of `name value` or `name: value` below it. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: { key: string; fields: Map<string, string> }[] = [];
  for (const line of lines) {
    if (/^[^\s#].*:\s*$/u.test(line)) {
      blocks.push({ key: line.trimEnd().slice(0, -1), fields: new Map() });
      continue;
    }
    const [, name, value] = /^ {2}"?([A-Za-z]+)"?:? (\S.*)$/u.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      blocks.at(-1)?.fields.set(name, unquoted(value.trim()));
    }
  }
  return blocks;
}

/** `/name/1.0.0_peers` up to version 5, then `/name@1.0.0(peers)`, since version 9 without the slash. */
function splitPnpmKey(key: string, format: number): { name: string; version: string } | null {
  const plain = (key.startsWith('/') ? key.slice(1) : key).split('(', 1)[0] ?? '';
  const base = format < 6 ? withoutPeers(plain) : plain;
  const cut = format < 6 ? base.lastIndexOf('/') : base.indexOf('@', 1);
  if (cut < 1) return null;
  return { name: base.slice(0, cut), version: base.slice(cut + 1) };
}

/** The name may have an underscore, the version never before its peers. */
function withoutPeers(key: string): string {
  return key.replace(/(\/\d[^/_]*)_.*$/u, '$1');
}

/** What stands in front of the `@` of `name@range`; a scope begins with one itself. */
function nameIn(descriptor: string): string | null {
  const cut = descriptor.indexOf('@', 1);
  return cut === -1 ? null : descriptor.slice(0, cut);
}

function isLocal(resolution: string): boolean {
  return LOCAL.test(resolution.slice(resolution.indexOf('@', 1) + 1));
}

function unquoted(text: string): string {
  return /^(["']).*\1$/u.test(text) ? text.slice(1, -1) : text.replace(/^["']|["']$/gu, '');
}

function locked(facts: {
  readonly name: string;
  readonly version: string;
  readonly installedAs: string;
  readonly isDev?: boolean;
}): LockedPackage {
  const { name, version, installedAs, isDev = false } = facts;
  const path = `node_modules/${installedAs}`;
  return { name, version, path, mayBeNested: true, isDev, statements: null };
}
