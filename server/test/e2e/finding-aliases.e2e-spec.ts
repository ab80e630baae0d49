import type {
  BulkDecisionBody,
  ErrorBody,
  FindingOverviewBody,
  FindingPlaceBody,
  FindingVerdictsBody,
  FindingWithStateBody,
} from '@securescan/contracts';
import { type Finding, inCanonicalOrder } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import fc from 'fast-check';
import { OpenDatabase } from '../../src/database/database';
import { ALIAS_STATEMENTS } from '../../src/modules/triage/finding-aliases.repository';
import { KNOWN_STATEMENTS } from '../../src/modules/triage/known-findings.repository';
import { Clock } from '../../src/ports/clock.port';
import { madeFindings, storeScan } from '../support/made-findings';
import { beginScan } from '../support/run-scan';
import { startTestServer, type TestServer } from './test-server';

/** What semgrep and bandit each say of one defect, and what comes of both. */
interface Defect {
  readonly semgrep: Finding;
  readonly bandit: Finding;
  readonly merged: Finding;
}

function defectIn(filePath: string): Defect {
  const semgrep = aFinding({ filePath, scanner: 'semgrep' });
  const bandit = aFinding({ filePath, scanner: 'bandit', ruleId: 'B608', severity: 'medium' });
  return {
    semgrep,
    bandit,
    merged: { ...semgrep, aliases: [...bandit.aliases, ...semgrep.aliases] },
  };
}

let server: TestServer;
let scans = 0;

const newId = (): string => {
  scans += 1;
  return `00000000-0000-4000-8000-${String(scans).padStart(12, '0')}`;
};

/** @returns the id of a completed scan that found them. */
async function scanOf(findings: readonly Finding[], project = 'shop'): Promise<string> {
  const id = newId();
  await storeScan(server.app, { id, project }, inCanonicalOrder(findings));
  return id;
}

const decide = (fingerprint: string, payload: object) =>
  server.app.inject({ method: 'PATCH', url: `/api/v1/findings/${fingerprint}/state`, payload });
const get = async <T>(path: string): Promise<T> =>
  (await server.app.inject(`/api/v1${path}`)).json<T>();
const listed = (scan: string, query = '') =>
  get<FindingWithStateBody[]>(`/scans/${scan}/findings?limit=200&${query}`);
const linesOf = async (scan: string) => {
  const headers = { accept: 'application/x-ndjson' };
  const { body } = await server.app.inject({ url: `/api/v1/scans/${scan}/findings`, headers });
  return body
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as FindingWithStateBody);
};

let now = Date.parse('2026-03-01T00:00:00.000Z');

beforeAll(async () => {
  server = await startTestServer();
  jest.spyOn(server.app.get(Clock), 'now').mockImplementation(() => new Date((now += 1)));
});

afterAll(async () => {
  jest.restoreAllMocks();
  await server.close();
});

