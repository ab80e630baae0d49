import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyText, expectGolden, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import { fingerprintOf } from '../fingerprint/fingerprint';
import { lineContext } from '../fingerprint/line-context';
import type { Finding } from '../model/finding';
import { isActive, suppressionOf } from '../model/suppression';
import { assembleImport } from './assemble-import';
import { readImport } from './read-import';

const AWS_KEY = `AKIA${randomToken(16, 5, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
/** Of no form that any pattern knows. */
const UNKNOWN_SECRET = 'our-dog-is-called-rex';

const BY_TOOL: Readonly<Record<string, { secret?: string; sourceRoot?: string }>> = {
  checkov: {},
  codeql: {},
  eslint: { sourceRoot: '/build/shop' },
  gitleaks: { secret: UNKNOWN_SECRET },
  'many-forms': {},
  semgrep: {},
  trivy: { secret: AWS_KEY },
};

function logOf(tool: string): string {
  const { secret = '' } = BY_TOOL[tool] ?? {};
  const path = join(__dirname, '__fixtures__', `${tool}.sarif.json`);
  return readFileSync(path, 'utf8').replaceAll('@@SECRET@@', secret);
}

function imported(text: string, sourceRoot: string | null = null) {
  const document = readImport(text, { sourceRoot });
  return { document, ...assembleImport(document) };
}

/** A log with one result, and what else it has. */
function log(result: object, run: object = {}): string {
  const tool = { driver: { name: 'Checker', rules: [{ id: 'R' }] } };
  const results = [{ ruleId: 'R', message: { text: 'Something.' }, ...result }];
  return JSON.stringify({ version: '2.1.0', runs: [{ tool, results, ...run }] });
}

const at = (uri: string, region: object = { startLine: 1 }, more: object = {}): object => ({
  locations: [{ physicalLocation: { artifactLocation: { uri, ...more }, region } }],
});

function only(text: string, sourceRoot: string | null = null): Finding {
  const { findings } = imported(text, sourceRoot);
  const [finding] = findings;
  if (finding === undefined || findings.length > 1) throw new RangeError('not exactly one finding');
  return finding;
}

function refusalOf(text: string): string {
  try {
    readImport(text, { sourceRoot: null });
  } catch (error) {
    if (error instanceof UserError && error.code === 'IMPORT_INVALID') return error.message;
    throw error;
  }
  throw new RangeError('it was not refused');
}

describe('what tools write', () => {
  it.each(Object.keys(BY_TOOL))('%s', (tool) => {
    const { document, findings, tools, summary } = imported(
      logOf(tool),
      BY_TOOL[tool]?.sourceRoot ?? null,
    );
    const { project, scanTypes } = document;
    const shown = findings.map(({ id: _id, complianceTags: _tags, ...finding }) => finding);
    const text = JSON.stringify({ project, scanTypes, tools, summary, findings: shown }, null, 2);
    expectGolden(join(__dirname, '__goldens__', `${tool}.json`), `${text}\n`);
  });

  it.each(['gitleaks', 'trivy'])('a secret in a log of %s is stored nowhere', (tool) => {
    const { findings } = imported(logOf(tool));
    expect(JSON.stringify(findings)).not.toContain(BY_TOOL[tool]?.secret);
  });

  it('a secret decides identity by sixteen bits alone', () => {
    const one = imported(logOf('gitleaks')).findings[0];
    const other = imported(logOf('gitleaks').replaceAll(UNKNOWN_SECRET, 'our-cat-is-called-tom'));
    expect(one?.fingerprint).not.toBe(other.findings[0]?.fingerprint);
    const alias = one?.aliases[0];
    expect(alias?.lineContext).toMatch(/^<imported-secret:[0-9a-f]{4}>$/);
  });
});

describe('identity', () => {
  const region = { startLine: 3, snippet: { text: '  eval( x )\n' } };

  it('is that of a scan which read the same line', () => {
    const context = lineContext(['  eval( x )'], 'src/a.js');
    const expected = { scanner: 'checker', ruleId: 'R', filePath: 'src/a.js', cwe: null };
    expect(only(log(at('src/a.js', region))).fingerprint).toBe(
      fingerprintOf({ ...expected, lineContext: context }),
    );
  });

  it('is never taken from the document', () => {
    const own = only(log(at('a.js', region))).fingerprint;
    const claims = { fingerprints: { v1: 'f'.repeat(64) }, guid: 'f', fingerprint: 'f' };
    expect(only(log({ ...at('a.js', region), ...claims })).fingerprint).toBe(own);
  });

  it('does not hang on the number of the line', () => {
    const moved = { ...region, startLine: 30 };
    expect(only(log(at('a.js', moved))).fingerprint).toBe(
      only(log(at('a.js', region))).fingerprint,
    );
  });

  it('comes from whole lines of the context where the region quotes a part', () => {
    const part = { startLine: 3, startColumn: 3, snippet: { text: 'eval' } };
    const context = { startLine: 2, snippet: { text: 'f {\n  eval( x )\n}' } };
    const locations = [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a.js' },
          region: part,
          contextRegion: context,
        },
      },
    ];
    expect(only(log({ locations })).fingerprint).toBe(only(log(at('a.js', region))).fingerprint);
  });

  it('is told apart by the partial fingerprint where no line is quoted, whatever number that line has', () => {
    const prints = (print: string) => ({ partialFingerprints: { primaryLocationLineHash: print } });
    const [one, moved, other] = ['ab12:1', 'ab12:2', 'cd34:1'].map(
      (print, index) =>
        only(log({ ...at('a.js', { startLine: index + 1 }), ...prints(print) })).fingerprint,
    );
    expect(moved).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe('paths', () => {
  it.each<[string, string | null]>([
    ['src/a.ts', 'src/a.ts'],
    ['./src//b/../a.ts', 'src/a.ts'],
    ['src%2Fa%20b.ts', 'src/a b.ts'],
    ['src\\win\\a.ts', 'src/win/a.ts'],
    ['100%.ts', '100%.ts'],
    ['cafe\u0301.ts', 'caf\u00e9.ts'],
    ['file:///work/shop/src/a.ts', 'src/a.ts'],
    ['file://localhost/work/shop/src/a.ts', 'src/a.ts'],
    ['/work/shop/src/a.ts', 'src/a.ts'],
    ['..', null],
    ['src/../../a.ts', null],
    ['%2e%2e/a.ts', null],
    ['..\\..\\a.ts', null],
    ['/etc/passwd', null],
    ['file:///work/shopping/a.ts', null],
    ['file:///work/shop/../a.ts', null],
    ['C:\\work\\a.ts', null],
    ['https://shop.test/login', null],
    ['a%00b.ts', null],
    ['/work/shop', null],
    ['.', null],
    ['a'.repeat(5000), null],
  ])('%j becomes %j', (uri, expected) => {
    const results = [uri, 'known.ts'].map((each) => ({
      ruleId: each === uri ? 'R' : 'K',
      message: { text: 'Something.' },
      ...at(each),
    }));
    const { findings } = imported(log({}, { results }), '/work/shop');
    expect(findings.find(({ ruleId }) => ruleId === 'R')?.filePath).toBe(expected);
  });

  it('lie below nested bases, and below the root that a run names', () => {
    const bases = {
      '%SRCROOT%': { uri: 'file:///work/shop/' },
      LIB: { uri: 'lib/', uriBaseId: '%SRCROOT%' },
      BIN: { uri: 'file:///work/shop/bin' },
    };
    const path = (uri: string, uriBaseId?: string) =>
      only(log(at(uri, {}, { uriBaseId }), { originalUriBaseIds: bases })).filePath;
    expect(path('a.ts', '%SRCROOT%')).toBe('a.ts');
    expect(path('a.ts', 'LIB')).toBe('lib/a.ts');
    expect(path('a.ts', 'BIN')).toBe('bin/a.ts');
    expect(path('a.ts', 'UNKNOWN')).toBe('a.ts');
    expect(path('file:///work/shop/x/a.ts')).toBe('x/a.ts');
  });

  it('that all lie nowhere are refused, with the word that helps', () => {
    expect(refusalOf(log(at('/home/ada/a.ts')))).toMatch(
      /"runs\[0\]\.results\[0\]\.locations\[0\]\.physicalLocation\.artifactLocation" is not a place below .*source_root/,
    );
  });

  it('that lie nowhere beside others are counted', () => {
    expect(imported(logOf('many-forms')).tools[0]?.notes).toEqual([
      '1 results name a path outside the sources, which was left out',
    ]);
  });
});

describe('severity', () => {
  it.each<[object, object, string]>([
    [{ level: 'error' }, {}, 'high'],
    [{ level: 'note' }, { defaultConfiguration: { level: 'error' } }, 'low'],
    [{}, { defaultConfiguration: { level: 'error' } }, 'high'],
    [{}, {}, 'medium'],
    [{ level: 'none' }, {}, 'info'],
    [{ kind: 'open' }, { defaultConfiguration: { level: 'error' } }, 'info'],
    [{ level: 'note' }, { properties: { 'security-severity': '9.0' } }, 'critical'],
    [{}, { properties: { 'security-severity': 7 } }, 'high'],
    [{}, { properties: { 'security-severity': '4.0' } }, 'medium'],
    [{}, { properties: { 'security-severity': '0.1' } }, 'low'],
    [{}, { properties: { 'security-severity': '0.0' } }, 'info'],
    [{ level: 'error' }, { properties: { 'security-severity': '11' } }, 'high'],
    [{ level: 'error' }, { properties: { 'security-severity': '' } }, 'high'],
    [
      { properties: { 'security-severity': '2.0' } },
      { properties: { 'security-severity': '9.8' } },
      'low',
    ],
    [{ level: 'fatal' }, {}, 'medium'],
  ])('%j by a rule of %j is %s', (result, rule, expected) => {
    const tool = { driver: { name: 'Checker', rules: [{ id: 'R', ...rule }] } };
    expect(only(log(result, { tool })).severity).toBe(expected);
  });
});

describe('weaknesses', () => {
  it.each<[object, string | null]>([
    [{ properties: { tags: ['external/cwe/cwe-079'] } }, 'CWE-79'],
    [{ properties: { tags: ['security', 'CWE-89: SQL injection', 'CWE-1'] } }, 'CWE-89'],
    [{ properties: { tags: ['cwe'] } }, null],
    [{ properties: { tags: 'CWE-89' } }, null],
    [{ relationships: [{ target: { id: '22', toolComponent: { name: 'CWE' } } }] }, 'CWE-22'],
    [{ relationships: [{ target: { id: '22', toolComponent: { name: 'OWASP' } } }] }, null],
  ])('of a rule with %j: %s', (rule, expected) => {
    const tool = { driver: { name: 'Checker', rules: [{ id: 'R', ...rule }] } };
    expect(only(log({}, { tool })).cwe).toBe(expected);
  });
});

describe('suppressions', () => {
  const states = (...list: readonly (string | undefined)[]) =>
    only(log({ suppressions: list.map((status) => ({ kind: 'external', status })) }));

  it('hold where every one is accepted, as the word of the document', () => {
    expect(suppressionOf(states('accepted', undefined))).toEqual({
      kind: 'import',
      reason: 'Checker, outside the source',
    });
  });

  it('do not hold while one is under review, but that is shown', () => {
    const finding = states('accepted', 'underReview');
    expect(isActive(finding)).toBe(true);
    expect(finding.metadata['suppression_requested']).toBe(true);
  });

  it('do not hold where one was rejected', () => {
    expect(isActive(states('accepted', 'rejected'))).toBe(true);
  });

  it('come from suppressions alone: properties cannot hide anything', () => {
    const properties = { suppressed_by: 'inline', metadata: { suppressed_by: 'inline' } };
    expect(isActive(only(log({ properties })))).toBe(true);
  });
});

describe('a document that is refused', () => {
  const run = (change: object) => log({}, change);
  const result = (change: object) => log(change);

  it.each<[string, RegExp]>([
    ['', /it is empty/],
    ['%PDF-1.7', /it is not JSON/],
    ['[]', /the top level is not an object/],
    ['{}', /neither "runs".* nor "tool" and "findings"/],
    ['{"version":"2.0.0","runs":[]}', /"version" is not "2\.1\.0"/],
    ['{"runs":[]}', /"version" is not "2\.1\.0"/],
    ['{"version":"2.1.0","runs":[]}', /"runs" is not a list with at least one run/],
    ['{"version":"2.1.0","runs":{}}', /"runs" is not a list/],
    ['{"version":"2.1.0","runs":[7]}', /"runs\[0\]" is not an object/],
    ['{"version":"2.1.0","runs":[{}]}', /"runs\[0\]\.tool" is not an object/],
    [run({ tool: { driver: {} } }), /"runs\[0\]\.tool\.driver\.name" is not a text/],
    [run({ tool: { driver: { name: '' } } }), /driver\.name" is not a text of 1 to 500/],
    [run({ tool: { driver: { name: '§' } } }), /driver\.name" is not a name with letters/],
    [run({ tool: { driver: { name: 'SecureScan' } } }), /of SecureScan, send the JSON report/],
    [run({ tool: { driver: { name: 'x', rules: [{}] } } }), /rules\[0\]\.id" is not a text/],
    [run({ results: 5 }), /"runs\[0\]\.results" is not a list/],
    [run({ originalUriBaseIds: { a: { uri: 5 } } }), /originalUriBaseIds\.a\.uri" is not a text/],
    [
      result({ ruleId: undefined }),
      /"runs\[0\]\.results\[0\]" is not a result that names its rule/,
    ],
    [result({ ruleId: 'x'.repeat(501) }), /results\[0\]\.ruleId" is not a text of 1 to 500/],
    [result({ message: 'text' }), /results\[0\]\.message" is not an object/],
    [result(at('a', { startLine: '1' })), /region\.startLine" is not a whole number/],
    [result({ locations: {} }), /results\[0\]\.locations" is not a list/],
    [result({ suppressions: Array(1001).fill({}) }), /suppressions" is not a list of at most 1000/],
    [`${'['.repeat(65)}${']'.repeat(65)}`, /its brackets stand more than 64 deep/],
    [
      JSON.stringify({ version: '2.1.0', runs: Array(101).fill({}) }),
      /"runs" is not a list of at most 100/,
    ],
  ])('%.60s', (text, expected) => {
    expect(refusalOf(text)).toMatch(expected);
  });

  it('has more results than can be taken, in one run or in all', () => {
    const many = (count: number) => Array(count).fill({ ruleId: 'R' });
    const tool = { driver: { name: 'x' } };
    const runs = [100_000, 1].map((count) => ({ tool, results: many(count) }));
    expect(refusalOf(JSON.stringify({ version: '2.1.0', runs }))).toMatch(
      /"runs\[1\]\.results" is not a list of at most 0/,
    );
  });

  it('has more values than a log can need, which is told before they are made', () => {
    expect(refusalOf(`{"runs":[${'{},'.repeat(3_000_000)}{}]}`)).toMatch(
      /it holds more than 6000000 values/,
    );
  });

  it('is told from the text alone where it is too deep, whatever stands in its strings', () => {
    const text = log({ message: { text: `${'[{'.repeat(500)}\\"` } });
    expect(readImport(text, { sourceRoot: null }).inputs).toHaveLength(1);
  });
});

