import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  DashboardStatsBody,
  FindingWithStateBody,
  ScanBody,
  ScanSummaryBody,
  TargetBody,
} from '@securescan/contracts';
import { ReadDatabase } from '../../src/database/database';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { FindingEntity } from '../../src/modules/findings/finding.entity';
import { FindingStateEntity } from '../../src/modules/triage/finding-state.entity';
import { ProjectFindingStateEntity } from '../../src/modules/triage/project-finding-state.entity';
import { everyPage } from '../support/every-page';
import { aMoment } from '../support/until';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await writeTree(server.root, dockerfiles(60));
});

afterAll(async () => {
  await server.close();
});

const post = (payload: unknown) =>
  server.app.inject({ method: 'POST', url: '/api/v1/scans', payload: payload as object });
const get = (url: string) => server.app.inject(url);

async function allFindings(
  first: string,
): Promise<{ pages: number; findings: FindingWithStateBody[] }> {
  const findings: FindingWithStateBody[] = [];
  let pages = 0;
  for await (const answer of everyPage(server.app, first)) {
    findings.push(...answer.json<FindingWithStateBody[]>());
    pages += 1;
  }
  return { pages, findings };
}

describe('a scan', () => {
  let scan: ScanBody;

  beforeAll(async () => {
    const created = await createScan(server, server.root);
    expect(created.status).toBe('pending');
    expect(created.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    scan = await endOfScan(server, created.id);
  });

  it('completes with its outcomes and counts', async () => {
    expect(scan).toMatchObject({ status: 'completed', error: null, scanners_skipped: [] });
    expect(scan.scanners_run).toContain('dockerfile');
    expect(
      scan.scanner_outcomes.find(({ scanner }) => scanner === 'dockerfile')?.files_assessed,
    ).toBe(60);
    const summary = (await get(`/api/v1/scans/${scan.id}/summary`)).json<ScanSummaryBody>();
    expect(summary.total_findings).toBe(scan.findings_count);
    expect(summary.critical + summary.high + summary.medium + summary.low + summary.info).toBe(
      scan.findings_count,
    );
  });

  it('gives the same findings in the same order whatever the size of the page', async () => {
    const whole = await allFindings(`/api/v1/scans/${scan.id}/findings?limit=200`);
    const pieces = await allFindings(`/api/v1/scans/${scan.id}/findings?limit=7`);
    expect(pieces.pages).toBe(Math.ceil(scan.findings_count / 7));
    expect(pieces.findings).toEqual(whole.findings);
    expect(whole.findings).toHaveLength(scan.findings_count);
    expect(whole.findings[0]).toMatchObject({ scan_id: scan.id, state: null, severity: 'high' });
    expect(whole.findings.every(({ file_path }) => file_path?.startsWith('service-'))).toBe(true);
  });

  it('filters findings and counts what matches', async () => {
    const answer = await get(
      `/api/v1/scans/${scan.id}/findings?severity=high&scan_type=iac&scanner=dockerfile&limit=1`,
    );
    const { findings } = await allFindings(`/api/v1/scans/${scan.id}/findings?severity=high`);
    expect(findings.every(({ severity }) => severity === 'high')).toBe(true);
    expect(answer.headers).toMatchObject({
      'x-total-count': String(findings.length),
      'x-total-exact': 'true',
    });
    expect((await get(`/api/v1/scans/${scan.id}/findings?scan_type=dast`)).json()).toEqual([]);
  });

  it("shows the verdict on a finding, the project's own before the one for everywhere", async () => {
    const [first, second] = (await allFindings(`/api/v1/scans/${scan.id}/findings`)).findings;
    const verdict = (fingerprint: string, status: 'false_positive' | 'wont_fix') => ({
      fingerprint,
      status,
      note: null,
      expiresAt: null,
      updatedAt: '2026-01-01T00:00:00.000Z',
      updatedBy: 'ada',
      principalId: null,
    });
    await server.app.get(UnitOfWork).run(async ({ manager }) => {
      await manager.insert(FindingStateEntity, [
        verdict(first!.fingerprint, 'false_positive'),
        verdict(second!.fingerprint, 'false_positive'),
      ]);
      await manager.insert(ProjectFindingStateEntity, {
        ...verdict(first!.fingerprint, 'wont_fix'),
        project: scan.project,
      });
      await manager.insert(ProjectFindingStateEntity, {
        ...verdict(second!.fingerprint, 'wont_fix'),
        project: 'another',
      });
    });
    const shown = (await allFindings(`/api/v1/scans/${scan.id}/findings`)).findings;
    expect(shown[0]?.state).toMatchObject({ status: 'wont_fix', updated_by: 'ada' });
    expect(shown[1]?.state?.status).toBe('false_positive');
  });

  it('is listed first when it is the newest, page by page', async () => {
    const younger = await createScan(server, join(server.root, 'service-001'));
    await endOfScan(server, younger.id);
    const first = await get('/api/v1/scans?limit=1');
    expect(first.json<ScanBody[]>().map(({ id }) => id)).toEqual([younger.id]);
    expect(first.headers['x-total-count']).toBe('2');
    const link = /<([^>]+)>/.exec(String(first.headers['link']))?.[1] ?? '';
    const second = await get(link);
    expect(second.json<ScanBody[]>().map(({ id }) => id)).toEqual([scan.id]);
    expect(second.headers['link']).toBeUndefined();
    const filtered = await get(
      `/api/v1/scans?status=completed&project=${encodeURIComponent(scan.project)}`,
    );
    expect(filtered.json<ScanBody[]>().map(({ id }) => id)).toEqual([scan.id]);
    expect((await get('/api/v1/scans?status=failed')).json()).toEqual([]);
  });

  it('cannot be cancelled once it has ended', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/api/v1/scans/${scan.id}/cancel`,
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ code: 'SCAN_ALREADY_TERMINAL' });
  });

  it('is gone at once when deleted, and its rows soon after', async () => {
    const { id } = await createScan(server, server.root);
    await endOfScan(server, id);
    const remove = () => server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${id}` });
    expect((await remove()).statusCode).toBe(204);
    for (const below of ['', '/findings', '/summary', '/events']) {
      expect((await get(`/api/v1/scans/${id}${below}`)).statusCode).toBe(404);
    }
    expect((await remove()).json()).toMatchObject({ code: 'SCAN_NOT_FOUND' });
    const { manager } = server.app.get(ReadDatabase);
    while ((await manager.countBy(FindingEntity, { scanId: id })) > 0) await aMoment();
  });
});

