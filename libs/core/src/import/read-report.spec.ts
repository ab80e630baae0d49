import { anOutcome, aParsedFinding, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import { UserError } from '../errors';
import type { Finding } from '../model/finding';
import { suppressionOf } from '../model/suppression';
import { assembleScan, NO_CONTEXT, type LocatedInput } from '../pipeline/assemble-findings';
import { summarise } from '../pipeline/summarise';
import { toScanDocument } from '../render/document';
import { renderJson } from '../render/json';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import { assembleImport } from './assemble-import';
import { readImport } from './read-import';

const KEY_LINE = randomToken(64, 9);
const LINES = [
  'const a = query("SELECT " + id);',
  `const password = "${randomToken(12, 3)}";`,
  'eval(input)',
  `AKIA${randomToken(16, 7, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
  '',
  '// a comment',
  'x'.repeat(400),
  KEY_LINE,
  '-----BEGIN PRIVATE KEY-----',
  'last();',
];

const scanners = ['semgrep', 'bandit', 'secrets', 'trivy'] as const;

/** Reports as scanners give them: on a line or on many, with a discriminator or without a place. */
const anInput: fc.Arbitrary<LocatedInput> = fc
  .record({
    scanner: fc.constantFrom(...scanners),
    line: fc.integer({ min: 1, max: LINES.length }),
    length: fc.constantFrom(1, 1, 1, 3, 6),
    cwe: fc.constantFrom('CWE-89', 'CWE-798', null),
    discriminator: fc.constantFrom(undefined, undefined, 'npm lodash', `key=${KEY_LINE}`),
    hasPlace: fc.boolean(),
    reason: fc.constantFrom(undefined, undefined, 'known'),
  })
  .map(({ scanner, line, length, cwe, discriminator, hasPlace, reason }) => {
    const lineEnd = Math.min(LINES.length, line + length - 1);
    const first = Math.max(1, line - 3);
    const isPlaced = hasPlace || discriminator === undefined;
    return {
      scanner,
      scanType: 'code',
      registryIndex: scanners.indexOf(scanner),
      parsed: aParsedFinding({
        ruleId: `${scanner}-rule`,
        cwe,
        lineStart: isPlaced ? line : null,
        lineEnd: isPlaced ? lineEnd : null,
        ...(discriminator === undefined ? {} : { discriminator }),
        ...(reason === undefined ? {} : { mutedInSource: { reason } }),
      }),
      filePath: isPlaced ? 'src/a.js' : null,
      sourceLines: isPlaced ? LINES.slice(line - 1, lineEnd) : null,
      snippet: isPlaced ? { startLine: first, lines: LINES.slice(first - 1, first + 6) } : null,
    } satisfies LocatedInput;
  });

function reportOf(
  inputs: readonly LocatedInput[],
  notices: readonly SuppressionNotice[] = [],
): { text: string; findings: readonly Finding[] } {
  const { findings } = assembleScan(inputs, NO_CONTEXT);
  const outcomes = [
    anOutcome(),
    anOutcome({ scanner: 'trivy', status: 'failed', reason: 'out of memory', findingsCount: 0 }),
  ];
  const text = renderJson(
    toScanDocument({
      toolVersion: '1.0.0',
      target: '.',
      project: 'github.com/ada/shop',
      scanTypes: ['code'],
      outcomes,
      summary: summarise(findings, outcomes),
      findings,
      notices,
    }),
  );
  return { text, findings };
}

function imported(text: string) {
  const document = readImport(text, { sourceRoot: null });
  return { document, ...assembleImport(document) };
}

/** Identity cannot be made again where it hangs on what must not be shown: a key in armour, a very long line. */
function canBeTold({ aliases }: Finding): boolean {
  return aliases.every(({ lineContext = '' }) => !lineContext.includes(KEY_LINE));
}

describe('a report of ours', () => {
  it('gives the same fingerprints, of all reporters, as the scan that it tells of', () => {
    fc.assert(
      fc.property(fc.array(anInput, { maxLength: 12 }), (inputs) => {
        const { text, findings } = reportOf(inputs);
        const again = new Set(imported(text).findings.map((finding) => finding.fingerprint));
        const aliases = new Set(
          imported(text).findings.flatMap((finding) =>
            finding.aliases.map(({ fingerprint }) => fingerprint),
          ),
        );
        for (const finding of findings.filter(canBeTold)) {
          expect(again).toContain(finding.fingerprint);
          for (const { fingerprint } of finding.aliases) expect(aliases).toContain(fingerprint);
        }
        expect(imported(text).findings.length).toBe(findings.length);
      }),
      { numRuns: 200 },
    );
  });

  it('shows no line of a key, although identity is made of it', () => {
    const input = fc.sample(anInput, { seed: 1, numRuns: 1 })[0];
    if (input === undefined) throw new RangeError('no sample');
    const parsed = aParsedFinding({ discriminator: `key=\n${KEY_LINE}\n` });
    const { text } = reportOf([{ ...input, parsed, snippet: null, sourceLines: null }]);
    expect(text).not.toContain(KEY_LINE);
  });

  it('is not believed where it names fingerprints', () => {
    const input = fc.sample(anInput, { seed: 4, numRuns: 1 });
    const { text, findings } = reportOf(input);
    const forged = text.replaceAll(
      /"fingerprint": "[0-9a-f]{64}"/g,
      `"fingerprint": "${'f'.repeat(64)}"`,
    );
    expect(forged).not.toBe(text);
    expect(imported(forged).findings.map(({ fingerprint }) => fingerprint)).toEqual(
      findings.map(({ fingerprint }) => fingerprint),
    );
  });

  it('says what it suppresses as its own word', () => {
    const { text } = reportOf([
      {
        scanner: 'checkov',
        scanType: 'iac',
        registryIndex: 0,
        parsed: aParsedFinding({ mutedInSource: { reason: 'lab' } }),
        filePath: 'main.tf',
        sourceLines: null,
        snippet: null,
      },
    ]);
    expect(imported(text).findings.map(suppressionOf)).toEqual([
      { kind: 'import', reason: 'SecureScan, inline: lab' },
    ]);
  });

  it('brings its scanners as tools, with how they ended, and its notices', () => {
    const notice: SuppressionNotice = {
      kind: 'unused',
      source: 'inline',
      filePath: 'a.ts',
      line: 3,
      rule: 'X',
      message: 'nothing that it names is found there; remove it',
    };
    const { document, tools, notices, summary } = imported(reportOf([], [notice]).text);
    expect(document.project).toBe('github.com/ada/shop');
    expect(tools).toMatchObject([
      { scanner: 'semgrep', version: '1.2.3', status: 'completed', findings_count: 1 },
      { scanner: 'trivy', status: 'failed', reason: 'out of memory', findings_count: 0 },
    ]);
    expect(notices).toEqual([notice]);
    expect(summary.scannersRun).toEqual([]);
  });

  it.each<[string, (report: Record<string, unknown>) => void, RegExp]>([
    ['another version', (report) => (report['version'] = 2), /"version" is not 1/],
    ['no list of findings', (report) => (report['findings'] = {}), /"findings" is not a list/],
    [
      'an unknown type',
      (report) => (report['scan_types'] = ['moon']),
      /"scan_types\[0\]" is not one of code,/,
    ],
    [
      'an absolute path',
      change('file_path', '/etc/passwd'),
      /"findings\[0\]\.file_path" is not a path inside/,
    ],
    [
      'a path that leaves',
      change('file_path', '../a'),
      /"findings\[0\]\.file_path" is not a path inside/,
    ],
    [
      'a severity of its own',
      change('severity', 'fatal'),
      /"findings\[0\]\.severity" is not one of critical,/,
    ],
    [
      'a scanner of no name',
      change('scanner', 'A b'),
      /"findings\[0\]\.scanner" is not the name of a scanner/,
    ],
    [
      'a rule without a name',
      change('rule_id', ''),
      /"findings\[0\]\.rule_id" is not a text of 1 to 500/,
    ],
    ['a title that is no text', change('title', 5), /"findings\[0\]\.title" is not a text/],
    [
      'huge metadata',
      change('metadata', { a: 'x'.repeat(40_000) }),
      /"findings\[0\]\.metadata" is not an object of at most 32000/,
    ],
    [
      'code that is no code',
      change('metadata', { snippet: { start_line: 1, lines: [5] } }),
      /metadata\.snippet\.lines\[0\]" is not a text/,
    ],
  ])('with %s is refused', (_name, alter, expected) => {
    const { text } = reportOf(fc.sample(anInput, { seed: 2, numRuns: 1 }));
    const report = JSON.parse(text) as Record<string, unknown>;
    alter(report);
    expect(() => imported(JSON.stringify(report))).toThrow(UserError);
    expect(() => imported(JSON.stringify(report))).toThrow(expected);
  });
});

function change(field: string, value: unknown): (report: Record<string, unknown>) => void {
  return ({ findings }) => {
    if (Array.isArray(findings)) Reflect.set(findings[0] as object, field, value);
  };
}