describe('a finding that several scanners report', () => {
  it('keeps its verdict where the one that it was listed under is missing', async () => {
    const { merged, bandit } = defectIn('kept.py');
    const both = await scanOf([merged]);
    const status = 'false_positive';
    await decide(merged.fingerprint, { status, note: 'a test', project: 'shop' });
    const alone = await scanOf([bandit]);

    const state = { fingerprint: merged.fingerprint, status, note: 'a test' };
    for (const scan of [both, alone]) {
      expect(await listed(scan)).toMatchObject([{ state }]);
      expect(await linesOf(scan)).toMatchObject([{ state }]);
      expect(await listed(scan, `status=${status}`)).toHaveLength(1);
      expect(await listed(scan, 'status=new')).toEqual([]);
    }
    const verdicts = await get<FindingVerdictsBody>(
      `/findings/${bandit.fingerprint}/state?project=shop`,
    );
    expect(verdicts).toMatchObject({ fingerprint: bandit.fingerprint, state, in_project: state });
  });

  it('has the verdict that was given before another scanner saw it too', async () => {
    const { merged, bandit } = defectIn('before.py');
    await scanOf([bandit]);
    await decide(bandit.fingerprint, { status: 'accepted_risk' });
    const both = await scanOf([merged]);

    expect(await listed(both, 'status=accepted_risk')).toMatchObject([
      { fingerprint: merged.fingerprint, state: { fingerprint: bandit.fingerprint } },
    ]);
  });

  it('is found, decided about and looked at under any of its fingerprints', async () => {
    const { merged, bandit } = defectIn('places.py');
    const both = await scanOf([merged]);
    const alone = await scanOf([bandit], 'other');
    const seen = defectIn('never-alone.py');
    await scanOf([seen.merged]);

    for (const { fingerprint } of [merged, bandit]) {
      const places = await get<FindingPlaceBody[]>(`/findings/${fingerprint}/places`);
      expect(new Set(places.map((place) => place.scan_id))).toEqual(new Set([both, alone]));
      const overview = await get<FindingOverviewBody>(`/findings/${fingerprint}`);
      expect(overview).toMatchObject({ fingerprint, scans_count: 2, places_count: 2 });
    }
    const { fingerprint } = seen.bandit;
    expect((await decide(fingerprint, { status: 'triaged' })).statusCode).toBe(200);
    const bulk = await server.app.inject({
      method: 'POST',
      url: '/api/v1/findings/state/bulk',
      payload: { fingerprints: [fingerprint, '0'.repeat(64)], status: 'wont_fix' },
    });
    expect(bulk.json<BulkDecisionBody>()).toMatchObject({ matched: 1, unknown: ['0'.repeat(64)] });
    const stranger = await decide(seen.semgrep.fingerprint.replace(/^./, 'x'), { status: 'new' });
    expect(stranger.json<ErrorBody>().code).toBe('VALIDATION_FAILED');
  });

  it('takes the latest of its verdicts, also where that was said before under another name', async () => {
    const { merged, bandit } = defectIn('latest.py');
    const both = await scanOf([merged]);
    const status = async () => (await listed(both))[0]?.state?.status;
    await decide(merged.fingerprint, { status: 'wont_fix', project: 'shop' });
    await decide(bandit.fingerprint, { status: 'triaged', project: 'shop' });
    expect(await status()).toBe('triaged');
    // Nothing new under this fingerprint, but another one counted.
    await decide(merged.fingerprint, { status: 'wont_fix', project: 'shop' });
    expect(await status()).toBe('wont_fix');
    const bulk = { status: 'fixed', project: 'shop', fingerprints: [bandit.fingerprint] };
    await server.app.inject({ method: 'POST', url: '/api/v1/findings/state/bulk', payload: bulk });
    expect(await status()).toBe('fixed');

    const url = `/api/v1/findings/${merged.fingerprint}/state?project=shop`;
    expect((await server.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect(await listed(both)).toMatchObject([{ state: null }]);
  });

  it('loses no verdict to a comment under another name', async () => {
    const { merged, bandit } = defectIn('comment.py');
    const both = await scanOf([merged]);
    await decide(merged.fingerprint, { status: 'false_positive' });
    const url = `/api/v1/findings/${bandit.fingerprint}/comments`;
    await server.app.inject({ method: 'POST', url, payload: { text: 'is it?' } });
    expect(await listed(both, 'status=false_positive')).toHaveLength(1);
    await decide(bandit.fingerprint, { status: 'new' });
    expect(await listed(both, 'status=new')).toHaveLength(1);
  });

  it('regresses under whichever of them it is found again', async () => {
    const { merged, bandit } = defectIn('again.py');
    await scanOf([merged]);
    await decide(merged.fingerprint, { status: 'fixed' });
    const id = newId();
    const scan = await beginScan(server.app, { id, project: 'shop' }, [bandit]);
    expect(await scan.complete()).toBe(true);

    const [found] = await listed(id, 'status=new');
    expect(found).toMatchObject({
      fingerprint: bandit.fingerprint,
      state: { fingerprint: merged.fingerprint, project: 'shop', status: 'new' },
    });
    expect(found?.state?.regressed_at).not.toBeNull();
  });
});

it('lists show and filter the same, whatever was decided under which fingerprint', async () => {
  const defects = Array.from({ length: 4 }, (_, at) => defectIn(`random-${at}.py`));
  const names = defects.flatMap(({ semgrep, bandit }) => [semgrep, bandit]);
  const alone = await scanOf(
    defects.flatMap(({ bandit, merged }, at) => [at % 2 ? bandit : merged]),
  );
  const both = await scanOf(defects.map(({ merged }) => merged));
  // Others, so that the list is looked for from the verdicts as well as, here, from the findings.
  const large = await scanOf([...defects.map(({ merged }) => merged), ...madeFindings(40)]);
  const decision = fc.record({
    which: fc.nat(names.length - 1),
    project: fc.constantFrom('shop', undefined),
    status: fc.constantFrom('new', 'fixed', 'wont_fix'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(decision, { maxLength: 8 }), async (decisions) => {
      for (const { which, ...payload } of decisions) {
        await decide(names[which]?.fingerprint ?? '', payload);
      }
      for (const scan of [alone, both, large]) {
        const all = await listed(scan);
        expect(await linesOf(scan)).toEqual(all);
        for (const status of ['new', 'fixed', 'wont_fix', 'fixed,wont_fix']) {
          const expected = all.filter((one) =>
            status.split(',').includes(one.state?.status ?? 'new'),
          );
          expect(await listed(scan, `status=${status}`)).toEqual(expected);
        }
      }
    }),
    { numRuns: 12 },
  );
}, 30_000);

it('what claims very many fingerprints is believed some of them', async () => {
  const { semgrep } = defectIn('claims.py');
  const aliases = Array.from({ length: 900 }, (_, at) => ({
    scanner: `s${at}`,
    ruleId: 'r',
    fingerprint: String(at).padStart(64, '0'),
  }));
  await scanOf([{ ...semgrep, aliases: [...semgrep.aliases, ...aliases] }]);
  const { reader } = server.app.get(OpenDatabase);
  const rows: unknown = await reader.query(
    'SELECT count(*) AS "count" FROM finding_aliases WHERE fingerprint = ?',
    [semgrep.fingerprint],
  );
  expect(rows).toEqual([{ count: 32 }]);
});

it('is found by index alone', async () => {
  const { reader } = server.app.get(OpenDatabase);
  const statements = [...Object.values(ALIAS_STATEMENTS), ...Object.values(KNOWN_STATEMENTS)];
  for (const sql of statements.map((statement) => statement(3))) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 'a');
    const plan = await reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    for (const { detail } of plan) {
      expect(detail).toMatch(
        /^SEARCH |^CORRELATED SCALAR SUBQUERY|^COMPOUND QUERY|^UNION ALL|^LEFT/,
      );
    }
  }
});
