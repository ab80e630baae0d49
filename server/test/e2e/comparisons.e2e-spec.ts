import { join } from 'node:path';
import {
  COMPARISON_CLASSES,
  type ComparedFindingBody,
  type ComparisonBody,
  type ComparisonClass,
  type ErrorBody,
} from '@securescan/contracts';
import {
  coverageOf,
  DIFF_RENDERERS,
  type DiffDocument,
  diffFindings,
  type Finding,
  inCanonicalOrder,
  SCAN_RENDERERS,
  type ScannerOutcome,
} from '@securescan/core';
import { productVersion } from '@securescan/host-node';
import { aFinding, anOutcome } from '@securescan/testing';
import type { LightMyRequestResponse } from 'fastify';
import { everyPage } from '../support/every-page';
import { madeFindings, storeScan } from '../support/made-findings';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

let server: TestServer;
let stored = 0;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

type Facts = Partial<Parameters<typeof storeScan>[1]>;

/** Stores a completed scan and gives its id. */
async function store(findings: readonly Finding[], facts: Facts = {}): Promise<string> {
  stored += 1;
  const id = `00000000-0000-4000-8000-${String(stored).padStart(12, '0')}`;
  const scan = { id, project: 'shop', targetPath: '/srv/shop', targetInProject: '.', ...facts };
  await storeScan(server.app, scan, inCanonicalOrder(findings));
  return id;
}

const ask = (path: string): Promise<LightMyRequestResponse> =>
  server.app.inject(`/api/v1/scans/compare${path}`);

async function compared(base: string, head: string): Promise<ComparisonBody> {
  const answer = await ask(`?base=${base}&head=${head}`);
  expect([answer.statusCode, answer.body.slice(0, 1)]).toEqual([200, '{']);
  return answer.json<ComparisonBody>();
}

/** All findings of one class, page by page. */
async function listed(
  base: string,
  head: string,
  name: ComparisonClass,
  limit = 50,
): Promise<ComparedFindingBody[]> {
  const items: ComparedFindingBody[] = [];
  const query = `base=${base}&head=${head}&class=${name}&limit=${limit}`;
  let total: unknown;
  for await (const answer of everyPage(server.app, `/api/v1/scans/compare/findings?${query}`)) {
    const page = answer.json<ComparedFindingBody[]>();
    expect(page.length).toBeLessThanOrEqual(limit);
    items.push(...page);
    total = answer.headers['x-total-count'];
  }
  expect(total).toBe(String(items.length));
  return items;
}

const keyOf = ({ fingerprint, occurrence }: Pick<Finding, 'fingerprint' | 'occurrence'>): string =>
  `${fingerprint} ${String(occurrence)}`;

describe('two scans of a tree', () => {
  it('tell what a change brought and took', async () => {
    const target = join(server.root, 'shop');
    await writeTree(target, { ...dockerfiles(3), '.git/HEAD': 'ref: refs/heads/main\n' });
    const before = await endOfScan(server, (await createScan(server, target)).id);
    await writeTree(target, {
      'service-000/Dockerfile': 'FROM ubuntu:24.04\nUSER app\n',
      'service-003/Dockerfile': 'FROM ubuntu:latest\nUSER root\n',
    });
    const after = await endOfScan(server, (await createScan(server, target)).id);
    const body = await compared(before.id, after.id);
    expect([body.base.id, body.head.id, body.complete, body.causes]).toEqual([
      before.id,
      after.id,
      true,
      [],
    ]);
    expect(body.counts.fixed).toBeGreaterThan(0);
    expect(body.counts.new).toBeGreaterThan(0);
    expect(body.counts.unchanged).toBeGreaterThan(0);
    const risk = (after.risk_score ?? 0) - (before.risk_score ?? 0);
    expect(body.risk_delta).toBeCloseTo(risk, 5);
    const [fixed, brought] = [
      await listed(before.id, after.id, 'fixed'),
      await listed(before.id, after.id, 'new'),
    ];
    expect([fixed.length, brought.length]).toEqual([body.counts.fixed, body.counts.new]);
    expect(new Set(fixed.map(({ file_path: path }) => path))).toEqual(
      new Set(['service-000/Dockerfile']),
    );
    expect(brought.map(({ file_path: path }) => path)).toContain('service-003/Dockerfile');
    expect(fixed.every(({ side, scan_id: id }) => side === 'base' && id === before.id)).toBe(true);
    const legacy = await server.app.inject('/api/scans/compare?base=a&head=b');
    expect([legacy.statusCode, legacy.headers['location']]).toEqual([
      308,
      '/api/v1/scans/compare?base=a&head=b',
    ]);
  });
});

