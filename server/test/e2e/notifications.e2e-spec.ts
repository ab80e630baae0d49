import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotificationBody, ScanBody } from '@securescan/contracts';
import { aFinding } from '@securescan/testing';
import { type Finding, inCanonicalOrder } from '@securescan/core';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { VerdictExpiry } from '../../src/modules/triage/verdict-expiry.service';
import { Clock } from '../../src/ports/clock.port';
import { madeFindings, storeScan } from '../support/made-findings';
import { beginScan } from '../support/run-scan';
import { aMoment } from '../support/until';
import { createScan, endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

const DOCKERFILE = 'FROM ubuntu:latest\nUSER root\n';
const MORE = `${DOCKERFILE}ADD http://example.com/tool.sh /tool.sh\n`;
const BROKEN =
  '#!/bin/sh\n[ "$1" = --version ] && echo "${0##*/} 1.182.0" && exit 0\necho broken >&2\nexit 7\n';

let server: TestServer;

let bin: string;

beforeAll(async () => {
  bin = await mkdtemp(join(tmpdir(), 'securescan-notified-'));
  for (const tool of ['semgrep', 'bandit']) {
    await writeFile(join(bin, tool), BROKEN, { mode: 0o755 });
  }
  server = await startTestServer({ path: `${bin}:/usr/bin:/bin` });
});

afterAll(async () => {
  await server.close();
  await rm(bin, { recursive: true });
});

const get = async <T>(path: string): Promise<T> =>
  (await server.app.inject(`/api/v1${path}`)).json<T>();
const notifications = (query = '') => get<NotificationBody[]>(`/notifications?limit=200&${query}`);
const about = async (scan: string) =>
  (await notifications()).filter(({ scan_id }) => scan_id === scan);
const patch = (path: string) =>
  server.app.inject({ method: 'PATCH', url: `/api/v1/notifications/${path}` });

async function scanned(name: string): Promise<ScanBody> {
  return endOfScan(server, (await createScan(server, join(server.root, name))).id);
}

let made = 0;
async function completed(project: string, findings: readonly Finding[]): Promise<string> {
  made += 1;
  const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
  const scan = await beginScan(server.app, { id, project }, inCanonicalOrder([...findings]));
  await scan.complete();
  return id;
}

describe('a scan that has completed', () => {
  it('is told with what is new, once, and not where there is nothing to say', async () => {
    const name = 'a <b>shop</b> & "co"';
    await writeTree(server.root, { [`${name}/Dockerfile`]: DOCKERFILE });
    const first = await scanned(name);
    await writeTree(server.root, { [`${name}/Dockerfile`]: MORE });
    const second = await scanned(name);

    const count = second.findings_count;
    const isNew = count - first.findings_count;
    expect(isNew).toBeGreaterThan(0);
    const target = join(server.root, name);
    expect(await about(second.id)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        type: 'scan.complete',
        severity: 'warning',
        title: 'Scan complete',
        body: `${String(count)} findings on ${target}: ${String(isNew)} new.`,
        link: `/scan/${second.id}`,
        scan_id: second.id,
        scan_deleted: false,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/) as string,
        read_at: null,
      },
    ]);
    expect(await about(await completed('clean', []))).toEqual([]);
  });

  it('is an error exactly where a critical finding is new to its target', async () => {
    const critical = (title: string, more: Partial<Finding> = {}) =>
      aFinding({ severity: 'critical', title, ...more });
    const known = critical('known');
    const alone = critical('by another scanner');
    const third = critical('never listed before');
    const together = {
      ...alone,
      aliases: [known, alone, third].map(({ scanner, ruleId, fingerprint }) => ({
        scanner,
        ruleId,
        fingerprint,
      })),
    };
    const muted = critical('muted', { metadata: { suppressed_by: 'inline' } });

    const severities = [];
    for (const findings of [
      [known],
      [known, muted, aFinding({ severity: 'high', title: 'high' })],
      [together],
      [known],
      [third],
      [known, critical('another')],
    ]) {
      const [told] = await about(await completed('criticals', findings));
      severities.push([told?.severity, told?.body]);
    }
    expect(severities).toEqual([
      ['error', '1 finding: 1 new, 1 critical.'],
      ['warning', '2 findings: 1 new.'],
      ['info', '1 finding: nothing new.'],
      ['info', '1 finding: nothing new.'],
      ['info', '1 finding: nothing new.'],
      ['error', '2 findings: 1 new, 1 critical.'],
    ]);
    // Another project knows nothing of it.
    expect(await about(await completed('elsewhere', [known]))).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('counts what a hidden scan had as new', async () => {
    const finding = aFinding({ severity: 'critical', title: 'of a deleted scan' });
    const first = await completed('hidden', [finding]);
    const url = `/api/v1/scans/${first}`;
    expect((await server.app.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect(await about(await completed('hidden', [finding]))).toMatchObject([
      { severity: 'error' },
    ]);
  });

  it('is quickly told where it has a great number of findings', async () => {
    const many = madeFindings(1500).map((finding, index) =>
      aFinding({ ...finding, id: `many-${index}`, aliases: [], title: `many ${index}` }),
    );
    const first = await completed('many', many);
    expect((await about(first))[0]?.body).toMatch(/: 1,000 new, \d+ critical among the 1,000 most/);
    expect((await about(await completed('many', many)))[0]).toMatchObject({
      severity: 'warning',
      body: expect.stringMatching(/: nothing new among the 1,000 most severe\.$/) as string,
    });
  });
});

it('compares an import with earlier imports of its project alone', async () => {
  const result = {
    ruleId: 'r',
    level: 'error',
    message: { text: 'found' },
    locations: [
      { physicalLocation: { artifactLocation: { uri: 'a.c' }, region: { startLine: 1 } } },
    ],
  };
  const sarif = {
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Tool' } }, results: [result] }],
  };
  const send = async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans/import?project=imported',
      headers: { 'content-type': 'application/sarif+json' },
      payload: JSON.stringify(sarif),
    });
    return (await about(answer.json<ScanBody>().id))[0];
  };
  const title = 'Import complete';
  expect(await send()).toMatchObject({ title, body: '1 finding on imported: 1 new.' });
  expect(await send()).toMatchObject({ title, body: '1 finding on imported: nothing new.' });
});

