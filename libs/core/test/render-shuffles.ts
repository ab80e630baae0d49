/**
 * A program of its own, for `same-bytes.spec.ts`: renders every format from so many shuffles of the same findings, and prints the
 * SHA-256 of what came out, one line for each format and each distinct hash.
 */
import { createHash } from 'node:crypto';
import { DIFF_FORMATS, DIFF_RENDERERS, renderDocument, SCAN_FORMATS } from '@securescan/core';
import {
  aDiffDocument,
  aHostileDocument,
  aScanDocument,
  SOME_BASE,
  SOME_FINDINGS,
  SOME_HEAD,
} from '@securescan/testing';

const SHUFFLES = Number(process.argv[2]);

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

function printHashes(format: string, texts: Iterable<string>): void {
  const hashes = new Set<string>();
  for (const text of texts) hashes.add(createHash('sha256').update(text).digest('hex'));
  for (const hash of hashes) process.stdout.write(`${format} ${hash}\n`);
}

function* shuffled(render: (shuffle: ReturnType<typeof shuffler>) => string): Generator<string> {
  for (let seed = 0; seed < SHUFFLES; seed += 1) yield render(shuffler(seed));
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
