import { join } from 'node:path';
import { aFinding, anOutcome, anyText, expectGolden } from '@securescan/testing';
import fc from 'fast-check';
import { DefectError } from '../../errors';
import { diffFindings } from '../../diff/diff-findings';
import { coverageOf } from '../../diff/scanner-coverage';
import type { Finding } from '../../model/finding';
import { HOSTILE_TEXTS } from '../__fixtures__/hostile-texts';
import {
  markdownTree,
  nodesOf,
  reachesOut,
  structureOf,
  textOf,
} from '../__fixtures__/markdown-tree';
import type { DiffDocument } from '../diff-document';
import type { GitHubPlace } from './github-place';
import { reviewChunks } from './review';
import type { ReviewRequest } from './review-request';

const HEAD = '2'.repeat(40);
const FILE = 'src/orders.py';
const LINES = Array.from({ length: 60 }, (_, index) => `call_${String(index + 1)}(x)`);

/** A finding of the file, with the code that is stored with it. */
function placed(line: number, parts: Partial<Finding> = {}): Finding {
  return aFinding({
    filePath: FILE,
    lineStart: line,
    lineEnd: line,
    metadata: { snippet: { start_line: line, lines: [LINES[line - 1] ?? ''] } },
    ...parts,
  });
}

function aDiff(head: readonly Finding[], base: readonly Finding[] = []): DiffDocument {
  const coverage = ['semgrep', 'bandit', 'secrets'].map((scanner) =>
    coverageOf(anOutcome({ scanner })),
  );
  return {
    toolVersion: '1.2.3',
    command: 'diff',
    base: { name: 'main', commit: '1'.repeat(40) },
    head: { name: 'HEAD', commit: HEAD },
    target: '.',
    project: null,
    scanTypes: ['code'],
    policy: 'the defaults',
    pendingPolicy: [],
    diff: diffFindings({ findings: base, coverage }, { findings: head, coverage }),
    outcomes: [anOutcome()],
    notices: [],
    showsSuppressed: true,
  };
}

type Request = ReviewRequest & { readonly github?: GitHubPlace };

const REQUEST: Request = {
  github: { repository: 'octo/shop' },
  event: 'COMMENT',
  commit: HEAD,
  hasSuggestions: true,
  lines: new Map([
    [
      FILE,
      [
        { start: 7, end: 20 },
        { start: 30, end: 40 },
      ],
    ],
  ]),
  texts: new Map([[FILE, `${LINES.join('\n')}\n`]]),
};

interface Review {
  readonly body: string;
  readonly comments: readonly {
    readonly body: string;
    readonly line: number;
    readonly path: string;
    readonly side: string;
    readonly start_line?: number;
  }[];
  readonly commit_id: string;
  readonly event: string;
}

function textOfReview(document: DiffDocument, request: Request = {}): string {
  return [...reviewChunks(document, { ...REQUEST, ...request })].join('');
}

function review(document: DiffDocument, request: Request = {}): Review {
  return JSON.parse(textOfReview(document, request)) as Review;
}

const ALL = [
  placed(10),
  placed(10, { ruleId: 'other', title: 'Another', severity: 'critical' }),
  placed(12, { ruleId: 'long', lineEnd: 25, metadata: {} }),
  placed(33, { ruleId: 'B101', scanner: 'bandit', cwe: null, remediation: null, occurrence: 2 }),
  placed(25, { ruleId: 'elsewhere', severity: 'low' }),
  aFinding({ filePath: 'other.py' }),
  aFinding({ filePath: null, lineStart: null, lineEnd: null, title: 'Nowhere' }),
];
const GONE = aFinding({ title: 'Gone', lineStart: 3 });