describe('a request for a scan', () => {
  it.each([
    ['an unknown field', { target_path: '/x', colour: 'red' }, 'colour'],
    ['no target', {}, 'target_path'],
    ['a relative target', { target_path: 'src' }, 'target_path'],
    ['a number as target', { target_path: 7 }, 'target_path'],
    ['control characters in the target', { target_path: '/tmp/\u0000x' }, 'target_path'],
    ['an unknown type', { target_path: '/x', scan_types: ['everything'] }, 'scan_types'],
    ['no type', { target_path: '/x', scan_types: [] }, 'scan_types'],
    ['dast without a URL', { scan_types: ['dast'] }, 'target_url'],
    ['network without a host', { scan_types: ['network'] }, 'target_host'],
    ['code without a path', { scan_types: ['code'] }, 'target_path'],
    ['a URL that nobody asked for', { target_path: '/x', target_url: 'http://a' }, 'target_url'],
    ['an attack on nothing', { target_path: '/x', active: true }, 'active'],
    [
      'a URL with a password',
      { scan_types: ['dast'], target_url: 'http://u:p@127.0.0.1/' },
      'target_url',
    ],
    [
      'rules that are neither path nor pack',
      { target_path: '/x', semgrep_rules: ['../rules'] },
      'semgrep_rules',
    ],
    [
      'an address that is no URL',
      { scan_types: ['dast'], target_url: 'file:///etc/passwd' },
      'target_url',
    ],
  ])('is refused with 422 for %s', async (_case, payload, loc) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ loc }] });
  });

  it('runs what there is of mixed types, each once, in the order of the contract', async () => {
    const scan = await createScan(server, server.root, ['baseline', 'iac', 'iac']);
    expect(scan.scan_types).toEqual(['iac', 'baseline']);
    expect((await endOfScan(server, scan.id)).status).toBe('completed');
  });

  it('tells a missing target inside the roots from a forbidden one', async () => {
    const missing = await post({ target_path: join(server.root, 'nowhere') });
    expect([missing.statusCode, missing.json().code]).toEqual([400, 'TARGET_NOT_FOUND']);
    for (const path of ['/etc', '/nowhere-at-all', `${server.root}-beside`, `${server.root}/..`]) {
      const forbidden = await post({ target_path: path });
      expect([forbidden.statusCode, forbidden.json().code]).toEqual([403, 'TARGET_NOT_ALLOWED']);
      expect(forbidden.json().detail).toContain('SECURESCAN_SCAN_ROOTS');
    }
  });

  it.each([
    ['http://203.0.113.7/', 'dast'],
    ['http://169.254.169.254/latest/meta-data/', 'dast'],
    ['http://[::ffff:10.0.0.1]/', 'dast'],
    ['203.0.113.0/28', 'network'],
    ['10.0.0.1', 'network'],
  ])('reaches %s only where the operator allows it', async (place, type) => {
    const field = type === 'dast' ? 'target_url' : 'target_host';
    const refused = await post({ scan_types: [type], [field]: place });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'TARGET_NOT_ALLOWED']);
    expect(refused.json().detail).toContain('SECURESCAN_NETWORK_TARGETS');
    expect(refused.json().errors).toMatchObject([{ loc: field }]);
  });

  it("judges the server's own machine only where all of it may be scanned", async () => {
    const refused = await post({ scan_types: ['baseline'], baseline_host_probes: true });
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'TARGET_NOT_ALLOWED']);
  });

  it('does not follow a link out of the roots', async () => {
    await symlink('/etc', join(server.root, 'exit'));
    expect((await post({ target_path: join(server.root, 'exit') })).json().code).toBe(
      'TARGET_NOT_ALLOWED',
    );
    const rules = await post({
      target_path: server.root,
      semgrep_rules: [join(server.root, 'exit')],
    });
    expect(rules.json().code).toBe('TARGET_NOT_ALLOWED');
  });
});

