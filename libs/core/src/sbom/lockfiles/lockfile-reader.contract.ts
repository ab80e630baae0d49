import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import type { LockedPackage, Lockfile, LockfileReader, PackageHash } from '../locked-package';

interface Sample {
  readonly text: string;
  /** Texts of the files beside it by their names. */
  readonly siblings?: Readonly<Record<string, string>>;
}

interface Format {
  readonly paths: readonly string[];
  readonly otherPaths: readonly string[];
  /** By the names of their goldens. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** A lock file that pins a package of each name. */
  readonly lockOf: (names: readonly string[]) => string;
  /** Beginnings that a reader could follow for long, and never to the end. */
  readonly hostile: readonly string[];
  /** How many of `PROTOTYPE_NAMES` no package of its kind can have. */
  readonly impossibleNames?: number;
}

const FIXTURES = join(__dirname, '..', '__fixtures__');
const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
const HEX_LENGTHS: Readonly<Record<PackageHash['algorithm'], number>> = {
  MD5: 32,
  'SHA-1': 40,
  'SHA-256': 64,
  'SHA-384': 96,
  'SHA-512': 128,
};

/** A file of a directory of fixtures, with the others there as its siblings. */
export function fixture(directory: string, file: string): Sample {
  const read = (name: string): string => readFileSync(join(FIXTURES, directory, name), 'utf8');
  const others = readdirSync(join(FIXTURES, directory)).filter((name) => name !== file);
  return {
    text: read(file),
    siblings: Object.fromEntries(others.map((name) => [name, read(name)])),
  };
}

/** What holds for every reader: total, pure, linear in time, bounded, and never in contradiction with itself. */
export function describeLockfileReader(
  name: string,
  reader: LockfileReader,
  { paths, otherPaths, samples, lockOf, hostile, impossibleNames = 0 }: Format,
): void {
  const read = ({ text, siblings = {} }: Sample): Lockfile | null => {
    const lockfile = reader.read(text, (sibling) => {
      expect(reader.siblings).toContain(sibling);
      return Object.hasOwn(siblings, sibling) ? (siblings[sibling] ?? null) : null;
    });
    if (lockfile !== null) expectSound(lockfile);
    return lockfile;
  };
  const all = Object.entries(samples);

  describe(`reader of ${name}`, () => {
    it('knows its files by their paths', () => {
      const read = [...paths, ...otherPaths].filter((path) => reader.reads(path));
      expect(read).toEqual(paths);
    });

    it.each(all)('reads %s', (title, sample) => {
      const golden = join(__dirname, '__goldens__', `${name}.${title}.json`);
      expectGolden(golden, `${JSON.stringify(read(sample), null, 2)}\n`);
    });

    it.each(all)(
      'reads %s with the ends of lines and the mark of Windows alike',
      (_title, sample) => {
        const text = `\ufeff${sample.text.replaceAll('\n', '\r\n')}`;
        expect(read({ ...sample, text })).toEqual(read(sample));
      },
    );

    it.each(all)('takes %s in the middle of a merge for no lock file', (_title, sample) => {
      const half = sample.text.indexOf('\n', sample.text.length / 2) + 1;
      const line = sample.text.slice(half, sample.text.indexOf('\n', half) + 1);
      const marked = `<<<<<<< HEAD\n${line}=======\n${line}>>>>>>> other\n`;
      const text = `${sample.text.slice(0, half)}${marked}${sample.text.slice(half + line.length)}`;
      expect(read({ ...sample, text })).toBeNull();
    });

    it.each(all)('reads or refuses %s when it is cut short', (_title, sample) => {
      for (let percent = 0; percent < 100; percent += 1) {
        const end = Math.floor((sample.text.length * percent) / 100);
        read({ ...sample, text: sample.text.slice(0, end) });
      }
    });

    it.each(all)('reads or refuses %s when parts of it are replaced', (_title, sample) => {
      fc.assert(
        fc.property(damaged(sample.text), (text) => {
          read({ ...sample, text });
        }),
        { numRuns: 100 },
      );
    });

    it.each(all)('reads %s whatever stands in the files beside it', (_title, sample) => {
      const texts = fc.oneof(anyText(), ...all.map(([, { text }]) => damaged(text)));
      fc.assert(
        fc.property(texts, (text) => {
          const siblings = Object.fromEntries(reader.siblings.map((sibling) => [sibling, text]));
          expect(read({ ...sample, siblings })).not.toBeNull();
        }),
        { numRuns: 50 },
      );
    });

    it('reads or refuses any text', () => {
      fc.assert(
        fc.property(fc.oneof(anyText(), fc.json()), (text) => {
          read({ text });
        }),
      );
    });

    it('knows packages that are called like what all objects have', () => {
      const lockfile = read({ text: lockOf(PROTOTYPE_NAMES) });
      expect(lockfile?.packages).toHaveLength(PROTOTYPE_NAMES.length - impossibleNames);
    });

    it('has each package once that the file repeats', () => {
      expect(read({ text: lockOf(['a', 'b', 'a']) })?.packages ?? []).toHaveLength(2);
    });

    // Growth, not time: eight times the text may cost eight times as much and some noise, not sixty-four times.
    it('takes time in step with the packages', () => {
      const cost = (count: number): number => costOf(reader, lockOf(namesUpTo(count)));
      cost(1_000);
      expect(cost(8_000) / Math.max(cost(1_000), 5_000)).toBeLessThan(32);
    });

    it.each(hostile)('takes time in step with a long text of %j', (unit) => {
      const small = unit.repeat(Math.ceil(16_000 / unit.length));
      costOf(reader, small);
      const base = Math.max(costOf(reader, small), 5_000);
      expect(costOf(reader, small.repeat(8)) / base).toBeLessThan(32);
    });
  });
}

