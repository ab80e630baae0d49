import { aParsedFinding, anOutcome, randomToken } from '@securescan/testing';
import fc from 'fast-check';
import type { ParsedFinding } from '../model/finding';
import { suppressionOf } from '../model/suppression';
import { NO_POLICY, type ScanPolicy } from '../policy/scan-policy';
import { readDirectives } from '../suppression/read-directives';
import { assembleFindings, assembleScan, NO_CONTEXT } from './assemble-findings';
import type { AssemblyContext } from './assemble-findings';
import type { LocatedInput } from './assemble-findings';
import { summarise } from './summarise';

const SOURCE = [
  "import { db } from './db';",
  '',
  'export function find(id: string) {',
  '  return db.query(`SELECT * FROM t WHERE id = ${id}`);',
  '}',
  'export function list(order: string) {',
  '  return db.query(`SELECT * FROM t ORDER BY ${order}`);',
  '}',
];

/** What the engine gives for a report on a line of a file. */
function report(
  source: readonly string[],
  line: number,
  parsed: Partial<ParsedFinding> = {},
  overrides: Partial<LocatedInput> = {},
): LocatedInput {
  const lineEnd = parsed.lineEnd ?? line;
  const first = Math.max(0, line - 4);
  return {
    scanner: 'semgrep',
    scanType: 'code',
    registryIndex: 0,
    parsed: aParsedFinding({ lineStart: line, lineEnd, ...parsed }),
    filePath: 'src/find.ts',
    sourceLines: source.slice(line - 1, lineEnd),
    snippet: { startLine: first + 1, lines: source.slice(first, first + 7) },
    ...overrides,
  };
}

function only(...inputs: readonly LocatedInput[]) {
  const [finding, ...others] = assembleFindings(inputs);
  if (finding === undefined || others.length > 0) throw new RangeError('not exactly one finding');
  return finding;
}

const ORIGINAL = only(report(SOURCE, 4));

describe('the identity of a finding', () => {
  const above = Array.from({ length: 12 }, (_, index) => `// note ${String(index)}`);

  it.each<[string, LocatedInput]>([
    ['lines inserted above', report([...above, ...SOURCE], 16)],
    ['lines deleted above', report(SOURCE.slice(2), 2)],
    [
      're-indentation',
      report(
        SOURCE.map((line) => `\t\t${line.trim()}`),
        4,
      ),
    ],
    [
      'line endings',
      report(
        SOURCE.map((line) => `${line}\r`),
        4,
      ),
    ],
    [
      'a trailing comment',
      report(
        SOURCE.map((line) => `${line} // "checked"`),
        4,
      ),
    ],
    [
      're-wrapping',
      report(['return db.query(', '  `SELECT * FROM t WHERE id = ${id}`', ');'], 1, { lineEnd: 3 }),
    ],
    [
      'another title, severity and CWE spelling',
      report(SOURCE, 4, { title: 'Else', severity: 'low', cwe: '89' }),
    ],
  ])('outlives %s', (_name, input) => {
    expect(only(input).fingerprint).toBe(ORIGINAL.fingerprint);
    expect(only(input).id).toBe(ORIGINAL.id);
  });

  it.each<[string, LocatedInput]>([
    ['code', report(SOURCE, 7)],
    ['rule', report(SOURCE, 4, { ruleId: 'other' })],
    ['file', report(SOURCE, 4, {}, { filePath: 'src/other.ts' })],
    ['CWE', report(SOURCE, 4, { cwe: 'CWE-564' })],
    ['scanner', report(SOURCE, 4, {}, { scanner: 'bandit' })],
    ['discriminator', report(SOURCE, 4, { discriminator: 'query' })],
  ])('ends with another %s', (_name, input) => {
    expect(only(input).fingerprint).not.toBe(ORIGINAL.fingerprint);
  });

  it('is numbered where the same line stands twice, in the order of the file', () => {
    const source = [...SOURCE, ...SOURCE];
    const findings = assembleFindings([report(source, 12), report(source, 4)]);
    expect(findings.map(({ lineStart, occurrence }) => [lineStart, occurrence])).toEqual([
      [4, 1],
      [12, 2],
    ]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint))).toEqual(
      new Set([ORIGINAL.fingerprint]),
    );
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
  });

  it('is the discriminator where the range says nothing', () => {
    const moved = { lineStart: 90, lineEnd: 120, discriminator: 'aws_s3_bucket.logs' };
    expect(only(report(SOURCE, 7, moved)).fingerprint).toBe(
      only(report(SOURCE, 4, { discriminator: 'aws_s3_bucket.logs' })).fingerprint,
    );
  });
});