describe('a review', () => {
  it('is as its golden shows', () => {
    const golden = join(__dirname, '..', '..', '__goldens__', 'diff.review.json');
    expectGolden(golden, textOfReview(aDiff(ALL, [GONE])));
  });

  it('is the same for any order of what is compared', () => {
    const expected = textOfReview(aDiff(ALL, [GONE]));
    fc.assert(
      fc.property(fc.shuffledSubarray(ALL, { minLength: ALL.length }), (findings) => {
        expect(textOfReview(aDiff(findings, [GONE]))).toBe(expected);
      }),
    );
  });

  it('has the keys in the order of their names', () => {
    const { comments, ...rest } = review(aDiff(ALL));
    expect(Object.keys(rest)).toEqual(['body', 'commit_id', 'event']);
    for (const comment of comments) {
      expect(Object.keys(comment)).toEqual(Object.keys(comment).sort((a, b) => (a < b ? -1 : 1)));
    }
  });

  it('comments on lines of the pull request alone, and tells the rest in its body', () => {
    const { body, comments } = review(aDiff(ALL));
    expect(comments.map(({ path, line, start_line }) => [path, start_line ?? line, line])).toEqual([
      [FILE, 10, 10],
      [FILE, 12, 20],
      [FILE, 33, 33],
    ]);
    expect(body).toContain('On lines of this change: 4 in 3 comments · below: 3');
    expect(body).toContain('Nowhere');
    expect(body).toContain('`other.py:12`');
  });

  it('has no comment on what is suppressed', () => {
    const muted = placed(10, { metadata: { suppressed_by: 'inline' } });
    expect(review(aDiff([muted])).comments).toEqual([]);
  });

  it('marks every finding that is new with its whole identity', () => {
    const { body, comments } = review(aDiff(ALL));
    const text = [body, ...comments.map((comment) => comment.body)].join('\n');
    const marks = text.match(/<!-- securescan:fp:[0-9a-f]{64}(?::\d+)? -->/g);
    expect(new Set(marks).size).toBe(ALL.length);
    expect(text).toContain(`${ALL[3]?.fingerprint ?? ''}:2 -->`);
    expect(body).toMatch(/^<!-- securescan:diff-review -->\n/);
    expect(review({ ...aDiff(ALL), command: 'compare' }).body).toMatch(
      /^<!-- securescan:compare-review -->\n/,
    );
  });

  it('has at most 50 comments, the worst', () => {
    const lines = new Map([[FILE, [{ start: 1, end: 60 }]]]);
    const findings = LINES.map((_, index) =>
      placed(index + 1, { severity: index < 55 ? 'low' : 'critical' }),
    );
    const { comments, body } = review(aDiff(findings), { lines });
    expect(comments).toHaveLength(50);
    expect(comments.map(({ line }) => line)).toEqual(expect.arrayContaining([56, 57, 58, 59, 60]));
    expect(body).toContain('On lines of this change: 50 in 50 comments · below: 10');
  });

  it('has at most ten findings in one comment', () => {
    const findings = Array.from({ length: 40 }, (_, index) =>
      placed(10, { ruleId: `rule-${String(index)}` }),
    );
    const { comments, body } = review(aDiff(findings));
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body.match(/securescan:fp:/g)).toHaveLength(10);
    expect(body).toContain('below: 30');
  });

  it('stays below what GitHub takes', () => {
    const long = '@<😀'.repeat(3_000);
    const findings = Array.from({ length: 600 }, (_, index) =>
      placed((index % 70) + 1, {
        ruleId: `${String(index)}${long}`,
        title: long,
        description: long,
        remediation: long,
      }),
    );
    const { comments, body } = review(aDiff(findings));
    for (const text of [body, ...comments.map((comment) => comment.body)]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
    }
  });
});

describe('a review of which nothing more is known', () => {
  it('tells all in its body, and is about the head', () => {
    const { body, comments, ...rest } = JSON.parse(
      [...reviewChunks(aDiff(ALL))].join(''),
    ) as Review;
    expect(rest).toEqual({ commit_id: HEAD, event: 'COMMENT' });
    expect(comments).toEqual([]);
    expect(body).toContain('below: 7');
  });

  it('is none where there is no commit', () => {
    const document = { ...aDiff(ALL), head: { name: 'scan.json', commit: null } };
    expect(() => [...reviewChunks(document)]).toThrow(DefectError);
  });
});

