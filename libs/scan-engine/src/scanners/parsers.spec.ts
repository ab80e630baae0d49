import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expectGolden } from '@securescan/testing';
import { parseBandit } from './bandit';
import { ScannerOutputError } from './scanner-output.errors';
import { parseSemgrep } from './semgrep';

const FIXTURES = join(__dirname, '__fixtures__');

/** What the tools wrote over the trees beside it, the place of the tree replaced by `/project`. */
const CAPTURED = [
  { parse: parseSemgrep, name: 'semgrep/semgrep-1.90.0-first' },
  { parse: parseSemgrep, name: 'semgrep/semgrep-1.182.0-first' },
  { parse: parseSemgrep, name: 'semgrep/semgrep-1.182.0-second' },
  { parse: parseBandit, name: 'bandit/bandit-1.7.10' },
  { parse: parseBandit, name: 'bandit/bandit-1.9.4' },
].map((one) => ({ ...one, output: readFileSync(join(FIXTURES, `${one.name}.json`), 'utf8') }));

describe.each(CAPTURED)('$name', ({ parse, name, output }) => {
  it('becomes the expected findings', () => {
    const report = parse(output);
    expectGolden(join(FIXTURES, `${name}.findings.json`), `${JSON.stringify(report, null, 2)}\n`);
  });

  it('is read or refused when it is cut short', () => {
    for (let percent = 0; percent < 100; percent += 1) {
      expectReadOrRefused(parse, output.slice(0, Math.floor((output.length * percent) / 100)));
    }
  });

  it('is read or refused when bytes are flipped', () => {
    const bytes = Buffer.from(output);
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, mask] of changes) damaged.writeUInt8(damaged.readUInt8(at) ^ mask, at);
        expectReadOrRefused(parse, damaged.toString('utf8'));
      }),
      { numRuns: 300 },
    );
  });

  it('is read or refused when any value is replaced by one of another kind', () => {
    const original: unknown = JSON.parse(output);
    for (const path of pathsIn(original)) {
      for (const value of [null, 7, 1.5, -1, true, 'text', [], {}, [[]], [{}]]) {
        expectReadOrRefused(parse, JSON.stringify(withValue(original, path, value)));
      }
    }
  });
});

describe.each([
  { tool: 'semgrep', parse: parseSemgrep },
  { tool: 'bandit', parse: parseBandit },
])('parser of $tool', ({ parse }) => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a message', 'Traceback (most recent call last):'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object of nobody', '{}'],
    ['another tool', '{"results": {"failed_checks": []}}'],
    ['great depth', '['.repeat(100_000)],
    ['closed great depth', `{"results":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
  ])('refuses %s', (_name, output) => {
    expect(() => parse(output)).toThrow(ScannerOutputError);
  });

  it('reads or refuses any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (output) => {
        expectReadOrRefused(parse, output);
      }),
    );
  });
});

describe('parseSemgrep', () => {
  const result = (extra: object): string =>
    JSON.stringify({
      results: [{ check_id: 'a.b', path: 'x.py', start: { line: 3 }, end: { line: 4 }, extra }],
      errors: [],
      paths: { scanned: ['x.py'] },
    });

  it.each([
    ['CRITICAL', 'critical'],
    ['ERROR', 'high'],
    ['HIGH', 'high'],
    ['WARNING', 'medium'],
    ['MEDIUM', 'medium'],
    ['INFO', 'low'],
    ['low', 'low'],
    ['INVENTORY', 'info'],
    ['UNHEARD_OF', 'low'],
    [null, 'low'],
  ])('takes severity %s as %s', (severity, expected) => {
    expect(parseSemgrep(result({ severity })).findings[0]?.severity).toBe(expected);
  });

  it('does without a message and without metadata', () => {
    expect(parseSemgrep(result({ severity: 'ERROR' })).findings[0]).toMatchObject({
      ruleId: 'a.b',
      title: 'a.b',
      description: 'a.b',
      cwe: null,
      remediation: null,
      metadata: {},
    });
  });

  it('keeps a replacement as data and never as advice', () => {
    const [finding] = parseSemgrep(result({ severity: 'ERROR', fix: 'safe($X)' })).findings;
    expect(finding).toMatchObject({ remediation: null, metadata: { suggested_code: 'safe($X)' } });
  });

  it('refuses metadata that is nested beyond all reason', () => {
    const deep = `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const output = result({ metadata: 'HERE' }).replace('"HERE"', deep);
    expect(() => parseSemgrep(output)).toThrow(ScannerOutputError);
  });

  it('names the field that is wrong', () => {
    expect(() => parseSemgrep(result({ severity: 3 }))).toThrow(
      'The output of semgrep cannot be read: "results[0].extra.severity" is not a text.',
    );
  });

  it('says what was skipped and why', () => {
    const skipped = [
      { path: 'a.js', reason: 'exceeded_size_limit' },
      { path: 'dist/b.js', reason: 'cli_exclude_flags_match' },
    ];
    const output = JSON.stringify({ results: [], errors: [], paths: { scanned: [], skipped } });
    expect(parseSemgrep(output).skipped).toEqual([{ path: 'a.js', reason: 'exceeded size limit' }]);
  });
});

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
