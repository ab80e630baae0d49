import { listOf, memberOf, objectOf, parsedJson, textOf, type Untyped } from '@securescan/core';
import type { LicenseStatement } from '../package-list';

/** A package as a lock file of npm, yarn, pnpm or bun names it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string | null;
  /** Where package managers put it, relative to the lock file: `node_modules/a/node_modules/b`. */
  readonly path: string;
  /** The path is where it would be if there were no other version; it may be deeper. */
  readonly mayBeNested: boolean;
  readonly isDev: boolean;
  /** `null` where the lock file says nothing, which is not to say that the package does not. */
  readonly statements: readonly LicenseStatement[] | null;
}

const MODULES = 'node_modules/';

/**
 * Reads `package-lock.json` and `npm-shrinkwrap.json`, of all versions. The project's own packages (the root, members of
 * workspaces, links) are left out. `null` for what is none. Pure and total.
 */
export function readNpmLock(text: string): LockedPackage[] | null {
  const lock = parsedJson(text);
  if (lock === null) return null;
  const packages = memberOf(lock, 'packages');
  if (packages !== undefined) return packagesByPath(objectOf(packages));
  return memberOf(lock, 'dependencies') === undefined &&
    memberOf(lock, 'lockfileVersion') === undefined
    ? null
    : nestedPackages(lock);
}

function packagesByPath(packages: Untyped): LockedPackage[] {
  return Object.entries(packages).flatMap(([path, value]) => {
    const entry = objectOf(value);
    const start = path.lastIndexOf(MODULES);
    if (start === -1 || entry['link'] === true) return [];
    const name = textOf(memberOf(entry, 'name')) ?? path.slice(start + MODULES.length);
    const statements = licensesIn(entry);
    return [lockedPackage(name, path, entry, statements.length === 0 ? null : statements)];
  });
}

/** Version 1 of the format: packages within packages, and no licences. */
function nestedPackages(lock: Untyped): LockedPackage[] {
  const found: LockedPackage[] = [];
  const pending = [{ within: '', entry: lock }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [name, value] of Object.entries(objectOf(memberOf(next.entry, 'dependencies')))) {
      const entry = objectOf(value);
      const path = `${next.within}${MODULES}${name}`;
      pending.push({ within: `${path}/`, entry });
      found.push(lockedPackage(realName(name, entry), path, entry, null));
    }
  }
  return found;
}

/** `npm:other@1.0.0` stands in place of a version where a package has been given another name. */
function realName(name: string, entry: Untyped): string {
  return /^npm:(.+)@[^@]*$/u.exec(textOf(memberOf(entry, 'version')) ?? '')?.[1] ?? name;
}

function lockedPackage(
  name: string,
  path: string,
  entry: Untyped,
  statements: readonly LicenseStatement[] | null,
): LockedPackage {
  const version = textOf(memberOf(entry, 'version'))?.replace(/^npm:.*@/u, '') ?? null;
  return { name, version, path, mayBeNested: false, isDev: entry['dev'] === true, statements };
}

/**
 * What a `package.json`, or the part of it that a lock file keeps, says of licences: `license` as a text, or, in packages from
 * before 2015, objects and lists with `type`, among which one may choose.
 */
export function licensesIn(manifest: Untyped): LicenseStatement[] {
  const stated = [memberOf(manifest, 'license'), memberOf(manifest, 'licenses')].filter(
    (value) => value !== undefined && value !== null,
  );
  return stated.flatMap((value) => {
    const values = Array.isArray(value) ? listOf(value) : [value];
    const texts = values.flatMap((item) =>
      typeof item === 'string' ? [item] : (textOf(memberOf(objectOf(item), 'type')) ?? []),
    );
    return texts.length === 0 ? [] : [{ texts, isChoice: true }];
  });
}
