import type { ErrorBody, FindingOverviewBody, FindingPlaceBody } from '@securescan/contracts';
import { inCanonicalOrder } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import { OpenDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { PLACE_STATEMENTS } from '../../src/modules/triage/finding-places.repository';
import { everyPage } from '../support/every-page';
import { storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

const one = aFinding({ filePath: 'a.ts', lineStart: 3, lineEnd: 4 });
const again = { ...one, lineStart: 9, lineEnd: 9, occurrence: 2, id: `${one.id}-2` };
const muted = { ...one, metadata: { suppressed_by: 'inline' } };
const other = aFinding({ filePath: 'b.ts' });
const FINGERPRINT = one.fingerprint;

const idOf = (index: number) => `00000000-0000-4000-8000-00000000000${index}`;
const timeOf = (index: number) => `2026-01-0${index}T00:00:00.000Z`;
const SCANS = [
  { project: 'shop', origin: 'import', status: 'completed', findings: [one] },
  { project: 'shop', origin: 'scan', status: 'completed', findings: [one, again] },
  { project: 'other', origin: 'scan', status: 'completed', findings: [other] },
  { project: 'other', origin: 'scan', status: 'completed', findings: [muted, other] },
  { project: 'shop', origin: 'import', status: 'completed', findings: [one] },
  { project: 'shop', origin: 'scan', status: 'running', findings: [one] },
] as const;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  for (const [at, { project, origin, status, findings }] of SCANS.entries()) {
    const id = idOf(at + 1);
    await storeScan(server.app, { id, project }, inCanonicalOrder([...findings]));
    await server.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.update(ScanEntity, { id }, { origin, status, createdAt: timeOf(at + 1) }),
      );
  }
  for (const status of ['triaged', 'wont_fix']) {
    const url = `/api/v1/findings/${FINGERPRINT}/state`;
    await server.app.inject({ method: 'PATCH', url, payload: { status, project: 'shop' } });
  }
});

afterAll(() => server.close());

const get = (path: string) => server.app.inject(`/api/v1/findings/${path}`);

it('is told with its first and last scan, those of imports apart', async () => {
  const overview = (await get(`${FINGERPRINT}?project=shop`)).json<FindingOverviewBody>();
  const sighting = (index: number, project: string) => ({
    scan_id: idOf(index),
    project,
    seen_at: timeOf(index),
  });

  expect(overview).toMatchObject({
    fingerprint: FINGERPRINT,
    state: { status: 'wont_fix', project: 'shop' },
    everywhere: null,
    latest: { scan_id: idOf(5), origin: 'import', file_path: 'a.ts', line_start: 3 },
    first_seen: sighting(2, 'shop'),
    last_seen: sighting(4, 'other'),
    first_imported: sighting(1, 'shop'),
    last_imported: sighting(5, 'shop'),
    scans_count: 2,
    imports_count: 2,
    places_count: 5,
    history_count: 2,
    comments_count: 0,
  });
});

it('is told where there are neither imports nor verdicts', async () => {
  expect((await get(other.fingerprint)).json<FindingOverviewBody>()).toMatchObject({
    state: null,
    first_imported: null,
    last_imported: null,
    scans_count: 2,
    imports_count: 0,
    history_count: 0,
  });
});

it('has its places in pages, newest scan first', async () => {
  const places: FindingPlaceBody[] = [];
  const list = `/api/v1/findings/${FINGERPRINT}/places?limit=2`;
  for await (const page of everyPage(server.app, list)) {
    expect(page.headers['x-total-count']).toBe('5');
    places.push(...page.json<FindingPlaceBody[]>());
  }

  expect(places.map((place) => [place.scan_id, place.line_start, place.suppressed])).toEqual([
    [idOf(5), 3, false],
    [idOf(4), 3, true],
    [idOf(2), 3, false],
    [idOf(2), 9, false],
    [idOf(1), 3, false],
  ]);
});

it('is not there where no scan that has completed found it', async () => {
  for (const path of ['', '/places']) {
    const answer = await get(`${'0'.repeat(64)}${path}`);
    expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([404, 'FINDING_NOT_FOUND']);
    expect((await get(`none${path}`)).statusCode).toBe(422);
  }
});

it('is found by index in every scan', async () => {
  const { reader } = server.app.get(OpenDatabase);
  for (const sql of Object.values(PLACE_STATEMENTS).map((statement) => statement(2))) {
    const parameters = Array.from({ length: sql.split('?').length - 1 }, () => 1);
    const steps = await reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    const details = steps.map(({ detail }) => detail);
    expect(details.join('\n')).toMatch(
      /SEARCH finding USING (COVERING )?INDEX idx_findings_fingerprint \(scan_id=\? AND fingerprint=\?\)/,
    );
    // The places of one scan may be sorted, all scans may not.
    expect(details).not.toContain('USE TEMP B-TREE FOR ORDER BY');
  }
});