describe('a comparison', () => {
  const digest = (letter: string): string => letter.repeat(64);
  const outcomesAtBase: ScannerOutcome[] = [
    anOutcome({ scanner: 'bandit', version: '1.7.0' }),
    anOutcome({ rulePackDigest: digest('a') }),
    anOutcome({ scanner: 'trivy', scanType: 'dependency', rulePackDigest: digest('c') }),
  ];
  const outcomesAtHead: ScannerOutcome[] = [
    anOutcome({ scanner: 'bandit', version: '1.8.0' }),
    anOutcome({ rulePackDigest: digest('b') }),
    anOutcome({ scanner: 'trivy', scanType: 'dependency', status: 'timed_out', reason: 'slow' }),
  ];
  const made = madeFindings(500);
  const before = made.filter((_, index) => index % 5 !== 1);
  const after = made
    .filter((_, index) => index % 7 !== 2)
    .map((finding, index): Finding => {
      if (index % 11 === 0) return { ...finding, severity: 'critical' };
      return index % 13 === 0 ? { ...finding, metadata: { suppressed_by: 'inline' } } : finding;
    });
  let base: string;
  let head: string;

  beforeAll(async () => {
    base = await store(before, { outcomes: outcomesAtBase, riskScore: 40.1, highCount: 5 });
    head = await store(after, { outcomes: outcomesAtHead, riskScore: 62.4, highCount: 3 });
  });

  it('lists in every class what the core says, in its order and page by page', async () => {
    const diff = diffFindings(
      {
        findings: inCanonicalOrder(before),
        coverage: outcomesAtBase.map((one) => coverageOf(one)),
      },
      { findings: inCanonicalOrder(after), coverage: outcomesAtHead.map((one) => coverageOf(one)) },
    );
    const expected: Record<ComparisonClass, readonly Finding[]> = {
      new: diff.new,
      fixed: diff.fixed,
      unchanged: diff.unchanged.map(({ finding }) => finding),
      not_assessed: diff.notAssessed.map(({ finding }) => finding),
      newly_suppressed: diff.newlySuppressed,
      suppressed: diff.suppressed,
    };
    const { counts } = await compared(base, head);
    for (const name of COMPARISON_CLASSES) {
      expect(expected[name].length).toBeGreaterThan(0);
      const items = await listed(base, head, name, 7);
      expect([name, items.map(keyOf)]).toEqual([name, expected[name].map(keyOf)]);
      expect([name, counts[name]]).toEqual([name, items.length]);
    }
    const unchanged = await listed(base, head, 'unchanged', 200);
    expect(unchanged.map(({ previous_severity: previous }) => previous)).toEqual(
      diff.unchanged.map(({ previousSeverity }) => previousSeverity),
    );
    const notAssessed = await listed(base, head, 'not_assessed', 200);
    expect(notAssessed.map(({ side }) => side)).toEqual(diff.notAssessed.map(({ side }) => side));
  });

  it('says how the scanners fared, and what differs beside the code', async () => {
    const body = await compared(base, head);
    expect(body.complete).toBe(false);
    expect([body.risk_delta, body.severity_delta.high]).toEqual([22.3, -2]);
    expect(body.causes).toEqual([
      { kind: 'scanner_version', scanner: 'bandit', base: '1.7.0', head: '1.8.0' },
      { kind: 'rules', scanner: 'semgrep', base: digest('a'), head: digest('b') },
      { kind: 'scanner_failed', scanner: 'trivy', base: 'completed', head: 'timed_out: slow' },
    ]);
    const trivy = body.scanners.find(({ scanner }) => scanner === 'trivy');
    expect(trivy).toMatchObject({ incomplete: true, reason: 'timed out (slow) at head' });
    expect([trivy?.new, trivy?.fixed]).toEqual([0, 0]);
    expect(trivy?.not_assessed).toBeGreaterThan(0);
    const sum = (list: 'new' | 'fixed'): number =>
      body.scanners.reduce((total, scanner) => total + scanner[list], 0);
    expect([sum('new'), sum('fixed')]).toEqual([body.counts.new, body.counts.fixed]);
  });

  it.each(['json', 'sarif', 'text', 'github-pr-comment'] as const)(
    'is a document as %s, with the findings that the core lists',
    async (format) => {
      const diff = diffFindings(
        { findings: before, coverage: outcomesAtBase.map((one) => coverageOf(one)) },
        { findings: after, coverage: outcomesAtHead.map((one) => coverageOf(one)) },
      );
      const document: DiffDocument = {
        toolVersion: productVersion(),
        command: 'diff',
        base: { name: base, commit: null },
        head: { name: head, commit: null },
        target: '.',
        project: 'shop',
        scanTypes: ['code'],
        policy: 'that of the stored scans',
        pendingPolicy: [],
        diff,
        outcomes: outcomesAtHead,
        notices: [],
        showsSuppressed: true,
      };
      const answer = await ask(`/report?base=${base}&head=${head}&format=${format}`);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        200,
        SCAN_RENDERERS[format].mediaType,
      ]);
      expect(answer.body).toBe([...DIFF_RENDERERS[format](document, {})].join(''));
      const hidden = await ask(
        `/report?base=${base}&head=${head}&format=${format}&suppressed=false`,
      );
      const shown = { ...document, showsSuppressed: false };
      expect(hidden.body).toBe([...DIFF_RENDERERS[format](shown, {})].join(''));
    },
  );

  it.each(['format=html', 'format=github-review', 'suppressed=1'])(
    'is no document with %s',
    async (query) => {
      const answer = await ask(`/report?base=${base}&head=${head}&${query}`);
      expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([
        422,
        'VALIDATION_FAILED',
      ]);
    },
  );

  it('tells a scan compared with itself from a change', async () => {
    const { counts, risk_delta: delta, causes } = await compared(base, base);
    expect({ ...counts, unchanged: 0, suppressed: 0 }).toEqual({
      new: 0,
      fixed: 0,
      unchanged: 0,
      not_assessed: 0,
      newly_suppressed: 0,
      suppressed: 0,
    });
    expect([counts.unchanged + counts.suppressed, delta, causes]).toEqual([before.length, 0, []]);
  });

  it('takes a cursor for its own list alone', async () => {
    const first = await ask(`/findings?base=${base}&head=${head}&class=unchanged&limit=5`);
    const cursor = /cursor=([^&>]+)/.exec(String(first.headers['link']))?.[1] ?? '';
    const other = await ask(`/findings?base=${base}&head=${head}&class=new&cursor=${cursor}`);
    expect([other.statusCode, other.json<ErrorBody>().code]).toEqual([422, 'CURSOR_INVALID']);
  });
});

