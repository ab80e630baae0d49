import type { FindingWithStateBody, Verdict } from '@securescan/contracts';
import { type Finding, compareCodePoints } from '@securescan/core';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { FindingListQueryDto } from '../../src/modules/findings/dto/finding-list.dto';
import {
  FINDING_FILTERS,
  FINDING_SORTS,
  OFFERED_LISTS,
} from '../../src/modules/findings/lists/offered-lists';
import { ScansService } from '../../src/modules/scans/scans.service';
import { FindingStateEntity } from '../../src/modules/triage/finding-state.entity';
import { ProjectFindingStateEntity } from '../../src/modules/triage/project-finding-state.entity';
import { everyPage } from '../support/every-page';
import { madeFindings, storeScan } from '../support/made-findings';
import { plansOf } from '../support/query-plans';
import { aMoment } from '../support/until';
import { startTestServer, type TestServer } from './test-server';

const ID = '00000000-0000-4000-8000-00000000000a';
const OTHER_ID = '00000000-0000-4000-8000-00000000000b';
const PROJECT = 'shop';
const findings = madeFindings(640);
const verdicts = new Map<string, Verdict>();

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await storeScan(server.app, { id: OTHER_ID, project: 'other' }, madeFindings(40));
  await storeScan(server.app, { id: ID, project: PROJECT }, findings);
  await decide();
});

afterAll(async () => {
  await server.close();
});

/** Every third finding has a verdict for everywhere; every second of those another one in the project, or back to new. */
async function decide(): Promise<void> {
  const row = (fingerprint: string, status: Verdict) => ({
    fingerprint,
    status,
    note: null,
    expiresAt: null,
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: null,
    principalId: null,
  });
  await server.app.get(UnitOfWork).run(async ({ manager }) => {
    for (const [index, { fingerprint }] of findings.entries()) {
      if (index % 3 !== 0) continue;
      const everywhere = index % 2 === 0 ? 'false_positive' : 'wont_fix';
      await manager.insert(FindingStateEntity, row(fingerprint, everywhere));
      verdicts.set(fingerprint, everywhere);
      if (index % 6 !== 0) continue;
      const own = index % 12 === 0 ? 'new' : 'triaged';
      await manager.insert(ProjectFindingStateEntity, {
        ...row(fingerprint, own),
        project: PROJECT,
      });
      verdicts.set(fingerprint, own);
      await manager.insert(ProjectFindingStateEntity, {
        ...row(fingerprint, 'fixed'),
        project: 'other',
      });
    }
  });
}

const get = (query: string, headers: Record<string, string> = {}) =>
  server.app.inject({ url: `/api/v1/scans/${ID}/findings?${query}`, headers });

/** Walks all pages and gives the ids, with what the first page says of their number. */
async function walk(query: string, limit = 37): Promise<{ ids: string[]; total: unknown[] }> {
  const ids: string[] = [];
  let total: unknown[] = [];
  const first = `/api/v1/scans/${ID}/findings?${query}&limit=${limit}`;
  for await (const answer of everyPage(server.app, first)) {
    total = [answer.headers['x-total-count'], answer.headers['x-total-exact']];
    ids.push(...answer.json<FindingWithStateBody[]>().map(({ id }) => id));
  }
  return { ids, total };
}

function idsOf(matching: readonly Finding[]): string[] {
  return matching.map(({ id }) => id);
}

const statusOf = ({ fingerprint }: Finding): Verdict => verdicts.get(fingerprint) ?? 'new';
const isSuppressed = ({ metadata }: Finding): boolean => 'suppressed_by' in metadata;
const textOf = (finding: Finding): string =>
  [finding.title, finding.description, finding.filePath, finding.ruleId, finding.cwe].join('\n');