it('tells all scanners of a scan that failed in one, and a failed scan', async () => {
  await writeTree(server.root, { 'python/main.py': 'print(1)\n' });
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/scans',
    payload: { target_path: join(server.root, 'python'), scanners: ['semgrep', 'bandit'] },
  });
  const scan = await endOfScan(server, answer.json<ScanBody>().id);

  expect(scan.scanner_outcomes).toMatchObject([{ status: 'failed' }, { status: 'failed' }]);
  const told = (await about(scan.id)).filter(({ type }) => type === 'scanner.failed');
  expect(told).toMatchObject([
    {
      severity: 'warning',
      title: '2 scanners failed',
      body: expect.stringMatching(/^\w+ failed, \w+ failed on .*\/python$/) as string,
    },
  ]);
});

it('shows no link to a scan that is being deleted or is gone, and says so', async () => {
  const id = await completed('doomed', [aFinding({ title: 'doomed' })]);
  const [told] = await about(id);
  const seen = async () => (await notifications()).find((one) => one.id === told?.id);
  const gone = { link: null, scan_id: null, scan_deleted: true, title: told?.title };
  const setHidden = (at: string | null) =>
    server.app
      .get(UnitOfWork)
      .run(({ manager }) => manager.query('UPDATE scans SET hidden_at = ? WHERE id = ?', [at, id]));

  await setHidden('2026-01-01T00:00:00.000Z');
  expect(await seen()).toMatchObject(gone);
  await setHidden(null);
  expect(await seen()).toMatchObject({ link: `/scan/${id}`, scan_deleted: false });
  await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${id}` });
  expect(await seen()).toMatchObject(gone);
});

describe('many things at once', () => {
  const findings = madeFindings(450);

  it('become one notification of all verdicts that lapse, which is new again with each sweep', async () => {
    const until = '2030-01-01T00:00:00.000Z';
    await storeScan(
      server.app,
      { id: '00000000-0000-4000-9000-00000000000a', project: 'lapse' },
      findings,
    );
    const fingerprints = findings.map(({ fingerprint }) => fingerprint);
    const decide = async (some: readonly string[], day: string) => {
      const payload = { fingerprints: some, status: 'wont_fix', until: day };
      return server.app.inject({ method: 'POST', url: '/api/v1/findings/state/bulk', payload });
    };
    const one = await decide(fingerprints, until);
    expect([one.statusCode, one.body]).toEqual([200, expect.any(String)]);
    const clock = jest.spyOn(server.app.get(Clock), 'now');
    clock.mockImplementation(() => new Date(until));
    const sweep = () => server.app.get(VerdictExpiry, { strict: false }).apply(() => false);

    expect(await sweep()).toBe(450);
    const [told, ...others] = await notifications('type=verdict.lapsed');
    expect(others).toEqual([]);
    expect(told).toMatchObject({
      severity: 'warning',
      title: '450 verdicts have lapsed',
      body: expect.stringMatching(
        /^(?:[0-9a-f]{12} \(wont_fix everywhere\)(?:, | and )){3}447 more$/,
      ) as string,
      link: null,
      scan_id: null,
      scan_deleted: false,
    });

    await patch(`${told?.id ?? ''}/read`);
    expect(await notifications('type=verdict.lapsed&unread_only=true')).toEqual([]);
    const later = (minutes: number) => new Date(Date.parse(until) + minutes * 60_000);
    for (const [minutes, titles] of [
      [5, ['452 verdicts have lapsed']],
      [11, ['2 verdicts have lapsed', '452 verdicts have lapsed']],
    ] as const) {
      clock.mockImplementation(() => later(minutes - 1));
      await decide(fingerprints.slice(0, 2), later(minutes).toISOString());
      clock.mockImplementation(() => later(minutes));
      expect(await sweep()).toBe(2);
      const unread = await notifications('type=verdict.lapsed&unread_only=true');
      expect(unread.map(({ title }) => title)).toEqual(titles);
    }
    clock.mockRestore();
  });

  it('become one notification of all findings of a scan that are back', async () => {
    const active = findings.filter(({ metadata }) => !('suppressed_by' in metadata));
    const payload = {
      fingerprints: active.map(({ fingerprint }) => fingerprint),
      status: 'fixed',
      project: 'back',
    };
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/findings/state/bulk',
      payload,
    });
    expect(answer.statusCode).toBe(200);

    const id = await completed('back', findings);
    const back = async () => notifications('type=finding.regressed');
    while ((await back())[0]?.title !== `${String(active.length)} fixed findings are back`) {
      await aMoment();
    }

    expect(await back()).toMatchObject([
      { severity: 'error', scan_id: id, link: `/scan/${id}`, read_at: null },
    ]);
    expect((await back())[0]?.body).toMatch(/^Defect .* and \d+ more$/);
  });
});
