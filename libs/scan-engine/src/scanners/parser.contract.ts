import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import { expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import type { ExternalScanner, ScannerReport } from '../scanner';
import { ScannerOutputError } from './scanner-output.errors';

type Parse = (output: string) => ScannerReport;

interface Format {
  /** How the tool writes, which is also how its captured outputs are named. */
  readonly extension?: 'json' | 'xml';
  /** What the calls of the captured outputs were about. */
  readonly subject?: string;
  /** Of the outputs that no parser should take, those that mean something here: an empty list, say. */
  readonly accepts?: readonly string[];
}

const FIXTURES = join(__dirname, '__fixtures__');
const GOLDEN = '.findings.json';

const NOBODYS_OUTPUT: readonly [name: string, output: string][] = [
  ['nothing', ''],
  ['white space', ' \n'],
  ['a message', 'Traceback (most recent call last):'],
  ['null', 'null'],
  ['a list', '[]'],
  ['an object of nobody', '{}'],
  ['another tool', '{"results": {"failed_checks": 7}}'],
  ['great depth', '['.repeat(100_000)],
  ['closed great depth', `{"results":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
];

/**
 * What holds for every parser: the captured outputs in `__fixtures__/<tool>/` (one file per version, `<tool>-<version>.json`)
 * become the findings that stand beside them, and whatever a tool writes is read or refused with ScannerOutputError.
 */
export function describeParserContract(
  tool: string,
  parser: ExternalScanner['parse'],
  { extension = 'json', subject = '', accepts = [] }: Format = {},
): void {
  const captured = capturedOutputs(tool, extension);
  const parse: Parse = (output) => parser(output, subject);
  const refused = NOBODYS_OUTPUT.filter(([, output]) => !accepts.includes(output));

  describe(`parser of ${tool}`, () => {
    it('has output captured from the real tool', () => {
      expect(captured.map(({ name }) => name)).not.toEqual([]);
    });

    it.each(refused)('refuses %s', (_name, output) => {
      expect(() => parse(output)).toThrow(ScannerOutputError);
    });

    it('reads or refuses any JSON', () => {
      fc.assert(fc.property(fc.json(), (output) => expectReadOrRefused(parse, output)));
    });

    for (const one of captured) {
      describeCaptured(tool, one, parse);
      if (extension === 'json') describeReplacedValues(one, parse);
    }
  });
}

interface Captured {
  readonly name: string;
  readonly output: string;
}

function capturedOutputs(tool: string, extension: string): Captured[] {
  const directory = join(FIXTURES, tool);
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files
    .filter((file) => file.endsWith(`.${extension}`) && !file.endsWith(GOLDEN))
    .sort(compareCodePoints)
    .map((file) => ({
      name: file.slice(0, -`.${extension}`.length),
      output: readFileSync(join(directory, file), 'utf8'),
    }));
}

function describeCaptured(tool: string, { name, output }: Captured, parse: Parse): void {
  describe(`over ${name}`, () => {
    it('gives the expected findings', () => {
      const report = `${JSON.stringify(parse(output), null, 2)}\n`;
      expectGolden(join(FIXTURES, tool, `${name}${GOLDEN}`), report);
    });

    it('reads or refuses it when it is cut short', () => {
      for (let percent = 0; percent < 100; percent += 1) {
        expectReadOrRefused(parse, output.slice(0, Math.floor((output.length * percent) / 100)));
      }
    });

    it('reads or refuses it when bytes are flipped', () => {
      const bytes = Buffer.from(output);
      const flip = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }));
      const flips = fc.array(flip, { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(flips, (changes) => {
          const damaged = Buffer.from(bytes);
          for (const [at, mask] of changes) damaged.writeUInt8(damaged.readUInt8(at) ^ mask, at);
          expectReadOrRefused(parse, damaged.toString('utf8'));
        }),
        { numRuns: 300 },
      );
    });
  });
}

function describeReplacedValues({ name, output }: Captured, parse: Parse): void {
  describe(`over ${name}`, () => {
    it('reads or refuses it when any value is replaced by one of another kind', () => {
      const original: unknown = JSON.parse(jsonIn(output));
      for (const path of oneOfEachShape(pathsIn(original))) {
        for (const value of [null, 7, 1.5, -1, true, 'text', [], {}, [[]], [{}]]) {
          expectReadOrRefused(parse, JSON.stringify(withValue(original, path, value)));
        }
      }
    });
  });
}

/** Some tools announce things before and behind their report. */
function jsonIn(output: string): string {
  const end = Math.max(output.lastIndexOf('}'), output.lastIndexOf(']'));
  return output.slice(output.search(/^[{[]/mu), end + 1);
}

function expectReadOrRefused(parse: (output: string) => unknown, output: string): void {
  try {
    parse(output);
  } catch (error) {
    // Expected: the one error that a parser may throw.
    expect(error).toBeInstanceOf(ScannerOutputError);
    expect(error).toMatchObject({ code: 'TOOL_OUTPUT_INVALID', kind: 'operational' });
  }
}

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, child]) => pathsIn(child, [...path, key]))];
}

/** A reader treats the elements of a list alike, so the first path through each list stands for those through the others. */
function oneOfEachShape(paths: readonly Path[]): readonly Path[] {
  const shapes = new Map<string, Path>();
  for (const path of paths) {
    const shape = JSON.stringify(path.map((key) => (typeof key === 'number' ? 0 : key)));
    if (!shapes.has(shape)) shapes.set(shape, path);
  }
  return [...shapes.values()];
}

function withValue(original: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(original)) {
    return original.map((item: unknown, index) =>
      index === key ? withValue(item, rest, value) : item,
    );
  }
  const object = original as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withValue(object[key], rest, value) };
}
