import { memberOf, objectOf, textOf, type Untyped } from '../../json/untyped';

/** Deeper than npm ever nests, and what it costs to look upwards stays within bounds. */
const MAX_DEPTH = 64;
const MAX_PATH = 2_000;
const MODULES = 'node_modules/';

/** A place where npm puts a package or where the project keeps one of its own. */
export interface Place {
  /** Relative to the lock file: `node_modules/a/node_modules/b`, `packages/c`, empty for the project. */
  readonly path: string;
  /** The name by which it is found there. */
  readonly name: string;
  /** Where one looks on for what is not in its `node_modules`. */
  readonly parent: Place | null;
  readonly depth: number;
  readonly modules: Map<string, Place>;
  /** `null` for a directory of which nothing is said. */
  entry: Untyped | null;
}

export interface Places {
  readonly all: readonly Place[];
  /** Of entries that lie too deep to be looked at. */
  readonly tooDeep: number;
}

/** Places of version 2 and 3 of the format, which lists them by their paths. */
export function placesByPath(packages: Untyped): Places {
  const known = new Map<string, Place>([['', newPlace('', '', null)]]);
  let tooDeep = 0;
  for (const [path, value] of Object.entries(packages)) {
    const place = isTooLong(path) ? null : placeAt(path, known);
    if (place === null) tooDeep += 1;
    else place.entry = objectOf(value);
  }
  return { all: [...known.values()], tooDeep };
}

/** Places of version 1, where packages stand within packages. */
export function nestedPlaces(lock: Untyped): Places {
  const root = newPlace('', '', null);
  root.entry = lock;
  const all = [root];
  let tooDeep = 0;
  for (let index = 0; index < all.length; index += 1) {
    const within = all[index];
    if (within === undefined) break;
    for (const [name, value] of Object.entries(
      objectOf(memberOf(within.entry ?? {}, 'dependencies')),
    )) {
      const path = `${within.path}${within.path === '' ? '' : '/'}${MODULES}${name}`;
      if (within.depth >= MAX_DEPTH || path.length > MAX_PATH) {
        tooDeep += 1;
        continue;
      }
      const place = newPlace(path, name, within);
      place.entry = objectOf(value);
      within.modules.set(name, place);
      all.push(place);
    }
  }
  return { all, tooDeep };
}

/** Where Node finds a package: in the place's own `node_modules`, else in those of the directories above it. */
export function findFrom(start: Place, name: string): Place | null {
  for (let place: Place | null = start; place !== null; place = place.parent) {
    const found = place.modules.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether the project keeps it itself: its root, a member of its workspaces, or a link to a directory. */
export function isOwn({ path, entry }: Place): boolean {
  return !path.includes(MODULES) || entry === null || memberOf(entry, 'link') === true;
}

/** The name under which the package is published. */
export function publishedName({ name, entry }: Place): string {
  return textOf(memberOf(entry ?? {}, 'name')) ?? name;
}

function isTooLong(path: string): boolean {
  return path.length > MAX_PATH || path.split('/').length > 3 * MAX_DEPTH;
}

/** Makes the places above it too. `null` where there are too many. */
function placeAt(path: string, known: Map<string, Place>): Place | null {
  const earlier = known.get(path);
  if (earlier !== undefined) return earlier;
  const { above, name } = splitPath(path);
  const parent = placeAt(above, known);
  if (parent === null || parent.depth >= MAX_DEPTH) return null;
  const place = newPlace(path, name, parent);
  known.set(path, place);
  if (path.includes(MODULES)) parent.modules.set(name, place);
  return place;
}

function splitPath(path: string): { readonly above: string; readonly name: string } {
  const cut = path.lastIndexOf(`/${MODULES}`);
  if (cut !== -1) return { above: path.slice(0, cut), name: path.slice(cut + 1 + MODULES.length) };
  if (path.startsWith(MODULES)) return { above: '', name: path.slice(MODULES.length) };
  const slash = path.lastIndexOf('/');
  return { above: slash === -1 ? '' : path.slice(0, slash), name: path.slice(slash + 1) };
}

function newPlace(path: string, name: string, parent: Place | null): Place {
  const depth = parent === null ? 0 : parent.depth + 1;
  return { path, name, parent, depth, modules: new Map(), entry: null };
}
