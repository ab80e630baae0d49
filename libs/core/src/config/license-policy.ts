import parseSpdx from 'spdx-expression-parse';
import { quoted, type ConfigNode } from './config-node';
import { SPDX_FAMILIES } from './spdx-families';

/**
 * What a project says of licences, by lists of SPDX ids. A pattern is an id (`MIT`), where `GPL-3.0` stands for the licence
 * with and without later versions, or the beginning of ids and a star (`GPL-*`).
 */
export interface LicensePolicy {
  /** Never to be used. */
  readonly deny: readonly string[];
  /** To be looked at. */
  readonly warn: readonly string[];
  /** Where it is not empty: what may be used, and nothing else. */
  readonly allow: readonly string[];
}

export const NO_LICENSE_POLICY: LicensePolicy = { deny: [], warn: [], allow: [] };

const LISTS = ['deny', 'warn', 'allow'] as const;
const MAX_PATTERNS = 1_000;
const MAX_MEMBERS = 100;
const MAX_CHARACTERS = 100;

/** Reads the member `licenses`. What is wrong with it goes to the node's issues. */
export function readLicensePolicy(node: ConfigNode): LicensePolicy {
  const members = node.members(MAX_MEMBERS);
  for (const [name, member] of members) {
    if (!isList(name)) member.unknown(name, 'licenses', LISTS);
  }
  const owners = new Map<string, string>();
  const patternsOf = (name: string): string[] => readPatterns(members.get(name), name, owners);
  return { deny: patternsOf('deny'), warn: patternsOf('warn'), allow: patternsOf('allow') };
}

function isList(name: string): boolean {
  return LISTS.some((list) => list === name);
}

/** `owners` holds, for each pattern, the list that named it first: a second one would contradict it. */
function readPatterns(
  list: ConfigNode | undefined,
  name: string,
  owners: Map<string, string>,
): string[] {
  if (list === undefined) return [];
  const patterns: string[] = [];
  for (const item of list.items(MAX_PATTERNS)) {
    const pattern = readPattern(item);
    if (pattern === null) continue;
    const owner = owners.get(pattern);
    if (owner === undefined) {
      owners.set(pattern, name);
      patterns.push(pattern);
    } else if (owner !== name) item.wrong(`is ${pattern}, which stands in ${owner} already`);
  }
  return patterns;
}

function readPattern(item: ConfigNode): string | null {
  const text = item.text();
  if (text === null || isPattern(text)) return text;
  item.wrong(
    `is ${quoted(text)}, which is no SPDX id as https://spdx.org/licenses spells it, nor the beginning of ids with a star, as GPL-*`,
  );
  return null;
}

/** Ids are taken in SPDX's own spelling only, so that one pattern is written in one way. */
function isPattern(text: string): boolean {
  if (text.length > MAX_CHARACTERS) return false;
  return text.endsWith('*') ? isFamily(text.slice(0, -1)) : isSpdxId(text);
}

function isFamily(beginning: string): boolean {
  return (
    /^[A-Za-z0-9.-]+$/u.test(beginning) &&
    SPDX_FAMILIES.some((name) => beginning.startsWith(`${name}-`))
  );
}

function isSpdxId(text: string): boolean {
  try {
    const node = parseSpdx(text);
    return 'license' in node && node.license === text;
  } catch {
    // Expected: whoever wrote it meant something else than an id.
    return false;
  }
}
