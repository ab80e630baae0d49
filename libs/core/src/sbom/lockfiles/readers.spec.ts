import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import type { Lockfile, LockfileReader } from '../locked-package';
import { LOCKFILE_READERS } from './readers';

const FIXTURES = join(__dirname, '..', '__fixtures__');

/** Every file of every fixture that a reader takes for one of its kind. */
const SAMPLES = readdirSync(FIXTURES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), 'utf8') }))
  .flatMap(({ name, text }) => {
    const reader = LOCKFILE_READERS.find(({ reads }) => reads(name));
    return reader === undefined ? [] : [{ reader, text }];
  });

const nothing = (): null => null;

/** What holds of whatever a reader gives: keys are unique, and what is named by key is there. */
function expectSound(lockfile: Lockfile | null): void {
  if (lockfile === null) return;
  const keys = new Set(lockfile.packages.map(({ key }) => key));
  expect(keys.size).toBe(lockfile.packages.length);
  const named = lockfile.packages.flatMap(({ dependsOn }) => dependsOn ?? []);
  expect([...named, ...(lockfile.direct ?? [])].filter((key) => !keys.has(key))).toEqual([]);
  for (const { name, hashes } of lockfile.packages) {
    expect(name).not.toBe('');
    for (const { hex } of hashes) expect(hex).toMatch(/^(?:[0-9a-f]{2})+$/u);
  }
}

describe.each(LOCKFILE_READERS.map((reader) => [reader.tool, reader] as const))(
  'the reader of %s',
  (_tool, reader) => {
    it('gives nothing or a sound lock file for any text', () => {
      fc.assert(
        fc.property(anyText(), anyText(), (text, beside) => {
          expectSound(reader.read(text, () => beside));
        }),
      );
    });

    it('reads no other file of its directory than those that it names', () => {
      for (const { text } of samplesOf(reader)) {
        const asked = new Set<string>();
        reader.read(text, (name) => {
          asked.add(name);
          return null;
        });
        expect(reader.siblings).toEqual(expect.arrayContaining([...asked]));
      }
    });

    it('stays sound where parts of a lock file are missing, doubled or something else', () => {
      const samples = samplesOf(reader);
      expect(samples.length).toBeGreaterThan(0);
      fc.assert(
        fc.property(
          fc.constantFrom(...samples),
          fc.array(fc.record({ at: fc.nat(), drop: fc.nat(60), put: damage() }), { maxLength: 4 }),
          ({ text }, changes) => {
            const damaged = changes.reduce((whole, { at, drop, put }) => {
              const place = at % (whole.length + 1);
              return whole.slice(0, place) + put + whole.slice(place + drop);
            }, text);
            expectSound(reader.read(damaged, nothing));
          },
        ),
        { numRuns: 150 },
      );
    });

    it('gives the same for the same text', () => {
      for (const { text } of samplesOf(reader)) {
        expect(reader.read(text, nothing)).toEqual(reader.read(text, nothing));
      }
    });

    it('reads the ends of lines and the mark of Windows alike', () => {
      for (const { text } of samplesOf(reader)) {
        const windows = `\ufeff${text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')}`;
        expect(reader.read(windows, nothing)).toEqual(reader.read(text, nothing));
      }
    });

    it('takes time in proportion to the text', () => {
      for (const hostile of hostileTexts(reader)) {
        const short = timeOf(reader, hostile(4_000));
        const long = timeOf(reader, hostile(32_000));
        // Eight times the text; sixty-four times the time would be quadratic.
        expect(long).toBeLessThan(Math.max(24 * short, 400));
      }
    });
  },
);

function samplesOf(reader: LockfileReader): readonly { readonly text: string }[] {
  return SAMPLES.filter((sample) => sample.reader === reader);
}

function damage(): fc.Arbitrary<string> {
  const marks = [
    '',
    '\n',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '@',
    '/',
    '#',
    'null',
    '1',
    '- ',
  ];
  return fc.oneof(fc.constantFrom(...marks, '__proto__', 'constructor', '\ud800'), anyText());
}

/** Texts of a given number of pieces: much of the same, deep nests, and what ends too early. */
function hostileTexts(reader: LockfileReader): ((count: number) => string)[] {
  const heads = samplesOf(reader).map(({ text }) => text.slice(0, 120));
  const pieces = ['[', '{"a":', '{"dependencies":{"a":', '@', '/', '  ', '\n', ', ', '- ', '# '];
  const repeated = pieces.map((piece) => (count: number) => piece.repeat(count));
  return [
    ...repeated,
    ...heads.flatMap((head) =>
      ['\n"a@1", ', 'a: &a\n', '\n  a:\n', '/node_modules/a'].map(
        (piece) => (count: number) => `${head}${piece.repeat(count)}`,
      ),
    ),
    (count) => {
      const path = 'node_modules/a/'.repeat(count / 8).slice(0, -1);
      const dependencies = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`b${String(index)}`, '1']),
      );
      const packages = { '': {}, [path]: { version: '1', dependencies } };
      return JSON.stringify({ lockfileVersion: 3, packages, workspaces: {} });
    },
  ];
}

/** In milliseconds of the processor, the best of three: what other programs do meanwhile does not count. */
function timeOf(reader: LockfileReader, text: string): number {
  const times = [1, 2, 3].map(() => {
    const started = process.cpuUsage();
    reader.read(text, nothing);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000;
  });
  return Math.max(1, Math.min(...times));
}