type Case = readonly [query: string, matches: (finding: Finding) => boolean];
const FILTERS: readonly Case[] = [
  ['', () => true],
  ['severity=medium', ({ severity }) => severity === 'medium'],
  ['severity=info,critical', ({ severity }) => ['info', 'critical'].includes(severity)],
  ['severity=low&severity=high', ({ severity }) => ['low', 'high'].includes(severity)],
  ['scan_type=dependency', ({ scanType }) => scanType === 'dependency'],
  ['scanner=bandit,trivy', ({ scanner }) => scanner !== 'semgrep'],
  ['scanner=unknown', () => false],
  ['rule_id=rule-7', ({ ruleId }) => ruleId === 'rule-7'],
  ['cwe=CWE-73', ({ cwe }) => cwe === 'CWE-73'],
  ['compliance=PCI-6.2.4', ({ complianceTags }) => complianceTags.includes('PCI-6.2.4')],
  ['compliance=PCI-6.2', () => false],
  ['compliance=%25', () => false],
  [
    `fingerprint=${findings[9]?.fingerprint ?? ''}`,
    ({ fingerprint }) => fingerprint === findings[9]?.fingerprint,
  ],
  [`fingerprint=${'ab'.repeat(32)}`, () => false],
  ['suppressed=true', isSuppressed],
  ['suppressed=false', (finding) => !isSuppressed(finding)],
  ['status=triaged', (finding) => statusOf(finding) === 'triaged'],
  ['status=wont_fix,triaged', (finding) => ['wont_fix', 'triaged'].includes(statusOf(finding))],
  ['status=fixed,false_positive', () => false],
  ['status=new', (finding) => statusOf(finding) === 'new'],
  ['status=new,wont_fix', (finding) => ['new', 'wont_fix'].includes(statusOf(finding))],
  ['q=parameter', (finding) => textOf(finding).includes('parameter')],
  ['q=rare%20QUERY', (finding) => /rare[^]*query/.test(textOf(finding))],
  ['q=%22parameter%20reaches%22', (finding) => textOf(finding).includes('parameter reaches')],
  ['q=%22reaches%20parameter%22', () => false],
  ['q=src/area-3/file-9.ts', ({ filePath }) => filePath === 'src/area-3/file-9.ts'],
  ['q=CWE-73', ({ cwe }) => cwe === 'CWE-73'],
  ['q=stra%C3%9Fe', (finding) => textOf(finding).includes('straße')],
  ['q=NEAR(a*%20OR%20-%5E', () => false],
  [
    'severity=critical,high&scanner=semgrep&suppressed=false&status=new&compliance=OWASP-A03&q=common',
    (finding) =>
      ['critical', 'high'].includes(finding.severity) &&
      finding.scanner === 'semgrep' &&
      !isSuppressed(finding) &&
      statusOf(finding) === 'new' &&
      finding.complianceTags.includes('OWASP-A03') &&
      textOf(finding).includes('common'),
  ],
];

