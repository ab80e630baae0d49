import type { Audit } from './audit';

const SPECIAL = /[*?[\]]/u;
const MAX_MATCHES = 500;
/** More than any name has. */
const MAX_PATTERN_CHARACTERS = 1_000;

/**
 * Whether a name matches a pattern of a shell: `*`, `?` and classes such as `[0-9]`. A leading dot has to be written out.
 * Time is the product of the two lengths at worst.
 */
export function matchesWildcard(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  if (pattern.length > MAX_PATTERN_CHARACTERS) return false;
  const parts = partsOf(pattern);
  let at = 0;
  let part = 0;
  let star = -1;
  let retry = 0;
  while (at < name.length) {
    const wanted = parts[part];
    if (wanted === '*') {
      star = part;
      retry = at;
      part += 1;
    } else if (wanted !== undefined && matchesCharacter(name.charAt(at), wanted)) {
      at += 1;
      part += 1;
    } else if (star !== -1) {
      part = star + 1;
      retry += 1;
      at = retry;
    } else {
      return false;
    }
  }
  return parts.slice(part).every((rest) => rest === '*');
}

/** Single characters, `*`, `?`, and whole classes with their brackets. */
function partsOf(pattern: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const end = pattern.charAt(at) === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (end === -1) {
      parts.push(pattern.charAt(at));
    } else {
      parts.push(pattern.slice(at, end + 1));
      at = end;
    }
  }
  return parts;
}

function matchesCharacter(character: string, part: string): boolean {
  if (part === '?' || part === character) return true;
  if (part.length < 3) return false;
  const isNegated = part.charAt(1) === '!' || part.charAt(1) === '^';
  return isInClass(character, part.slice(isNegated ? 2 : 1, -1)) !== isNegated;
}

function isInClass(character: string, members: string): boolean {
  for (let at = 0; at < members.length; at += 1) {
    const first = members.charAt(at);
    if (members.charAt(at + 1) === '-' && at + 2 < members.length) {
      if (character >= first && character <= members.charAt(at + 2)) return true;
      at += 2;
    } else if (character === first) {
      return true;
    }
  }
  return false;
}

/** The paths that an absolute pattern stands for, in the order in which a shell gives them; at most 500. */
export async function expandPath(audit: Audit, pattern: string): Promise<string[]> {
  let paths = [''];
  for (const segment of pattern.split('/').filter((part) => part !== '')) {
    if (!SPECIAL.test(segment)) {
      paths = paths.map((path) => `${path}/${segment}`);
      continue;
    }
    const matches: string[] = [];
    for (const path of paths) {
      const names = await audit.namesIn(path === '' ? '/' : path);
      const fitting = names.filter((name) => matchesWildcard(name, segment));
      matches.push(...fitting.map((name) => `${path}/${name}`));
      if (matches.length >= MAX_MATCHES) break;
    }
    paths = matches.slice(0, MAX_MATCHES);
  }
  return paths;
}
