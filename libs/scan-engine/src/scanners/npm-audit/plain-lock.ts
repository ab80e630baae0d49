/** A lock file that tells npm the same packages and leads it nowhere. */
export interface PlainLock {
  readonly text: string;
  /** Packages and links whose names or places only a crafted file has. */
  readonly leftOut: number;
}

type Members = Record<string, unknown>;

/**
 * npm looks up the packages that depend on a vulnerable one by the name that the lock file gives them, and takes a name that
 * looks like an address, a repository or a file for one. So a name has to be one that a registry could know.
 */
const NAME = /^(?:@[\w~-][\w.~-]{0,213}\/)?[\w~-][\w.~-]{0,213}$/u;
const FILE_NAME = /\.(?:tgz|tar|tar\.gz)$/iu;
/** A version, or that of a package under another name: everything else names a place. */
const OLD_VERSION = /^(?:[^:/\\\s]{1,256}|npm:(?<alias>[^:\s]{1,256})@[^:/\\\s@]{1,256})$/u;
/** Deeper than npm ever nests. */
const MAX_DEPTH = 40;
const MODULES = 'node_modules';
/** What stands for `..`, so that no place leaves the directory where npm works. */
const ABOVE = '__';

const EDGES = ['dependencies', 'optionalDependencies', 'devDependencies', 'peerDependencies'];
const PACKAGE_MEMBERS = [
  'version',
  ...EDGES,
  'peerDependenciesMeta',
  'dev',
  'devOptional',
  'inBundle',
  'optional',
  'peer',
];
const OLD_MEMBERS = ['bundled', 'dev', 'optional', 'requires'];

/** Takes what an audit needs out of a lock file of npm (versions 1 to 3). `null` for what is no such file. Pure. */
export function readPlainLock(text: string): PlainLock | null {
  const lock = parse(text);
  if (lock === null) return null;
  const { lockfileVersion } = lock;
  const packages = toObject(lock['packages']);
  const dependencies = toObject(lock['dependencies']);
  if (packages === null && dependencies === null && typeof lockfileVersion !== 'number') {
    return null;
  }
  const count = { leftOut: 0 };
  const held =
    packages === null
      ? { dependencies: plainTree(dependencies ?? {}, count) }
      : { packages: plainPackages(packages, count) };
  return { text: JSON.stringify({ lockfileVersion, requires: true, ...held }), ...count };
}

interface Count {
  leftOut: number;
}

function plainPackages(packages: Members, count: Count): Members {
  const kept = new Map<string, Members>();
  const links = new Map<string, string>();
  for (const [key, value] of Object.entries(packages)) {
    const entry = toObject(value);
    const place = key === '' ? '' : plainPlace(key);
    if (entry === null || place === null || !isNamed(place, entry)) {
      count.leftOut += 1;
      continue;
    }
    if (entry['link'] !== true) kept.set(place, plainPackage(place, entry));
    else links.set(place, plainPlace(entry['resolved']) ?? '');
  }
  for (const [place, resolved] of links) {
    if (kept.has(resolved) && resolved !== '') kept.set(place, { resolved, link: true });
    else count.leftOut += 1;
  }
  return Object.fromEntries(kept);
}

/** The root's workspaces stay out: npm would look for their files, and they stand in the lock file anyway. */
function plainPackage(place: string, entry: Members): Members {
  const { name } = entry;
  const named = place !== '' && isName(name) ? { name } : {};
  return { ...named, ...pick(entry, PACKAGE_MEMBERS) };
}

/** What is installed bears a name of a registry, by its place and, under an alias, by its entry. */
function isNamed(place: string, { name }: Members): boolean {
  const segments = place.split('/');
  const at = segments.lastIndexOf(MODULES);
  if (at === -1) return true;
  return isName(segments.slice(at + 1).join('/')) && (name === undefined || isName(name));
}

/** The place below the working directory; `null` for one that no npm writes. */
function plainPlace(place: unknown): string | null {
  if (typeof place !== 'string') return null;
  const segments = place.split('/');
  const inside = segments.findIndex((segment) => segment !== '..');
  const below = inside === -1 ? [] : segments.slice(inside);
  if (below.some((segment) => segment === '' || /^\.{1,2}$|\\/u.test(segment))) return null;
  return segments.map((segment) => (segment === '..' ? ABOVE : segment)).join('/');
}

function plainTree(dependencies: Members, count: Count, depth = 0): Members {
  const kept = new Map<string, Members>();
  for (const [name, value] of Object.entries(dependencies)) {
    const entry = toObject(value);
    if (entry === null || !isName(name) || depth > MAX_DEPTH) {
      count.leftOut += 1;
      continue;
    }
    const nested = toObject(entry['dependencies']);
    kept.set(name, {
      ...(isOldVersion(entry['version']) ? { version: entry['version'] } : {}),
      ...pick(entry, OLD_MEMBERS),
      ...(nested === null ? {} : { dependencies: plainTree(nested, count, depth + 1) }),
    });
  }
  return Object.fromEntries(kept);
}

function isOldVersion(version: unknown): boolean {
  const match = typeof version === 'string' ? OLD_VERSION.exec(version) : null;
  if (match === null) return false;
  const alias = match.groups?.['alias'];
  return alias === undefined || isName(alias);
}

function isName(name: unknown): boolean {
  return typeof name === 'string' && NAME.test(name) && !FILE_NAME.test(name);
}

function pick(entry: Members, names: readonly string[]): Members {
  return Object.fromEntries(
    names.filter((name) => Object.hasOwn(entry, name)).map((name) => [name, entry[name]]),
  );
}

function parse(text: string): Members | null {
  try {
    return toObject(JSON.parse(text));
  } catch {
    // Expected: a merge conflict, or a file that only has the name.
    return null;
  }
}

function toObject(value: unknown): Members | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Members)
    : null;
}