describe('the findings of a scan', () => {
  it.each(FILTERS)('narrowed by "%s" are those that match, worst first', async (query, matches) => {
    const expected = idsOf(findings.filter(matches));
    expect(await walk(query)).toEqual({ ids: expected, total: [String(expected.length), 'true'] });
  });

  const byPosition = new Map(findings.map((finding, position) => [finding, position]));
  const positionOf = (finding: Finding): number => byPosition.get(finding) ?? -1;

  it.each([
    ['', () => true],
    ['severity=low', ({ severity }: Finding) => severity === 'low'],
    ['severity=low,critical', ({ severity }: Finding) => ['low', 'critical'].includes(severity)],
  ])('by file, narrowed by "%s"', async (query, matches) => {
    const expected = findings
      .filter(matches)
      .sort(
        (a, b) =>
          compareCodePoints(a.filePath ?? '', b.filePath ?? '') || positionOf(a) - positionOf(b),
      );
    for (const limit of [7, 200]) {
      const { ids, total } = await walk(`sort=file&${query}`, limit);
      expect(ids).toEqual(idsOf(expected));
      expect(total).toEqual([String(expected.length), 'true']);
    }
  });

  it('by rule', async () => {
    const expected = [...findings].sort(
      (a, b) => compareCodePoints(a.ruleId, b.ruleId) || positionOf(a) - positionOf(b),
    );
    for (const limit of [1 + 7, 200]) {
      expect((await walk('sort=rule', limit)).ids).toEqual(idsOf(expected));
    }
  });

  it('with a pair of filter and sort that is not offered are 422, which names those that are', async () => {
    for (const sort of FINDING_SORTS) {
      for (const filter of FINDING_FILTERS) {
        const answer = await get(`sort=${sort}&${filter}=${EXAMPLES[filter]}`);
        const isOffered = OFFERED_LISTS[sort].includes(filter);
        expect([sort, filter, answer.statusCode]).toEqual([sort, filter, isOffered ? 200 : 422]);
        if (!isOffered) {
          expect(answer.json()).toMatchObject({ errors: [{ loc: 'sort' }] });
          expect(answer.json().detail).toContain('sort=severity takes all filters');
        }
      }
    }
  });

  it.each([
    ['severity=worst', 'severity'],
    ['severity=', 'severity'],
    ['status=open', 'status'],
    ['suppressed=yes', 'suppressed'],
    ['cwe=89', 'cwe'],
    ['fingerprint=AB', 'fingerprint'],
    ['sort=-severity', 'sort'],
    ['q=%20%22%2F%22', 'q'],
    [`q=${'a+'.repeat(11)}`, 'q'],
    ['rule_id=a&rule_id=b', 'rule_id'],
    ['colour=red', 'colour'],
  ])('are refused with 422 for %s', async (query, loc) => {
    const answer = await get(query);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ loc }] });
  });

  it('go on only where their cursor came from', async () => {
    const link = String((await get('severity=low&limit=5')).headers['link']);
    const cursor = /cursor=([^&>]+)/.exec(link)?.[1] ?? '';
    expect((await get(`severity=low&limit=9&cursor=${cursor}`)).statusCode).toBe(200);
    for (const query of ['', 'severity=high', 'severity=low&sort=file', 'severity=low&q=a']) {
      expect((await get(`${query}&cursor=${cursor}`)).json().code).toBe('CURSOR_INVALID');
    }
    const elsewhere = await server.app.inject(
      `/api/v1/scans/${OTHER_ID}/findings?severity=low&cursor=${cursor}`,
    );
    expect(elsewhere.json().code).toBe('CURSOR_INVALID');
  });
});

const EXAMPLES: Readonly<Record<(typeof FINDING_FILTERS)[number], string>> = {
  severity: 'high,low',
  scan_type: 'code',
  scanner: 'semgrep,trivy',
  rule_id: 'rule-1',
  cwe: 'CWE-71',
  compliance: 'OWASP-A03',
  suppressed: 'false',
  fingerprint: findings[9]?.fingerprint ?? '',
  status: 'wont_fix',
  q: 'common',
};

describe('every offered pair', () => {
  const pairs = FINDING_SORTS.flatMap((sort) => [
    `sort=${sort}`,
    ...OFFERED_LISTS[sort].map((filter) => `sort=${sort}&${filter}=${EXAMPLES[filter]}`),
  ]);

  it.each(pairs)('%s is served by indexes and sorts nothing', async (query) => {
    const first = await get(`${query}&limit=5`);
    const further = /cursor=[^&>]+/.exec(String(first.headers['link']))?.[0] ?? '';
    const plans = await plansOf(server.app.get(OpenDatabase), async () => {
      expect((await get(`${query}&limit=5`)).statusCode).toBe(200);
      expect((await get(`${query}&limit=5&${further}`)).statusCode).toBe(200);
    });
    expect(plans.length).toBeGreaterThan(4);
    for (const { sql, steps } of plans) {
      for (const step of steps) {
        expect([sql, step]).toEqual([
          sql,
          expect.stringMatching(/^SEARCH |^CORRELATED SCALAR SUBQUERY|^LIST SUBQUERY/) as unknown,
        ]);
      }
    }
  });
});