describe('what cannot be told', () => {
  const secret = aFinding({ scanner: 'secrets', ruleId: 'key' });
  const ran = [anOutcome({ scanner: 'secrets', version: '1' })];

  it('is not fixed where the scanner was asked for less', async () => {
    const options = { semgrepRules: [], scanners: null };
    const wide = await store([secret], { outcomes: ran, options: { ...options, history: true } });
    const narrow = await store([], { outcomes: ran, options });
    const body = await compared(wide, narrow);
    expect([body.counts.fixed, body.counts.not_assessed]).toEqual([0, 1]);
    expect(body.causes).toEqual([
      { kind: 'options', scanner: 'secrets', base: 'history: on', head: 'history: off' },
    ]);
    const back = await compared(narrow, wide);
    expect([back.counts.new, back.counts.not_assessed]).toEqual([0, 1]);
  });

  it('is not fixed where the scanner was missing, its report cut, or the scan an import', async () => {
    const base = await store([secret], { outcomes: ran });
    const without = await store([], {
      outcomes: [anOutcome({ scanner: 'secrets', status: 'skipped', reason: 'not asked for' })],
    });
    const cut = await store([], {
      outcomes: [
        anOutcome({
          scanner: 'secrets',
          version: '1',
          notes: ['budget exceeded: reported only 5'],
        }),
      ],
    });
    const imported = await store([], { origin: 'import' });
    for (const [head, kind] of [
      [without, 'scanner_missing'],
      [cut, 'report_cut'],
      [imported, 'scanner_missing'],
    ] as const) {
      const { counts, causes } = await compared(base, head);
      expect([counts.fixed, counts.not_assessed]).toEqual([0, 1]);
      expect(causes.map((cause) => cause.kind)).toEqual([kind]);
    }
  });
});

describe('what is refused', () => {
  const failure = (answer: LightMyRequestResponse): unknown[] => {
    const { code, errors } = answer.json<ErrorBody>();
    return [answer.statusCode, code, errors?.map(({ loc }) => loc)];
  };

  it('is scans of other projects, other targets, unfinished and unknown ones', async () => {
    const base = await store([]);
    const cases: [Facts, unknown[]][] = [
      [{ project: 'bank' }, [422, 'SCANS_NOT_COMPARABLE', ['head']]],
      [{ targetInProject: 'src' }, [422, 'SCANS_NOT_COMPARABLE', ['head']]],
      [{ status: 'running' }, [409, 'SCAN_NOT_COMPLETED', ['head']]],
      [{ hiddenAt: '2026-01-01T00:00:00.000Z' }, [404, 'SCAN_NOT_FOUND', ['head']]],
    ];
    for (const [facts, expected] of cases) {
      const head = await store([], facts);
      expect(failure(await ask(`?base=${base}&head=${head}`))).toEqual(expected);
    }
    expect(failure(await ask(`?base=nobody&head=${base}`))).toEqual([
      404,
      'SCAN_NOT_FOUND',
      ['base'],
    ]);
    const elsewhere = await store([], { targetPath: '/ci/build-2/shop' });
    expect((await ask(`?base=${base}&head=${elsewhere}`)).statusCode).toBe(200);
  });

  it.each(['', '?base=a', '?base=a&head=', '?base=a&head=b&more=1', '?base=a&base=b&head=c'])(
    'is the query "%s"',
    async (query) => {
      expect(failure(await ask(query)).slice(0, 2)).toEqual([422, 'VALIDATION_FAILED']);
    },
  );

  it.each(['class=other', 'limit=201', 'limit=0', 'cursor=!'])(
    'is a list with %s',
    async (query) => {
      const id = await store([]);
      const answer = await ask(`/findings?base=${id}&head=${id}&${query}`);
      expect(answer.statusCode).toBe(422);
    },
  );
});
