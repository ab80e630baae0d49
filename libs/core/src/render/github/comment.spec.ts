import { join } from 'node:path';
import { aFinding, anOutcome, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { SEVERITIES } from '@securescan/contracts';
import { diffFindings } from '../../diff/diff-findings';
import { coverageOf } from '../../diff/scanner-coverage';
import type { Finding } from '../../model/finding';
import { inCanonicalOrder } from '../../order/canonical-order';
import { summarise } from '../../pipeline/summarise';
import { HOSTILE_TEXTS } from '../__fixtures__/hostile-texts';
import {
  markdownTree,
  nodesOf,
  reachesOut,
  structureOf,
  textOf,
} from '../__fixtures__/markdown-tree';
import type { DiffDocument } from '../diff-document';
import type { ScanDocument } from '../document';
import { diffCommentChunks } from './diff-comment';
import type { GitHubPlace } from './github-place';
import { scanCommentChunks } from './scan-comment';

const GITHUB: GitHubPlace = { repository: 'octo/shop' };
const HEAD = '2'.repeat(40);
const BASE = '1'.repeat(40);
const GOLDENS = join(__dirname, '..', '..', '__goldens__');

const muted = (kind: string, reason: string): Pick<Finding, 'metadata'> => ({
  metadata: { suppressed_by: kind, suppression_reason: reason },
});

/** Findings of every list; each text of theirs is made of the given one. */
function sidesOf(text: (word: string) => string): { base: Finding[]; head: Finding[] } {
  const scanner = text('semgrep');
  const finding = (index: number, parts: Partial<Finding> = {}): Finding =>
    aFinding({
      scanner,
      title: text(`Title ${String(index)}`),
      description: `It is so. ${text('And more.')}`,
      remediation: `Do ${text('this')}`,
      ruleId: `rule-${text('x')}`,
      filePath: `src/a${text('').replaceAll('/', '').slice(0, 60)}.ts`,
      lineStart: index,
      lineEnd: index + (index % 2),
      complianceTags: [`A03:2021 ${text('')}`],
      fingerprint: String(index).padStart(64, '0'),
      ...parts,
    });
  const kept = finding(1);
  const worse = finding(2, { severity: 'medium' });
  const silenced = finding(3);
  const silent = finding(4, muted('config', `why ${text('')}`));
  const gone = finding(5, { severity: 'low' });
  const lost = finding(6, { scanner: `bandit ${text('')}` });
  const added = SEVERITIES.map((severity, index) => finding(7 + index, { severity }));
  return {
    base: [kept, { ...worse, severity: 'low' }, silenced, silent, gone, lost],
    head: [
      kept,
      worse,
      { ...silenced, ...muted('inline', `why ${text('')}`) },
      silent,
      ...added.map((one, index) => ({
        ...one,
        aliases: [
          ...one.aliases,
          { scanner: `x${text(String(index))}`, ruleId: 'x', fingerprint: '0'.repeat(64) },
        ],
      })),
    ],
  };
}

function aDiff(text: (word: string) => string = (word) => word): DiffDocument {
  const { base, head } = sidesOf(text);
  const semgrep = anOutcome({ scanner: text('semgrep'), rulePackDigest: 'a'.repeat(64) });
  const bandit = anOutcome({ scanner: `bandit ${text('')}` });
  const trivy = anOutcome({
    scanner: `trivy ${text('')}`,
    status: 'skipped',
    reason: `not installed ${text('')}`,
  });
  return {
    toolVersion: '1.2.3',
    command: 'diff',
    base: { name: `main${text('')}`, commit: BASE },
    head: { name: `topic${text('')}`, commit: HEAD },
    target: '.',
    project: 'git.example.com/shop',
    scanTypes: ['code'],
    policy: `the configuration ${text('')}`,
    pendingPolicy: [`ignored_rules would add ${text('x')}`],
    diff: diffFindings(
      { findings: base, coverage: [semgrep, bandit, trivy].map((one) => coverageOf(one)) },
      {
        findings: head,
        coverage: [
          { ...semgrep, rulePackDigest: 'b'.repeat(64) },
          { ...bandit, status: 'timed_out' as const, reason: `it ran ${text('long')}` },
          trivy,
        ].map((one) => coverageOf(one)),
      },
    ),
    outcomes: [semgrep],
    notices: [
      {
        kind: 'expired',
        source: 'inline',
        filePath: `src/${text('a')}.ts`,
        line: 20,
        rule: 'B101',
        message: `it held ${text('')}`,
      },
    ],
    showsSuppressed: true,
  };
}

function aScan(text: (word: string) => string = (word) => word): ScanDocument {
  const findings = inCanonicalOrder(sidesOf(text).head);
  const outcomes = [
    anOutcome({ scanner: text('semgrep') }),
    anOutcome({ scanner: `trivy${text('')}`, status: 'failed', reason: `exit code 2 ${text('')}` }),
  ];
  return {
    toolVersion: '1.2.3',
    target: '.',
    project: null,
    scanTypes: ['code', 'iac'],
    outcomes,
    summary: summarise(findings, outcomes),
    findings,
    notices: [],
  };
}

const EMPTY = diffFindings(
  { findings: [], coverage: [coverageOf(anOutcome())] },
  { findings: [], coverage: [coverageOf(anOutcome())] },
);

const diffComment = (document: DiffDocument, github = GITHUB): string =>
  [...diffCommentChunks(document, github)].join('');
const scanComment = (document: ScanDocument): string =>
  [...scanCommentChunks(document, { ...GITHUB, headCommit: HEAD })].join('');

describe('the comment of a pull request', () => {
  it.each([
    ['diff', aDiff()],
    ['compare-hidden', { ...aDiff(), command: 'compare' as const, showsSuppressed: false }],
    ['nothing', { ...aDiff(), diff: EMPTY, notices: [], pendingPolicy: [] }],
  ])('%s is as its golden shows', (name, document) => {
    expectGolden(join(GOLDENS, `${name}.diff-comment.md`), diffComment(document));
  });

  it.each([
    ['scan', aScan()],
    [
      'empty',
      { ...aScan(), findings: [], outcomes: [anOutcome()], summary: summarise([], [anOutcome()]) },
    ],
  ])('%s is as its golden shows', (name, document) => {
    expectGolden(join(GOLDENS, `${name}.scan-comment.md`), scanComment(document));
  });

  it('begins with its marker and ends with one newline', () => {
    expect(diffComment(aDiff())).toMatch(/^<!-- securescan:diff -->\n[^]*[^\n]\n$/);
    expect(diffComment({ ...aDiff(), command: 'compare' })).toMatch(
      /^<!-- securescan:compare -->\n/,
    );
    expect(scanComment(aScan())).toMatch(/^<!-- securescan:scan -->\n[^]*[^\n]\n$/);
  });

  it('links what is new at head and what is fixed at base', () => {
    const links = nodesOf(markdownTree(diffComment(aDiff()))).flatMap((node) =>
      node.type === 'link' ? [node.url] : [],
    );
    expect(links).toContain(`https://github.com/octo/shop/blob/${HEAD}/src/a.ts#L7-L8`);
    expect(links).toContain(`https://github.com/octo/shop/blob/${BASE}/src/a.ts#L5-L6`);
  });

  it.each<[string, GitHubPlace]>([
    ['no repository', {}],
    ['something else for a repository', { repository: 'octo/shop)](https://evil.example' }],
    ['something else for a commit', { ...GITHUB, headCommit: 'main', baseCommit: 'x)' }],
    ['something else for a server', { ...GITHUB, serverUrl: 'javascript://x' }],
  ])('links nothing where there is %s', (_what, github) => {
    const tree = markdownTree(diffComment(aDiff(), github));
    expect(nodesOf(tree).filter(({ type }) => type === 'link')).toEqual([]);
  });

  it.each(['../../x.ts', '/etc/passwd', 'a//b', './a', `${'deep/'.repeat(300)}x`])(
    'does not link the path %s',
    (filePath) => {
      const findings = [aFinding({ filePath })];
      const comment = scanComment({ ...aScan(), findings });
      expect(comment).not.toContain('/blob/');
    },
  );

  it.each([
    ['src/with space/(x).ts', 'src/with%20space/%28x%29.ts'],
    ['src/ä#?%.ts', 'src/%C3%A4%23%3F%25.ts'],
    ["a'b*c~!.ts", 'a%27b%2Ac%7E%21.ts'],
  ])('encodes the path %s', (filePath, encoded) => {
    const comment = scanComment({ ...aScan(), findings: [aFinding({ filePath })] });
    expect(nodesOf(markdownTree(comment))).toContainEqual(
      expect.objectContaining({
        type: 'link',
        url: `https://github.com/octo/shop/blob/${HEAD}/${encoded}#L12`,
      }),
    );
  });
});

const OURS =
  /^(?:<!-- securescan:(?:diff|scan) -->|<details(?: open)?>\n<summary>[A-Z][a-z ]+ \(\d+\)<\/summary>|<\/details>)$/;

describe('a comment on what strangers wrote', () => {
  const hostile = fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    anyText(),
    fc.array(fc.constantFrom(...HOSTILE_TEXTS), { maxLength: 4 }).map((parts) => parts.join(' ')),
  );
  const expectedDiff = structureOf(markdownTree(diffComment(aDiff())));
  const expectedScan = structureOf(markdownTree(scanComment(aScan())));

  it('has the structure that it has with harmless text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const write = (word: string): string => `${word}${text}`;
        const comments = [diffComment(aDiff(write)), scanComment(aScan(write))];
        const trees = comments.map(markdownTree);
        expect(trees.map(structureOf)).toEqual([expectedDiff, expectedScan]);
        for (const node of trees.flatMap(nodesOf)) {
          if (node.type === 'html') expect(node.value).toMatch(OURS);
          if (node.type === 'link')
            expect(node.url).toMatch(/^https:\/\/github\.com\/octo\/shop\/blob\//);
        }
        expect(trees.map(textOf).flatMap(reachesOut)).toEqual([]);
        for (const comment of comments) expect(comment.match(/<!--/g)).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a very long comment', () => {
  const many = (count: number, text: string): Finding[] =>
    Array.from({ length: count }, (_, index) =>
      aFinding({
        severity: SEVERITIES[index % SEVERITIES.length] ?? 'info',
        title: `${text} ${String(index)}`,
        description: text,
        remediation: text,
        filePath: text,
        lineStart: index + 1,
      }),
    );

  it.each([
    ['short texts', 'x'],
    ['texts that need escaping', '@a<b>'],
    ['texts of controls', '\u0000'.repeat(300)],
    ['long texts', '😀#1 '.repeat(200)],
  ])('stays below the limit, the worst first, and says what is left out: %s', (_what, text) => {
    const findings = inCanonicalOrder(many(1_500, text));
    const outcomes = Array.from({ length: 300 }, (_, index) =>
      anOutcome({ scanner: `${text}${String(index)}`, status: 'failed', reason: text }),
    );
    const summary = summarise(findings, outcomes);
    const comment = scanComment({ ...aScan(), findings, outcomes, summary });
    expect(Buffer.byteLength(comment)).toBeLessThanOrEqual(65_536);
    expect(Buffer.byteLength(comment)).toBeGreaterThan(58_000);
    expect(comment).toMatch(
      /\*\*Left out for length:\*\* (?:\d+ critical, )?(?:\d+ high, )?300 medium, 300 low, 300 info\./,
    );
    expect(comment.split('</details>')).toHaveLength(SEVERITIES.length + 1);
  });

  it('holds all of what is critical before anything that is less', () => {
    const findings = inCanonicalOrder([
      ...many(60, 'x').filter(({ severity }) => severity === 'critical'),
      ...many(3_000, 'y').filter(({ severity }) => severity === 'info'),
    ]);
    const comment = scanComment({ ...aScan(), findings });
    expect(comment.match(/\*\*x \d+\*\*/g)).toHaveLength(12);
    expect(comment).toMatch(/Left out for length:\*\* \d+ info\./);
  });
});
