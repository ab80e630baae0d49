import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CurrentFindingBody,
  type ProjectBody,
  type ScanBody,
  SEVERITIES,
  type TargetBody,
} from '@securescan/contracts';
import { compareCodePoints, riskScore } from '@securescan/core';
import type { LightMyRequestResponse } from 'fastify';
import { OpenDatabase } from '../../src/database/database';
import { openSqliteDatabase } from '../../src/platform/embedded/sqlite-database';
import { everyPage } from '../support/every-page';
import { plansOf } from '../support/query-plans';
import { undoDownTo } from '../support/undo-migrations';
import { aMoment } from '../support/until';
import { endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

jest.setTimeout(60_000);

const FILES = {
  'app.py': 'import os\nos.system(name)\n',
  Dockerfile: 'FROM ubuntu:latest\nUSER root\n',
};

/** A semgrep that finds one thing in whatever it is given, until it is told to fail. */
function semgrep(failing: string): string {
  const result = {
    check_id: 'os-system',
    path: 'app.py',
    start: { line: 2, col: 1, offset: 10 },
    end: { line: 2, col: 16, offset: 25 },
    extra: {
      message: 'A command is built from a name.',
      severity: 'ERROR',
      metadata: { cwe: ['CWE-78: OS command injection'] },
      lines: 'os.system(name)',
      fingerprint: 'x',
      is_ignored: false,
    },
  };
  return `#!/bin/sh
[ "$1" = --version ] && echo 1.182.0 && exit 0
[ -e '${failing}' ] && echo broken >&2 && exit 2
echo '${JSON.stringify({ results: [result], errors: [], paths: { scanned: ['app.py'] } })}'
`;
}

/** Steps that read no table but by an index; what a count goes through is a bounded part of one. */
const INDEXED = /^SEARCH |^CORRELATED SCALAR SUBQUERY|^LIST SUBQUERY|^CO-ROUTINE |^SCAN \(subquery/;

let server: TestServer;
let tools: string;
let environment: Record<string, string>;
const toolsBefore = process.env['SECURESCAN_TOOLS_DIR'];

beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'securescan-current-'));
  await writeFile(join(tools, 'semgrep'), semgrep(join(tools, 'fails')), { mode: 0o755 });
  process.env['SECURESCAN_TOOLS_DIR'] = tools;
  environment = {
    SECURESCAN_DB_PATH: join(tools, 'scans.db'),
    SECURESCAN_SCAN_ROOTS: join(tools, 'trees'),
  };
  await writeTree(join(tools, 'trees'), { 'one/.securescan.yml': 'project: one\n' });
  await writeTree(join(tools, 'trees', 'one'), FILES);
  await writeTree(join(tools, 'trees', 'two'), {
    '.securescan.yml': 'project: two\n',
    ...FILES,
    'muted/Dockerfile':
      'FROM node\n# securescan: ignore dockerfile/DL002 reason="only a build image"\nUSER root\n',
  });
  server = await startTestServer({ environment });
});

afterAll(async () => {
  await server.close();
  if (toolsBefore === undefined) delete process.env['SECURESCAN_TOOLS_DIR'];
  else process.env['SECURESCAN_TOOLS_DIR'] = toolsBefore;
  await rm(tools, { recursive: true });
});

async function scan(tree: string, ...scanners: string[]): Promise<ScanBody> {
  const payload = { target_path: join(tools, 'trees', tree), scanners };
  const answer = await server.app.inject({ method: 'POST', url: '/api/v1/scans', payload });
  return endOfScan(server, answer.json<ScanBody>().id);
}

/** All pages of a list. */
async function walk<T>(path: string, limit = 3): Promise<T[]> {
  const items: T[] = [];
  let total: unknown[] = [];
  const first = `/api/v1/${path}${path.includes('?') ? '&' : '?'}limit=${limit}`;
  for await (const answer of everyPage(server.app, first)) {
    items.push(...answer.json<T[]>());
    total = [answer.headers['x-total-count'], answer.headers['x-total-exact']];
  }
  expect(total).toEqual([String(items.length), 'true']);
  return items;
}

/** Scanner and scan of what is there now. */
async function current(query = ''): Promise<[string, string][]> {
  const found = await walk<CurrentFindingBody>(`findings${query}`);
  return found.map(({ scanner, scan_id }) => [scanner, scan_id]);
}

const scansOf = (found: readonly [string, string][], scanner: string): Set<string> =>
  new Set(found.filter(([name]) => name === scanner).map(([, id]) => id));