describe('a suggestion', () => {
  const suggestionIn = (text: string): string | undefined =>
    /(`{3,})suggestion\n([^]*?)\n\1/.exec(text)?.[2];

  it('names the rules of all reporters', () => {
    const alias = { scanner: 'bandit', ruleId: 'B608', fingerprint: 'a'.repeat(64) };
    const finding = placed(10);
    const merged = { ...finding, aliases: [...finding.aliases, alias] };
    const [comment] = review(aDiff([merged])).comments;
    expect(suggestionIn(comment?.body ?? '')).toBe(
      '# securescan: ignore-next-line sql-injection, B608\ncall_10(x)',
    );
  });

  it.each<[string, Partial<Finding>]>([
    ['whose code is not stored', { metadata: {} }],
    ['whose code is another', { metadata: { snippet: { start_line: 10, lines: ['call_9(x)'] } } }],
    [
      'whose code was redacted',
      { metadata: { snippet: { start_line: 10, lines: ['[redacted]'] } } },
    ],
    ['of secrets', { scanner: 'secrets' }],
    ['of a secret that another tool sees', { cwe: 'CWE-798' }],
    ['of a rule about secrets', { ruleId: 'jwt-hardcoded-secret' }],
    ['of a rule that cannot be named', { ruleId: 'a rule' }],
  ])('is none for a finding %s', (_what, parts) => {
    const [comment] = review(aDiff([placed(10, parts)])).comments;
    expect(comment?.body).toContain('securescan:fp:');
    expect(comment?.body).not.toContain('suggestion\n');
  });

  it('stands in a fence that the line does not close', () => {
    const line = 'x = "```" + f("````")';
    const texts = new Map([[FILE, `${line}\n`.repeat(12)]]);
    const metadata = { snippet: { start_line: 10, lines: [line] } };
    const [comment] = review(aDiff([placed(10, { metadata })]), { texts }).comments;
    const code = nodesOf(markdownTree(comment?.body ?? '')).find(
      (node) => node.type === 'code' && node.lang === 'suggestion',
    );
    expect(code).toMatchObject({
      value: `# securescan: ignore-next-line sql-injection\n${line}`,
    });
  });

  it('replaces its own line alone, however many the finding has', () => {
    const [comment] = review(aDiff([placed(10, { lineEnd: 15 })])).comments;
    expect(suggestionIn(comment?.body ?? '')).toContain('call_10(x)');
    expect(comment).toMatchObject({ line: 10 });
    expect(comment).not.toHaveProperty('start_line');
  });

  it('is none once so many long files were read', () => {
    const paths = Array.from({ length: 15 }, (_, index) => `src/${String(index + 10)}.py`);
    const text = `call(x)\n${'\n'.repeat(290_000)}`;
    const metadata = { snippet: { start_line: 1, lines: ['call(x)'] } };
    const { comments } = review(aDiff(paths.map((filePath) => placed(1, { filePath, metadata }))), {
      lines: new Map(paths.map((path) => [path, [{ start: 1, end: 4 }]])),
      texts: new Map(paths.map((path) => [path, text])),
    });
    const offers = comments.map(({ body }) => suggestionIn(body) !== undefined);
    expect(offers).toEqual(paths.map((_, index) => index < 10));
  });

  it('is left out, and the severity too, where none is wanted', () => {
    const [comment] = review(aDiff([placed(10)]), { hasSuggestions: false }).comments;
    expect(comment?.body).not.toMatch(/suggestion|severity_overrides/);
  });

  it('lowers no severity that is the lowest', () => {
    const [comment] = review(aDiff([placed(10, { severity: 'info' })])).comments;
    expect(comment?.body).not.toContain('severity_overrides');
  });
});

describe('a review of what strangers wrote', () => {
  const hostile = fc.oneof(
    fc.constantFrom(...HOSTILE_TEXTS),
    anyText(),
    fc.array(fc.constantFrom(...HOSTILE_TEXTS), { maxLength: 4 }).map((parts) => parts.join(' ')),
  );
  const written = (text: string): Review => {
    const path = `src/a${text}.py`;
    const finding = (line: number): Finding =>
      aFinding({
        scanner: `s${text}`,
        title: `t${text}`,
        description: `d. ${text}`,
        remediation: `r${text}`,
        ruleId: `x${text}`,
        complianceTags: [`c${text}`],
        filePath: path,
        lineStart: line,
        lineEnd: line,
      });
    const coverage = [coverageOf(anOutcome({ scanner: `s${text}` }))];
    return review(
      {
        ...aDiff([]),
        diff: diffFindings(
          { findings: [], coverage },
          { findings: [finding(1), finding(2)], coverage },
        ),
      },
      { github: {}, hasSuggestions: false, lines: new Map([[path, [{ start: 1, end: 1 }]]]) },
    );
  };
  const shapeOf = ({ body, comments }: Review): unknown =>
    [body, ...comments.map((comment) => comment.body)].map((text) =>
      JSON.stringify(structureOf(markdownTree(text))).replace(/fp:[0-9a-f]{64}/g, 'fp'),
    );
  const expected = shapeOf(written(''));

  it('has the structure that it has with harmless text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const found = written(text);
        expect(shapeOf(found)).toEqual(expected);
        const trees = [found.body, ...found.comments.map(({ body }) => body)].map(markdownTree);
        expect(trees.map(textOf).flatMap(reachesOut)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});
