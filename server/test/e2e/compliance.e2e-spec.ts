import { spawnSync } from 'node:child_process';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ComplianceCoverageBody,
  ComplianceTrendBody,
  ErrorBody,
  FindingWithStateBody,
  FrameworkCoverageBody,
  FrameworkDetailBody,
  FrameworkListBody,
} from '@securescan/contracts';
import { OpenDatabase } from '../../src/database/database';
import { plansOf } from '../support/query-plans';
import { aMoment } from '../support/until';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli', 'src', 'main.js');
const DAY_MS = 86_400_000;
const SHIPPED = ['cis-controls-v8', 'owasp-top10-2021', 'pci-dss-v4', 'soc2'];

const ACME = {
  id: 'acme-policy',
  name: 'ACME policy',
  version: '3',
  tag_prefix: 'ACME-',
  controls: [
    { id: '1', name: 'Nobody is root', rules: { dockerfile: ['dockerfile/DL002'] } },
    { id: '2', name: 'Certificates are checked', cwes: [295] },
    { id: '3', name: 'Nobody forges requests', cwes: [352] },
    { id: '4', name: 'Everybody was trained' },
  ],
};

let server: TestServer;
let frameworks: string;
let shop: string;
let first: string;

const get = (path: string) => server.app.inject(`/api/v1/compliance/${path}`);

async function body<T>(path: string): Promise<T> {
  const answer = await get(path);
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return answer.json<T>();
}

async function refusal(path: string): Promise<unknown[]> {
  const answer = await get(path);
  return [answer.statusCode, answer.json<ErrorBody>().code];
}

async function acme(query: string): Promise<FrameworkCoverageBody> {
  const { coverage } = await body<ComplianceCoverageBody>(
    `coverage?framework=acme-policy&${query}`,
  );
  const [found, ...others] = coverage;
  expect(others).toEqual([]);
  if (found === undefined) throw new Error('There is no coverage.');
  return found;
}

const statesOf = ({ controls }: FrameworkCoverageBody) => controls.map(({ state }) => state);

async function scan(types: readonly string[] | null = null): Promise<string> {
  const { id } = await createScan(server, shop, types);
  expect((await endOfScan(server, id)).status).toBe('completed');
  return id;
}

beforeAll(async () => {
  frameworks = await realpath(await mkdtemp(join(tmpdir(), 'securescan-frameworks-')));
  await writeFile(join(frameworks, 'acme.json'), JSON.stringify(ACME));
  await writeFile(join(frameworks, 'README.md'), 'No framework.');
  server = await startTestServer({ environment: { SECURESCAN_COMPLIANCE_DIR: frameworks } });
  shop = join(server.root, 'shop');
  await writeTree(shop, {
    ...dockerfiles(2),
    'muted/Dockerfile':
      'FROM node:22@sha256:0\n# securescan: ignore-next-line dockerfile/DL002 reason="only a build image"\nUSER root\n',
    '.git/HEAD': 'ref: refs/heads/main\n',
  });
  first = await scan();
});

afterAll(async () => {
  await server.close();
  await rm(frameworks, { recursive: true });
});

describe('the frameworks', () => {
  it('are those that ship and the operator’s own', async () => {
    const { frameworks: listed } = await body<FrameworkListBody>('frameworks');
    expect(listed.map(({ id, shipped }) => [id, shipped])).toEqual([
      ...SHIPPED.map((id) => [id, true]),
      ['acme-policy', false],
    ]);
    expect(listed.at(-1)).toMatchObject({ total_controls: 4, testable_controls: 3, version: '3' });
  });

  it('say who can speak to their controls', async () => {
    const { controls } = await body<FrameworkDetailBody>('frameworks/acme-policy');
    expect(controls.map(({ tag, testable_by: scanners }) => [tag, scanners])).toEqual([
      ['ACME-1', ['dockerfile']],
      ['ACME-2', ['bandit', 'builtin_dast', 'checkov', 'dockerfile', 'semgrep']],
      ['ACME-3', ['semgrep', 'zap']],
      ['ACME-4', []],
    ]);
    expect(await refusal('frameworks/none')).toEqual([404, 'FRAMEWORK_NOT_FOUND']);
  });

  it('keep a server from starting where a file is wrong', async () => {
    const wrong = { SECURESCAN_COMPLIANCE_DIR: join(frameworks, 'acme.json') };
    await expect(startTestServer({ environment: wrong })).rejects.toThrow('is no directory');
  });
});