describe('findings as lines', () => {
  const lines = { accept: 'application/x-ndjson, application/json;q=0.5' };

  it.each(['', 'severity=high&suppressed=false', 'sort=file', 'sort=rule', 'status=new&q=common'])(
    'of "%s" are the same as the pages',
    async (query) => {
      const answer = await get(query, lines);
      const pages = await walk(query, 200);
      expect(answer.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
      const bodies = answer.body
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as FindingWithStateBody);
      expect(bodies.map(({ id }) => id)).toEqual(pages.ids);
      expect(bodies[3]).toEqual((await get(`${query}&limit=4`)).json()[3]);
    },
  );

  it('are refused like pages', async () => {
    expect((await get('sort=rule&q=a', lines)).statusCode).toBe(422);
    const missing = await server.app.inject({
      url: `/api/v1/scans/${ID.replace('a', 'c')}/findings`,
      headers: lines,
    });
    expect([missing.statusCode, missing.json().code]).toEqual([404, 'SCAN_NOT_FOUND']);
  });

  it('end with an error when the scan is deleted before the last', async () => {
    const id = ID.replace('a', 'd');
    await storeScan(server.app, { id, project: 'gone' }, madeFindings(900));
    const pieces = await server.app
      .get(ScansService)
      .findingLines(id, Object.assign(new FindingListQueryDto(), {}));
    const read = async (): Promise<number> => {
      let lineCount = 0;
      for await (const piece of pieces) {
        if (lineCount === 0) {
          await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${id}` });
        }
        lineCount += piece.split('\n').length - 1;
      }
      return lineCount;
    };
    await expect(read()).rejects.toMatchObject({ code: 'SCAN_NOT_FOUND' });
    // What is counted below must not be on its way out.
    const isLeft = (): Promise<object[]> =>
      server.app.get(OpenDatabase).reader.query('SELECT 1 FROM scans WHERE id = ?', [id]);
    while ((await isLeft()).length > 0) await aMoment();
  });
});

describe('the search index', () => {
  const indexed = async (): Promise<number> => {
    const rows = await server.app
      .get(OpenDatabase)
      .reader.query<{ n: number }[]>(
        `SELECT count(*) AS n FROM findings_search WHERE findings_search MATCH 'defect'`,
      );
    return rows[0]?.n ?? 0;
  };
  const storedCount = async (): Promise<number> => {
    const rows = await server.app
      .get(OpenDatabase)
      .reader.query<{ n: number }[]>('SELECT count(*) AS n FROM findings');
    return rows[0]?.n ?? 0;
  };

  it('holds what is stored, also after a scan has gone, in pieces or at one blow', async () => {
    const units = server.app.get(UnitOfWork);
    const before = await storedCount();
    const ids = [ID.replace('a', 'e'), ID.replace('a', 'f')];
    for (const id of ids) await storeScan(server.app, { id, project: 'gone' }, madeFindings(300));
    expect([await indexed(), await storedCount()]).toEqual([before + 600, before + 600]);
    await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${ids[0]}` });
    await units.run((tx) => tx.manager.query(`DELETE FROM scans WHERE id = ?`, [ids[1]]));
    while ((await storedCount()) > before) await aMoment();
    expect(await indexed()).toBe(before);
    await units.run((tx) =>
      tx.manager.query(`INSERT INTO findings_search (findings_search) VALUES ('integrity-check')`),
    );
    const rest = await server.app
      .get(OpenDatabase)
      .reader.query(`SELECT scan_id FROM finding_runs WHERE scan_id IN (?, ?)`, ids);
    expect(rest).toEqual([]);
  });

  it('is protected from changes that it would not hear of', async () => {
    const change = server.app
      .get(UnitOfWork)
      .run((tx) => tx.manager.query(`UPDATE findings SET title = 'x' WHERE scan_id = ?`, [ID]));
    await expect(change).rejects.toThrow('never changes');
  });
});