/** No two packages of one key, no key of nothing, and every hash as long as it must be. */
function expectSound({ packages, direct, notes }: Lockfile): void {
  const keys = new Set(packages.map(({ key }) => key));
  const named = [...(direct ?? []), ...packages.flatMap(({ dependsOn }) => dependsOn ?? [])];
  expect({
    keys: keys.size,
    ofNothing: named.filter((key) => !keys.has(key)),
    direct: new Set(direct).size,
    unsound: packages.filter((locked) => !isSound(locked)),
  }).toEqual({ keys: packages.length, ofNothing: [], direct: direct?.length ?? 0, unsound: [] });
  expect(notes.length).toBeLessThan(20);
}

function isSound({ key, name, dependsOn, hashes, archives = [] }: LockedPackage): boolean {
  const all = [...hashes, ...archives.flatMap((archive) => archive.hashes)];
  const areHashes = all.every(
    ({ algorithm, hex }) => /^[0-9a-f]+$/u.test(hex) && hex.length === HEX_LENGTHS[algorithm],
  );
  return name !== '' && areHashes && !(dependsOn?.includes(key) ?? false);
}

/** The text with some of its values, brackets and characters replaced by others, and some of its lines gone or repeated. */
function damaged(text: string): fc.Arbitrary<string> {
  const values = Array.from(text.matchAll(/"[^"\n]*"|\[[^\]]*\]|\{[^}]*\}|<[^>]*>|\S+/gu));
  const others = [
    '7',
    '[]',
    '{}',
    '[{}]',
    '"x"',
    'null',
    'true',
    '',
    '"',
    '"\\u0000"',
    '(',
    '\n',
    '<x/>',
  ];
  const replaced = fc
    .tuple(fc.nat(values.length), fc.oneof(fc.constantFrom(...others), anyText()))
    .map(([index, other]) => {
      const value = values[index];
      if (value === undefined) return `${text}${other}`;
      return `${text.slice(0, value.index)}${other}${text.slice(value.index + value[0].length)}`;
    });
  const lines = text.split('\n');
  const moved = fc
    .array(fc.nat(lines.length - 1), { maxLength: lines.length })
    .map((indexes) => indexes.map((index) => lines[index]).join('\n'));
  return fc.oneof(replaced, moved);
}

function namesUpTo(count: number): string[] {
  return Array.from({ length: count }, (_item, index) => `n${String(index)}`);
}

/** Processor time in microseconds: what other programs do meanwhile does not count. */
function costOf(reader: LockfileReader, text: string): number {
  const started = process.cpuUsage();
  reader.read(text, () => null);
  const used = process.cpuUsage(started);
  return used.user + used.system;
}
