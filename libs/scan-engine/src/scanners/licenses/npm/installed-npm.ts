import { memberOf, parsedJson, textOf } from '@securescan/core';
import { below } from '../../paths';
import { listInstalled, readInstalled, type LicenseStatement, type Place } from '../package-list';
import { licensesIn, type LockedPackage } from './npm-lock';

/** Directories that are looked into for packages of packages. */
const MAX_DIRECTORIES = 50_000;

/** What package managers have installed beside one lock file. */
export class InstalledNpm {
  private store: Promise<ReadonlyMap<string, string>> | null = null;
  private nested: Promise<ReadonlyMap<string, readonly string[]>> | null = null;

  constructor(
    private readonly place: Place,
    private readonly directory: string,
  ) {}

  /** What the package of exactly this version says of its licence; `null` where it is not installed. */
  async statementsOf(locked: LockedPackage): Promise<readonly LicenseStatement[] | null> {
    const atItsPlace = await this.read(below(this.directory, locked.path), locked);
    if (atItsPlace !== null) return atItsPlace;
    const stored = await this.pathInStore(locked);
    if (stored !== undefined) return this.read(stored, locked);
    if (!locked.mayBeNested) return null;
    this.nested ??= this.findNested();
    for (const path of (await this.nested).get(locked.name) ?? []) {
      const found = await this.read(path, locked);
      if (found !== null) return found;
    }
    return null;
  }

  private async read(
    path: string,
    { name, version }: LockedPackage,
  ): Promise<readonly LicenseStatement[] | null> {
    const manifest = parsedJson((await readInstalled(this.place, `${path}/package.json`)) ?? '');
    if (manifest === null || memberOf(manifest, 'name') !== name) return null;
    const isOther = version !== null && textOf(memberOf(manifest, 'version')) !== version;
    return isOther ? null : licensesIn(manifest);
  }

  /** pnpm keeps `@scope/name` 1.0.0 in `.pnpm/@scope+name@1.0.0`, with its peers behind that. */
  private async pathInStore({ name, version }: LockedPackage): Promise<string | undefined> {
    const directory = below(this.directory, 'node_modules/.pnpm');
    this.store ??= this.listStore(directory);
    const entry = (await this.store).get(`${name.replaceAll('/', '+')}@${version ?? ''}`);
    return entry === undefined ? undefined : `${directory}/${entry}/node_modules/${name}`;
  }

  private async listStore(directory: string): Promise<ReadonlyMap<string, string>> {
    const entries = await listInstalled(this.place, directory);
    return new Map(entries.map((entry) => [entry.replace(/(?!^)(@[^@_(]*)[_(].*$/u, '$1'), entry]));
  }

  /** Where a package is installed several times, by its name. */
  private async findNested(): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>();
    const pending = [below(this.directory, 'node_modules')];
    let left = MAX_DIRECTORIES;
    for (let next = pending.pop(); next !== undefined && left > 0; next = pending.pop()) {
      left -= 1;
      for (const name of await this.packagesIn(next)) {
        const path = `${next}/${name}`;
        found.set(name, [...(found.get(name) ?? []), path]);
        pending.push(`${path}/node_modules`);
      }
    }
    return found;
  }

  private async packagesIn(directory: string): Promise<string[]> {
    const names: string[] = [];
    for (const name of await listInstalled(this.place, directory)) {
      if (name.startsWith('.')) continue;
      if (!name.startsWith('@')) names.push(name);
      else {
        const scoped = await listInstalled(this.place, `${directory}/${name}`);
        names.push(...scoped.map((inner) => `${name}/${inner}`));
      }
    }
    return names;
  }
}
