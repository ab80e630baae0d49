import { listOf, memberOf, objectOf, parsedJson, textOf } from '@securescan/core';
import { baseName } from '../paths';
import {
  readLocks,
  type Inventory,
  type LicensedPackage,
  type LicenseStatement,
  type Place,
} from './package-list';

/** Every `composer.lock`. Composer notes the licences of all packages there. */
export async function composerInventory(place: Place): Promise<Inventory> {
  const { locks, skipped } = await readLocks(place, (path) =>
    baseName(path) === 'composer.lock' ? readComposerLock : null,
  );
  const lists = locks.map(({ path, content }) => ({
    file: path,
    packages: content,
    known: content.length,
    unknown: 0,
  }));
  return { lists, skipped };
}

/** `null` for what is no `composer.lock`. Pure and total. */
function readComposerLock(text: string): LicensedPackage[] | null {
  const lock = parsedJson(text);
  if (lock === null || !Array.isArray(memberOf(lock, 'packages'))) return null;
  return [...packagesIn(lock['packages'], null), ...packagesIn(lock['packages-dev'], 'dev')];
}

function packagesIn(value: unknown, scope: LicensedPackage['scope']): LicensedPackage[] {
  return listOf(value).flatMap((item) => {
    const entry = objectOf(item);
    const name = textOf(memberOf(entry, 'name'));
    if (name === null) return [];
    const version = textOf(memberOf(entry, 'version'));
    const statements = statementsIn(memberOf(entry, 'license'));
    return [{ type: 'composer', name, version, statements, scope }];
  });
}

/** Of several licences in a list one may be chosen: https://getcomposer.org/doc/04-schema.md#license */
function statementsIn(license: unknown): LicenseStatement[] {
  const values = Array.isArray(license) ? listOf(license) : [license];
  const texts = values.flatMap((value) => textOf(value) ?? []);
  return texts.length === 0 ? [] : [{ texts, isChoice: true }];
}