function countBySeverity(found: readonly CurrentFindingBody[]): Record<string, number> {
  return Object.fromEntries(
    SEVERITIES.map((name) => [name, found.filter(({ severity }) => severity === name).length]),
  );
}

describe('what is there now', () => {
  const scans: ScanBody[] = [];

  it('keeps what scanners of other types found, and what a scanner that fails now found before', async () => {
    scans.push(await scan('one', 'semgrep', 'dockerfile'));
    scans.push(await scan('one', 'dockerfile'));
    expect(scans.map(({ status }) => status)).toEqual(['completed', 'completed']);
    const before = await current();
    expect(scansOf(before, 'semgrep')).toEqual(new Set([scans[0]?.id]));
    expect(scansOf(before, 'dockerfile')).toEqual(new Set([scans[1]?.id]));

    await writeFile(join(tools, 'fails'), '');
    scans.push(await scan('one', 'semgrep', 'dockerfile'));
    await rm(join(tools, 'fails'));
    const after = await current();
    expect(scansOf(after, 'semgrep')).toEqual(new Set([scans[0]?.id]));
    expect(scansOf(after, 'dockerfile')).toEqual(new Set([scans[2]?.id]));
    expect(after.length).toBe(before.length);
  });

  it('is of one project only once for each', async () => {
    const other = await scan('two', 'semgrep', 'dockerfile');
    expect(other.project).toBe('two');
    expect(await current('?project=two')).toEqual(
      (await current()).filter(([, id]) => id === other.id),
    );
    const [one] = await walk<CurrentFindingBody>('findings?project=one');
    expect(await current(`?target=${one?.target.id}`)).toEqual(await current('?project=one'));
    expect(await current(`?target=${one?.target.id}&project=two`)).toEqual([]);
  });

  it('is what it was before when the newest scan is deleted', async () => {
    const newest = scans.pop();
    await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${newest?.id}` });
    const found = await current('?project=one');
    expect(scansOf(found, 'dockerfile')).toEqual(new Set([scans[1]?.id]));
    expect(scansOf(found, 'semgrep')).toEqual(new Set([scans[0]?.id]));
  });

  it('is counted for each target and project', async () => {
    const all = await walk<CurrentFindingBody>('findings');
    const active = all.filter(({ metadata }) => metadata['suppressed_by'] === undefined);
    for (const sort of ['place', 'risk', 'latest']) {
      const targets = await walk<TargetBody>(`targets?sort=${sort}`, 1);
      expect(targets.map(({ project }) => project).sort(compareCodePoints)).toEqual(['one', 'two']);
      for (const target of targets) {
        const own = active.filter((finding) => finding.target.id === target.id);
        expect(target).toMatchObject({
          kind: 'tree',
          place: '.',
          findings_count: own.length,
          suppressed_count:
            all.filter(({ target: { id } }) => id === target.id).length - own.length,
          by_severity: countBySeverity(own),
          risk_score: riskScore(own),
        });
      }
      expect(await walk<TargetBody>(`targets?sort=${sort}&project=two`)).toEqual(
        targets.filter(({ project }) => project === 'two'),
      );
    }
    const [one] = await walk<TargetBody>('targets?project=one');
    expect(one?.latest_scan.id).toBe(scans[1]?.id);
    expect(one?.scanners.map(({ scanner, scan_id }) => [scanner, scan_id])).toEqual([
      ['dockerfile', scans[1]?.id],
      ['semgrep', scans[0]?.id],
    ]);
    const projects = await walk<ProjectBody>('projects', 1);
    expect(projects.map(({ project, findings_count }) => [project, findings_count])).toEqual(
      ['one', 'two'].map((name) => [
        name,
        active.filter(({ target }) => target.project === name).length,
      ]),
    );
    expect(projects[0]?.latest_scan).toEqual(one?.latest_scan);
  });

  it('can be narrowed as the findings of a scan can', async () => {
    const all = await walk<CurrentFindingBody>('findings');
    const idsOf = (found: readonly CurrentFindingBody[]): string[] =>
      found.map(({ scan_id, id }) => `${scan_id} ${id}`);
    const narrowed = async (query: string): Promise<string[]> =>
      idsOf(await walk<CurrentFindingBody>(`findings?${query}`));
    const choices: readonly [string, (finding: CurrentFindingBody) => boolean][] = [
      ['severity=high,low', ({ severity }) => ['high', 'low'].includes(severity)],
      ['scan_type=iac', ({ scan_type }) => scan_type === 'iac'],
      ['scanner=semgrep', ({ scanner }) => scanner === 'semgrep'],
      [`rule_id=${all[0]?.rule_id}`, ({ rule_id }) => rule_id === all[0]?.rule_id],
      ['cwe=CWE-78', ({ cwe }) => cwe === 'CWE-78'],
      ['compliance=OWASP-A03', ({ compliance_tags: tags }) => tags.includes('OWASP-A03')],
      ['suppressed=true', ({ metadata }) => 'suppressed_by' in metadata],
      ['suppressed=false&q=command', ({ scanner }) => scanner === 'semgrep'],
    ];
    for (const [query, matches] of choices) {
      const expected = idsOf(all.filter(matches));
      expect([query, expected.length > 0]).toEqual([query, true]);
      expect([query, await narrowed(query)]).toEqual([query, expected]);
    }
    const byScan = await narrowed('sort=scan');
    expect([...byScan].sort(compareCodePoints)).toEqual(idsOf(all).sort(compareCodePoints));
    expect(await narrowed('target=5f0c3b1e-0000-4000-8000-000000000000')).toEqual([]);
    for (const query of ['target=x', 'sort=rule', 'status=open', 'cursor=abc']) {
      const answer = await server.app.inject(`/api/v1/findings?${query}`);
      expect([query, answer.statusCode]).toEqual([query, 422]);
    }
  });

  it('goes by the verdict that counts in each project, until that lapses', async () => {
    const [finding] = await walk<CurrentFindingBody>('findings?project=one&scanner=semgrep');
    const url = `/api/v1/findings/${finding?.fingerprint}/state`;
    const decide = (payload: object): Promise<LightMyRequestResponse> =>
      server.app.inject({ method: 'PATCH', url, payload });
    const projectsWith = async (status: string): Promise<string[]> => {
      const found = await walk<CurrentFindingBody>(`findings?status=${status}&scanner=semgrep`);
      return found.map(({ target }) => target.project).sort(compareCodePoints);
    };
    expect(await projectsWith('new')).toEqual(['one', 'two']);
    await decide({ status: 'wont_fix' });
    expect([await projectsWith('wont_fix'), await projectsWith('new')]).toEqual([
      ['one', 'two'],
      [],
    ]);
    const until = new Date(Date.now() + 400).toISOString();
    await decide({ status: 'triaged', project: 'one', until });
    expect([await projectsWith('wont_fix'), await projectsWith('triaged')]).toEqual([
      ['two'],
      ['one'],
    ]);
    while (new Date().toISOString() <= until) await aMoment();
    expect([await projectsWith('wont_fix'), await projectsWith('triaged')]).toEqual([
      ['one', 'two'],
      [],
    ]);
  });

  it('runs no statement that reads a whole table or sorts', async () => {
    const [one] = await walk<CurrentFindingBody>('findings');
    const lists = [
      '',
      'sort=scan',
      `target=${one?.target.id}`,
      'severity=high',
      'suppressed=false&cwe=CWE-78',
      'status=new',
      'project=one&status=fixed',
      'q=command',
    ];
    const queries = [
      ...lists.map((list) => `findings?${list}`),
      ...['', 'project=one&'].flatMap((own) =>
        ['place', 'risk', 'latest'].map((sort) => `targets?${own}sort=${sort}`),
      ),
      'projects?',
    ];
    for (const query of queries) {
      const plans = await plansOf(server.app.get(OpenDatabase), async () => {
        const answer = await server.app.inject(`/api/v1/${query}`);
        expect([query, answer.statusCode]).toEqual([query, 200]);
      });
      expect(plans.length).toBeGreaterThan(3);
      for (const { sql, steps } of plans) {
        for (const step of steps) {
          expect([sql, step]).toEqual([sql, expect.stringMatching(INDEXED) as unknown]);
        }
      }
    }
  });

  it('is the same after a restart, and for a database that did not know it', async () => {
    const lists = ['findings', 'targets', 'projects'];
    const read = async (): Promise<unknown[]> => {
      const found: unknown[] = [];
      // Ids of targets are made anew.
      for (const list of lists) found.push(withoutTargetIds(await walk<object>(list)));
      return found;
    };
    const before = await read();
    await server.close();
    const database = await openSqliteDatabase(join(tools, 'scans.db'));
    await undoDownTo(database.writer, 'CurrentState');
    await database.writer.runMigrations();
    await database.close();
    server = await startTestServer({ environment });
    expect(await read()).toEqual(before);
  });
});

function withoutTargetIds(items: readonly object[]): unknown {
  return items.map((item) => {
    const { target, kind, ...rest } = item as Partial<CurrentFindingBody & TargetBody>;
    if (target !== undefined) return { ...rest, target: { ...target, id: '' } };
    return kind === undefined ? rest : { ...rest, kind, id: '' };
  });
}
