import type { LockedArchive, PackageHash } from '../../locked-package';
import { memberOf, objectOf, type Untyped } from '../../../json/untyped';
import { hashAlgorithm, hashOf } from '../integrity';
import { objectIn, objectsIn, textIn } from '../lock-object';

/** The one hash in `sha256:…`; none for what is none, or of an algorithm that no document knows. */
export function readHash(text: string | null): PackageHash[] {
  const [name = '', hex = ''] = (text ?? '').trim().split(':', 2);
  const algorithm = hashAlgorithm(name);
  return algorithm === null ? [] : hashOf(algorithm, hex);
}

/** Archives by their hashes alone. */
export function archivesByHash(hashes: readonly string[]): LockedArchive[] {
  return [...new Set(hashes)].flatMap((text) => {
    const read = readHash(text);
    return read.length === 0 ? [] : [{ file: null, hashes: read }];
  });
}

/** Archives in the way of poetry, pdm and uv: `{ file | url, hash }`. */
export function archivesIn(files: readonly Untyped[]): LockedArchive[] {
  return files.map((file) => ({
    file: fileName(file),
    hashes: readHash(textIn(file, 'hash')),
  }));
}

/** The source archive and the wheels of a `pylock.toml` (PEP 751) or `uv.lock`. */
export function sourceAndWheels(entry: Untyped): Untyped[] {
  const source = objectIn(entry, 'sdist');
  return [...(Object.keys(source).length === 0 ? [] : [source]), ...objectsIn(entry, 'wheels')];
}

/** Archives in the way of PEP 751: `hashes` is a table. */
export function archivesByTable(files: readonly Untyped[]): LockedArchive[] {
  return files.map((file) => {
    const hashes = objectOf(memberOf(file, 'hashes'));
    return {
      file: fileName(file),
      hashes: Object.keys(hashes).flatMap((name) =>
        readHash(`${name}:${textIn(hashes, name) ?? ''}`),
      ),
    };
  });
}

/** Its own name, or the last part of where it lies. */
function fileName(file: Untyped): string | null {
  const stated = textIn(file, 'name') ?? textIn(file, 'file');
  const place = stated ?? textIn(file, 'url') ?? textIn(file, 'path') ?? textIn(file, 'filename');
  const path = place === null ? null : /^[^?#]{1,1000}/u.exec(place)?.[0];
  return path?.slice(path.lastIndexOf('/') + 1) || null;
}