describe('browse', () => {
  it('shows directories inside the roots and nothing outside', async () => {
    await mkdir(join(server.root, 'node_modules'));
    await mkdir(join(server.root, '.hidden'));
    const top = (await get('/api/v1/browse')).json();
    expect(top).toMatchObject({ current: server.root, parent: null });
    const names = top.entries.map(({ name }: { name: string }) => name);
    expect(names).toContain('service-000');
    expect(names).not.toContain('node_modules');
    expect(names).not.toContain('.hidden');
    const below = (await get(`/api/v1/browse?path=${server.root}/service-000`)).json();
    expect(below).toMatchObject({
      parent: server.root,
      entries: [{ name: 'Dockerfile', is_dir: false }],
    });
    for (const path of ['/', '/etc', `${server.root}/../..`]) {
      expect((await get(`/api/v1/browse?path=${path}`)).json().code).toBe('TARGET_NOT_ALLOWED');
    }
  });
});

describe('the overview', () => {
  it('counts what is there now, and every scan', async () => {
    const stats = (await get('/api/v1/dashboard/stats')).json<DashboardStatsBody>();
    const scans = (await get('/api/v1/scans?status=completed')).json<ScanBody[]>();
    const targets = (await get('/api/v1/targets')).json<TargetBody[]>();
    const expected = targets.reduce((sum, target) => sum + target.findings_count, 0);
    expect(stats).toMatchObject({
      completed_scans: scans.length,
      total_findings: expected,
      targets: targets.length,
    });
    expect(expected).toBeGreaterThan(0);
  });
});
