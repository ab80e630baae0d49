/**
 * A program of its own, for `hashes-everywhere.ts`: renders every format from so many shuffles of the same findings, and prints the
 * SHA-256 of what came out, one line for each format and each distinct hash.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SBOM_FORMATS, DIFF_FORMATS, SCAN_FORMATS } from '@securescan/contracts';
import {
  DIFF_RENDERERS,
  LOCKFILE_READERS,
  renderDocument,
  SBOM_RENDERERS,
  toSbomDocument,
  type FoundLockfile,
} from '@securescan/core';
import {
  aDiffDocument,
  aHostileDocument,
  aScanDocument,
  SOME_BASE,
  SOME_FINDINGS,
  SOME_HEAD,
} from '@securescan/testing';

const [SHUFFLES = 0, FIRST_SEED = 0] = process.argv.slice(2).map(Number);
const LOCKFILES = join(__dirname, '..', 'src', 'sbom', '__fixtures__');

/** A linear congruential generator with the constants of Numerical Recipes: the same shuffles in every process. */
function shuffler(seed: number): <T>(items: readonly T[]) => T[] {
  let state = seed;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % bound;
  };
  return (items) => {
    const rest = [...items];
    return items.flatMap(() => rest.splice(below(rest.length), 1));
  };
}

/** Every lock file of the fixtures, as though they all stood in one tree. */
function lockfiles(): FoundLockfile[] {
  return readdirSync(LOCKFILES, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const reader = LOCKFILE_READERS.find(({ reads }) => reads(path));
    const text = reader === undefined ? '' : readFileSync(join(LOCKFILES, path), 'utf8');
    const lockfile = reader?.read(text, () => null) ?? null;
    return lockfile === null ? [] : [{ path, lockfile }];
  });
}

function printHashes(format: string, texts: Iterable<string>): void {
  const hashes = new Set<string>();
  for (const text of texts) hashes.add(createHash('sha256').update(text).digest('hex'));
  for (const hash of hashes) process.stdout.write(`${format} ${hash}\n`);
}

function* shuffled(render: (shuffle: ReturnType<typeof shuffler>) => string): Generator<string> {
  for (let seed = 0; seed < SHUFFLES; seed += 1) yield render(shuffler(FIRST_SEED + seed));
}

for (const format of SCAN_FORMATS) {
  printHashes(
    format,
    shuffled((shuffle) => renderDocument(format, aScanDocument(shuffle(SOME_FINDINGS)))),
  );
  printHashes(`${format}-hostile`, [renderDocument(format, aHostileDocument())]);
}
for (const format of DIFF_FORMATS) {
  printHashes(
    `diff-${format}`,
    shuffled((shuffle) =>
      [
        ...DIFF_RENDERERS[format](aDiffDocument({}, shuffle(SOME_BASE), shuffle(SOME_HEAD)), {}),
      ].join(''),
    ),
  );
}
const found = lockfiles();
for (const format of SBOM_FORMATS) {
  printHashes(
    format,
    shuffled((shuffle) => {
      const document = toSbomDocument(shuffle(found), {
        toolVersion: '1.2.3',
        lister: null,
        chosenName: null,
        project: 'example.org/shop',
        created: null,
        isComplete: true,
        notes: [],
      });
      return [...SBOM_RENDERERS[format].render(document)].join('');
    }),
  );
}
