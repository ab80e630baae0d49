import { listOf, memberOf, objectOf, textOf } from '@securescan/core';
import { baseName, below, directoryOf } from '../paths';
import {
  MAX_PACKAGES,
  readInstalled,
  readLocks,
  type Inventory,
  type LicensedPackage,
  type LicenseStatement,
  type PackageList,
  type Place,
} from './package-list';
import { parseToml } from './parse-toml';

interface Crate {
  readonly name: string;
  readonly version: string | null;
}

/** Every `Cargo.lock`, with the licences of the crates that `cargo vendor` has put beside it. */
export async function cargoInventory(place: Place): Promise<Inventory> {
  const { locks, skipped } = await readLocks(place, (path) =>
    baseName(path) === 'Cargo.lock' ? readCargoLock : null,
  );
  const lists: PackageList[] = [];
  for (const { path, content } of locks) {
    lists.push(await listOfCrates(place, path, content.slice(0, MAX_PACKAGES + 1)));
  }
  return { lists, skipped };
}

/** The crates that come from elsewhere. `null` for what is no TOML. Pure and total. */
function readCargoLock(text: string): Crate[] | null {
  const lock = parseToml(text);
  if (lock === null) return null;
  return listOf(memberOf(lock, 'package')).flatMap((value) => {
    const entry = objectOf(value);
    const name = textOf(memberOf(entry, 'name'));
    if (name === null || textOf(memberOf(entry, 'source')) === null) return [];
    return [{ name, version: textOf(memberOf(entry, 'version')) }];
  });
}

async function listOfCrates(
  place: Place,
  file: string,
  crates: readonly Crate[],
): Promise<PackageList> {
  const packages: LicensedPackage[] = [];
  for (const { name, version } of crates) {
    const statements = await vendoredStatements(place, directoryOf(file), { name, version });
    if (statements !== null)
      packages.push({ type: 'cargo', name, version, statements, scope: null });
  }
  const known = packages.length;
  return { file, packages, known, unknown: crates.length - known };
}

/** A crate of which there are several versions has the version in the name of its directory. */
async function vendoredStatements(
  place: Place,
  directory: string,
  { name, version }: Crate,
): Promise<LicenseStatement[] | null> {
  for (const folder of [name, `${name}-${version ?? ''}`]) {
    const text = await readInstalled(place, below(directory, `vendor/${folder}/Cargo.toml`));
    const manifest = objectOf(memberOf(parseToml(text ?? '') ?? {}, 'package'));
    const isIt = memberOf(manifest, 'name') === name && memberOf(manifest, 'version') === version;
    if (isIt) return statementsIn(manifest);
  }
  return null;
}

function statementsIn(manifest: Readonly<Record<string, unknown>>): LicenseStatement[] {
  const file = textOf(memberOf(manifest, 'license-file'));
  const stated = textOf(memberOf(manifest, 'license'));
  const text = stated ?? (file === null ? null : `SEE LICENSE IN ${file}`);
  return text === null ? [] : [{ texts: [text], isChoice: true }];
}