describe('the coverage of a scan', () => {
  it('parts what was found from what was looked for and from what was not', async () => {
    const found = await acme(`scan_id=${first}`);
    expect(statesOf(found)).toEqual(['violated', 'not_observed', 'not_tested', 'not_tested']);
    expect(found).toMatchObject({
      counts: { violated: 1, not_observed: 1, not_tested: 2 },
      tested_percentage: 50,
      controls_violated: ['ACME-1'],
      violated_details: [{ id: 'ACME-1', name: 'Nobody is root' }],
    });
    // Two are root, and a third that somebody muted.
    expect(found.controls[0]).toMatchObject({ findings: 2, tested_by: ['dockerfile'] });
  });

  it('counts what the lists that it names hold', async () => {
    const { coverage } = await body<ComplianceCoverageBody>(`coverage?scan_id=${first}`);
    expect(coverage.map(({ framework_id: id }) => id)).toEqual([...SHIPPED, 'acme-policy']);
    const violated = coverage.flatMap(({ controls }) =>
      controls.filter(({ state }) => state === 'violated'),
    );
    expect(violated.length).toBeGreaterThan(8);
    for (const { tag, findings, findings_url: url } of violated) {
      const answer = await server.app.inject(url ?? '');
      expect([tag, answer.headers['x-total-count']]).toEqual([tag, String(findings)]);
      for (const finding of answer.json<FindingWithStateBody[]>()) {
        expect(finding.compliance_tags).toContain(tag);
      }
    }
  });

  it('is nothing where there is no completed scan, or more than one subject', async () => {
    expect(await refusal('coverage?scan_id=none')).toEqual([404, 'SCAN_NOT_FOUND']);
    expect(await refusal('coverage?framework=none')).toEqual([404, 'FRAMEWORK_NOT_FOUND']);
    for (const query of [`scan_id=${first}&project=a`, 'target=a', 'scan_id=', 'more=1']) {
      expect(await refusal(`coverage?${query}`)).toEqual([422, 'VALIDATION_FAILED']);
    }
    const { id } = await createScan(server, shop);
    await server.app.inject({ method: 'POST', url: `/api/v1/scans/${id}/cancel` });
    const { status } = await endOfScan(server, id);
    if (status === 'completed') return;
    expect(await refusal(`coverage?scan_id=${id}`)).toEqual([409, 'SCAN_NOT_COMPLETED']);
  });
});

it('is tagged and reported alike by the command line with the same frameworks', async () => {
  const words = ['scan', shop, '--scanner', 'dockerfile', '--output', 'html', '--quiet'];
  const { stdout } = spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: server.directory, SECURESCAN_COMPLIANCE_DIR: frameworks },
  });
  const page = await server.app.inject(`/api/v1/scans/${first}/report?format=html`);
  // Of a violated control its findings, and of each finding its tags.
  expect(page.body).toContain('Nobody is root');
  expect(page.body).toMatch(/ACME-1<.*CIS-05</su);
  expect(stdout).toBe(page.body);
});

describe('how things stand', () => {
  let mended: string;
  let subject: string;

  beforeAll(async () => {
    const { writer } = server.app.get(OpenDatabase);
    const before = new Date(Date.now() - 3 * DAY_MS).toISOString();
    await writer.query('UPDATE scans SET created_at = ?', [before]);
    const [row] = await writer.query<{ project: string }[]>(
      'SELECT project FROM scans WHERE id = ?',
      [first],
    );
    subject = `project=${encodeURIComponent(row?.project ?? '')}&target=${encodeURIComponent(shop)}`;
    await writeTree(
      shop,
      Object.fromEntries(
        Object.keys(dockerfiles(2)).map((path) => [path, 'FROM node:22@sha256:0\nUSER node\n']),
      ),
    );
    mended = await scan();
  });

  it('is what every scanner said when it last completed', async () => {
    expect(statesOf(await acme(subject))).toEqual(statesOf(await acme(`scan_id=${mended}`)));
    expect(statesOf(await acme(subject))[0]).toBe('not_observed');
    // Another type of scan, in which the scanner of the first did not run, takes nothing back.
    await scan(['code']);
    expect(statesOf(await acme(subject))[0]).toBe('not_observed');
    expect((await acme(subject)).controls[0]?.findings_url).toBeNull();
    expect(statesOf(await acme('project=none'))).toEqual(Array(4).fill('not_tested'));
  });

  it('is followed day by day', async () => {
    const { points, total_controls: total } = await body<ComplianceTrendBody>(
      `trend?framework=acme-policy&days=5&${subject}`,
    );
    expect(points.map(({ violated, not_observed: clear }) => [violated, clear])).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
      [1, 1],
      [0, 2],
    ]);
    for (const { violated, not_observed: clear, not_tested: untested } of points) {
      expect(violated + clear + untested).toBe(total);
    }
    expect(points.at(-1)).toEqual({
      date: new Date().toISOString().slice(0, 10),
      ...(await acme(subject)).counts,
    });
    for (const query of ['', 'framework=soc2&days=367', 'framework=soc2&days=0']) {
      expect(await refusal(`trend?${query}`)).toEqual([422, 'VALIDATION_FAILED']);
    }
    expect(await refusal('trend?framework=none')).toEqual([404, 'FRAMEWORK_NOT_FOUND']);
  });

  it('is read by indexes, without the findings', async () => {
    const plans = await plansOf(server.app.get(OpenDatabase), async () => {
      await acme(`scan_id=${first}`);
      await acme(subject);
      await acme('');
      await body(`trend?framework=soc2&days=30&${subject}`);
    });
    expect(plans.length).toBeGreaterThan(8);
    for (const { sql, steps } of plans) {
      expect(sql).not.toMatch(/(?:FROM|JOIN) "finding/u);
      for (const step of steps) {
        expect([sql, step]).toEqual([sql, expect.stringMatching(/^SEARCH /u) as unknown]);
      }
    }
  });

  it('forgets a scan that was deleted', async () => {
    await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${mended}` });
    expect(statesOf(await acme(subject))[0]).toBe('violated');
    const { writer } = server.app.get(OpenDatabase);
    for (;;) {
      const rows = await writer.query<object[]>('SELECT 1 FROM scans WHERE id = ?', [mended]);
      if (rows.length === 0) break;
      await aMoment();
    }
    expect(await writer.query('SELECT 1 FROM scan_controls WHERE scan_id = ?', [mended])).toEqual(
      [],
    );
  });
});