describe('whatever is sent', () => {
  /** A log in which some value is another one. */
  const broken = fc
    .tuple(
      fc.constantFrom(...Object.keys(BY_TOOL)),
      fc.nat(),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), anyText(), fc.constant('../../../etc/passwd')),
    )
    .map(([tool, place, value]) => {
      const document = JSON.parse(logOf(tool)) as object;
      replaceOne(document, place, value);
      return JSON.stringify(document);
    });

  it('is refused by name or becomes findings within the bounds', () => {
    fc.assert(
      fc.property(broken, (text) => {
        let findings: readonly Finding[];
        try {
          ({ findings } = imported(text, '/build/shop'));
        } catch (error) {
          expect(error).toMatchObject({ code: 'IMPORT_INVALID' });
          return;
        }
        for (const finding of findings) {
          expect(finding.fingerprint).toMatch(/^[0-9a-f]{64}$/);
          expect(finding.title.length).toBeLessThanOrEqual(320);
          expect(finding.filePath ?? 'a').not.toMatch(/^\/|^\.\.?(\/|$)|\/\.\.?(\/|$)|\0|^$/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives the same findings in any order of its results', () => {
    const document = JSON.parse(logOf('codeql')) as { runs: { results: object[] }[] };
    const results = document.runs[0]?.results ?? [];
    const straight = imported(logOf('codeql')).findings;
    fc.assert(
      fc.property(fc.shuffledSubarray(results, { minLength: results.length }), (shuffled) => {
        const [run] = document.runs;
        const text = JSON.stringify({ ...document, runs: [{ ...run, results: shuffled }] });
        expect(imported(text).findings).toEqual(straight);
      }),
      { numRuns: 10 },
    );
  });
});

/** Puts a value in the place of the n-th member of a tree. */
function replaceOne(tree: object, place: number, value: unknown): void {
  const places: [object, string][] = [];
  const walk = (node: object): void => {
    for (const [key, child] of Object.entries(node)) {
      places.push([node, key]);
      if (typeof child === 'object' && child !== null) walk(child as object);
    }
  };
  walk(tree);
  const [node, key] = places[place % places.length] ?? [tree, 'runs'];
  Reflect.set(node, key, value);
}