describe('assembleFindings', () => {
  it('shows no secret in any text, and no more than seven lines of code', () => {
    const secret = `ghp_${randomToken(36, 21)}`;
    const source = Array.from({ length: 9 }, () => `const t = "${secret}"; ${'x'.repeat(600)}`);
    const [finding] = assembleFindings([
      {
        ...report(source, 4, {
          title: `Token ${secret}`,
          description: `It is ${secret}.`,
          remediation: `Revoke ${secret}.`,
          metadata: { deep: [{ text: secret }], password: 'plain words', zebra: 1, ape: null },
        }),
        snippet: { startLine: 1, lines: source },
      },
    ]);
    expect(JSON.stringify(finding)).not.toContain(secret.slice(4));
    expect(finding?.title).toBe('Token [redacted github-token]');
    expect(finding?.metadata['password']).toBe('[redacted generic-secret]');
    expect(Object.keys(finding?.metadata ?? {})).toEqual([
      'ape',
      'deep',
      'password',
      'snippet',
      'zebra',
    ]);
    const snippet = finding?.metadata['snippet'];
    expect(snippet).toMatchObject({ start_line: 1, lines: { length: 7 } });
    expect(JSON.stringify(snippet).length).toBeLessThan(2_300);
  });

  it('gives the same 200 times over, however the input is shuffled', () => {
    const inputs = Array.from({ length: 24 }, (_, index) =>
      report(
        SOURCE,
        (index % 8) + 1,
        {
          ruleId: `r${String(index % 3)}`,
          severity: index % 2 === 0 ? 'high' : 'low',
          metadata: index % 5 === 0 ? { b: 1, a: 2 } : {},
        },
        index % 4 === 0 ? { scanner: 'bandit', registryIndex: 1 } : {},
      ),
    );
    const expected = JSON.stringify(assembleFindings(inputs));
    fc.assert(
      fc.property(fc.shuffledSubarray(inputs, { minLength: inputs.length }), (shuffled) => {
        expect(JSON.stringify(assembleFindings(shuffled))).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps a metadata key that names a prototype as plain data', () => {
    const metadata = JSON.parse('{"__proto__": {"polluted": true}}') as ParsedFinding['metadata'];
    const finding = only(report(SOURCE, 4, { metadata }, { snippet: null }));
    expect(JSON.stringify(finding.metadata)).toBe('{"__proto__":{"polluted":true}}');
    expect(Object.getPrototypeOf(finding.metadata)).toBe(Object.prototype);
  });

  it('changes nothing of its input', () => {
    const input = report(SOURCE, 4, { metadata: { b: 1, a: [2] } });
    const before = JSON.stringify(input);
    assembleFindings([input]);
    expect(JSON.stringify(input)).toBe(before);
  });
});

describe('a finding that a comment in the code mutes', () => {
  const mute = { mutedInSource: { reason: 'behind a proxy' } };

  it('is kept, says why, and counts nowhere', () => {
    const finding = only(report(SOURCE, 4, mute));
    expect(suppressionOf(finding)).toEqual({ kind: 'inline', reason: 'behind a proxy' });
    expect(finding.fingerprint).toBe(ORIGINAL.fingerprint);
    expect(summarise([finding, ORIGINAL], [])).toMatchObject({
      totalFindings: 1,
      suppressedFindings: 1,
      bySeverity: { high: 1 },
      riskScore: 42.1,
    });
  });

  it('is active where another reporter of it is', () => {
    const other = { scanner: 'bandit', registryIndex: 1 };
    const merged = only(report(SOURCE, 4, mute), report(SOURCE, 4, {}, other));
    expect(merged.aliases).toHaveLength(2);
    expect(suppressionOf(merged)).toBeNull();
    const muted = only(report(SOURCE, 4, mute), report(SOURCE, 4, mute, other));
    expect(suppressionOf(muted)).toMatchObject({ kind: 'inline' });
  });

  it('is not muted by what a tool writes into metadata', () => {
    expect(
      suppressionOf(only(report(SOURCE, 4, { metadata: { suppressed_by: 'inline' } }))),
    ).toBeNull();
  });
});

describe('summarise', () => {
  it('counts, scores and names the scanners that completed, sorted', () => {
    const outcomes = [
      anOutcome({ scanner: 'semgrep' }),
      anOutcome({ scanner: 'bandit' }),
      anOutcome({ scanner: 'trivy', status: 'skipped', reason: 'not installed' }),
    ];
    expect(summarise([ORIGINAL], outcomes)).toEqual({
      totalFindings: 1,
      suppressedFindings: 0,
      bySeverity: { critical: 0, high: 1, medium: 0, low: 0, info: 0 },
      riskScore: 42.1,
      scannersRun: ['bandit', 'semgrep'],
    });
  });
});

describe('what the project decided', () => {
  const policy = (parts: Partial<ScanPolicy>) => ({
    ...NO_CONTEXT,
    policy: { ...NO_POLICY, ...parts },
  });
  const lowered = policy({ severityOverrides: new Map([['sql-injection', 'low']]) });

  it('gives a rule another severity and keeps the first', () => {
    const [finding] = assembleFindings([report(SOURCE, 4)], lowered);
    expect(finding).toMatchObject({ severity: 'low', metadata: { original_severity: 'high' } });
    expect(finding?.fingerprint).toBe(ORIGINAL.fingerprint);
  });

  it('goes by the exact id, and writes down a severity that stays as it is', () => {
    const other = policy({ severityOverrides: new Map([['SQL-injection', 'low']]) });
    expect(assembleFindings([report(SOURCE, 4)], other)).toEqual([ORIGINAL]);
    const same = policy({ severityOverrides: new Map([['sql-injection', 'high']]) });
    expect(assembleFindings([report(SOURCE, 4)], same)[0]?.metadata).toMatchObject({
      original_severity: 'high',
    });
  });

  it('lets no tool claim that it was overruled', () => {
    const metadata = { original_severity: 'critical' };
    expect(only(report(SOURCE, 4, { metadata })).metadata).not.toHaveProperty('original_severity');
  });

  it('merges by the severities that it gave', () => {
    const reports = [
      report(SOURCE, 4),
      report(
        SOURCE,
        4,
        { ruleId: 'B608', severity: 'medium' },
        { scanner: 'bandit', registryIndex: 1 },
      ),
    ];
    expect(assembleFindings(reports)[0]).toMatchObject({ scanner: 'semgrep', severity: 'high' });
    expect(assembleFindings(reports, lowered)[0]).toMatchObject({
      scanner: 'bandit',
      severity: 'medium',
    });
  });

  it('suppresses what is known, unless everything is to be seen', () => {
    const known = policy({ baseline: [ORIGINAL] });
    const suppressed = assembleFindings([report(SOURCE, 4), report(SOURCE, 7)], known);
    expect(suppressed.map((finding) => suppressionOf(finding)?.kind)).toEqual([
      'baseline',
      undefined,
    ]);
    const all = policy({ baseline: [ORIGINAL], isSuppressing: false });
    expect(assembleFindings([report(SOURCE, 4)], all)).toEqual([ORIGINAL]);
  });

  it('shows what a comment for the tool mutes where everything is to be seen', () => {
    const muted = report(SOURCE, 4, { mutedInSource: { reason: 'known' } });
    expect(suppressionOf(only(muted))?.kind).toBe('inline');
    expect(assembleFindings([muted], policy({ isSuppressing: false }))).toEqual([ORIGINAL]);
  });
});

describe('a file that was renamed', () => {
  it('keeps what it holds known by the old name', () => {
    const formerPaths = new Map([['src/search.ts', 'src/find.ts']]);
    const renamed = report(SOURCE, 4, {}, { filePath: 'src/search.ts' });
    const [finding] = assembleFindings([renamed], { ...NO_CONTEXT, formerPaths });
    expect(finding?.fingerprint).not.toBe(ORIGINAL.fingerprint);
    expect(finding?.aliases.map(({ fingerprint }) => fingerprint)).toContain(ORIGINAL.fingerprint);
    const suppressed = assembleFindings([renamed], {
      ...NO_CONTEXT,
      policy: { ...NO_POLICY, baseline: [ORIGINAL] },
      formerPaths,
    });
    expect(suppressed.map((one) => suppressionOf(one)?.kind)).toEqual(['baseline']);
  });
});

describe('what a comment or the configuration suppresses', () => {
  const ignoring = (rule: string, coversLine = 4) => ({
    directives: [
      { filePath: 'src/find.ts', line: 3, coversLine, rules: [rule], until: null, reason: 'known' },
    ],
    problems: [],
  });
  const rules = [{ rule: 'sql-injection', reason: null, until: null, line: 2 }];
  const suppressionIn = (context: Partial<typeof NO_CONTEXT>, ...inputs: LocatedInput[]) =>
    assembleFindings(inputs, { ...NO_CONTEXT, ...context }).map(suppressionOf);

  it('is marked, the comment before the configuration', () => {
    const policy = { ...NO_POLICY, ignoredRules: rules };
    expect(suppressionIn({ directives: ignoring('sql-injection') }, report(SOURCE, 4))).toEqual([
      { kind: 'inline', reason: 'known' },
    ]);
    expect(suppressionIn({ policy }, report(SOURCE, 4))).toEqual([
      { kind: 'config', reason: null },
    ]);
    expect(
      suppressionIn({ policy, directives: ignoring('sql-injection') }, report(SOURCE, 4)),
    ).toEqual([{ kind: 'inline', reason: 'known' }]);
  });

  it('holds for a merged finding only if it holds for every reporter', () => {
    const both = [
      report(SOURCE, 4),
      report(SOURCE, 4, { ruleId: 'B608' }, { scanner: 'bandit', registryIndex: 1 }),
    ];
    expect(suppressionIn({ directives: ignoring('sql-injection') }, ...both)).toEqual([null]);
    const policy = {
      ...NO_POLICY,
      ignoredRules: [{ rule: 'B608', reason: null, until: null, line: 3 }],
    };
    expect(suppressionIn({ policy, directives: ignoring('sql-injection') }, ...both)).toEqual([
      { kind: 'inline', reason: 'known' },
    ]);
  });

  it('keeps no secret that a reason holds', () => {
    const token = `ghp_${randomToken(36, 5)}`;
    const [directive] = ignoring('sql-injection').directives;
    const directives = { directives: [{ ...directive, reason: `see ${token}` }], problems: [] };
    const { findings } = assembleScan([report(SOURCE, 4)], { ...NO_CONTEXT, directives } as never);
    expect(JSON.stringify(findings)).not.toContain(token);
  });
});

describe('with everything that a project can decide', () => {
  const inputs = Array.from({ length: 30 }, (_, index) =>
    report(
      index % 2 === 0 ? SOURCE : [...SOURCE, ...SOURCE],
      (index % 8) + 1,
      { ruleId: `r${String(index % 3)}`, cwe: index % 4 === 0 ? 'CWE-79' : 'CWE-89' },
      index % 5 === 0 ? { scanner: 'bandit', registryIndex: 1 } : {},
    ),
  );
  const known = assembleFindings(inputs);
  const context: AssemblyContext = {
    policy: {
      severityOverrides: new Map([['r0', 'low']]),
      ignoredRules: [
        { rule: 'r1', reason: null, until: '2026-01-01', line: 2 },
        { rule: 'gone.rule', reason: null, until: null, line: 3 },
      ],
      baseline: known.slice(0, 5),
      isSuppressing: true,
      today: '2026-06-15',
    },
    formerPaths: new Map([['src/find.ts', 'src/old.ts']]),
    directives: readDirectives(
      ['', '', '', 'x // securescan: ignore r2 reason="Known."', 'y // securescan: ignore'].join(
        '\n',
      ),
      'src/find.ts',
    ),
    hasCovered: () => true,
  };

  it('gives the same findings and notices 200 times over, however the input is shuffled', () => {
    const expected = JSON.stringify(assembleScan(inputs, context));
    const kinds = assembleScan(inputs, context).findings.map((one) => suppressionOf(one)?.kind);
    expect(new Set(kinds)).toEqual(new Set([undefined, 'inline', 'baseline']));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(inputs, { minLength: inputs.length }),
        fc.shuffledSubarray([...context.policy.baseline], { minLength: 5 }),
        (shuffled, baseline) => {
          const policy = { ...context.policy, baseline };
          expect(JSON.stringify(assembleScan(shuffled, { ...context, policy }))).toBe(expected);
        },
      ),
      { numRuns: 200 },
    );
  });
});
