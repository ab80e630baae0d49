import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorBody, ScanBody } from '@securescan/contracts';
import { aMoment } from '../support/until';
import { dockerfiles, endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

jest.setTimeout(60_000);

/** A semgrep that waits for its release before it finds nothing. */
function waitingSemgrep(release: string): string {
  return `#!/bin/sh
[ "$1" = --version ] && echo 1.182.0 && exit 0
until [ -e '${release}' ]; do sleep 0.02; done
echo '{"results":[],"errors":[],"paths":{"scanned":[]}}'
`;
}

describe('the line of scans', () => {
  let server: TestServer;
  let tools: string;
  const toolsBefore = process.env['SECURESCAN_TOOLS_DIR'];

  beforeAll(async () => {
    tools = await mkdtemp(join(tmpdir(), 'securescan-queue-'));
    const semgrep = join(tools, 'semgrep');
    await writeFile(semgrep, waitingSemgrep(join(tools, 'release')), { mode: 0o755 });
    process.env['SECURESCAN_TOOLS_DIR'] = tools;
    server = await startTestServer({
      environment: { SECURESCAN_SCAN_CONCURRENCY: '1', SECURESCAN_MAX_QUEUED_SCANS: '3' },
    });
    await writeTree(server.root, dockerfiles(3));
  });

  afterAll(async () => {
    await server.close();
    if (toolsBefore === undefined) delete process.env['SECURESCAN_TOOLS_DIR'];
    else process.env['SECURESCAN_TOOLS_DIR'] = toolsBefore;
    await rm(tools, { recursive: true });
  });

  const post = (payload: object) =>
    server.app.inject({ method: 'POST', url: '/api/v1/scans', payload });

  const untilStatus = async (id: string, status: string): Promise<void> => {
    for (;;) {
      const scan = (await server.app.inject(`/api/v1/scans/${id}`)).json<ScanBody>();
      if (scan.status === status) return;
      await aMoment();
    }
  };

  it('shows each its place, joins the same one and refuses what is too much', async () => {
    const held = { target_path: server.root, scanners: ['semgrep'] };
    const first = (await post(held)).json<ScanBody>();
    await untilStatus(first.id, 'running');

    const directories = ['a', 'b', 'c', 'd'].map((name) => join(server.root, name));
    await Promise.all(directories.map((directory) => mkdir(directory)));
    const answers = [];
    for (const target_path of directories) {
      answers.push(await post({ target_path, scanners: ['dockerfile'] }));
    }
    const bodies = answers.slice(0, 3).map((answer) => answer.json<ScanBody>());
    expect(bodies.map(({ queue_position }) => queue_position)).toEqual([1, 2, 3]);
    expect(answers[3]?.statusCode).toBe(503);
    expect(answers[3]?.json<ErrorBody>().code).toBe('SCAN_QUEUE_FULL');
    expect(answers[3]?.headers['retry-after']).toMatch(/^\d+$/);

    const joined = await post({ target_path: directories[1], scanners: ['dockerfile'] });
    expect(joined.json<ScanBody>()).toMatchObject({ id: bodies[1]?.id, queue_position: 2 });
    // The one that runs already may have read what has changed since: it is not joined.
    expect((await post(held)).statusCode).toBe(503);

    await writeFile(join(tools, 'release'), '');
    for (const { id } of [first, ...bodies]) {
      expect(await endOfScan(server, id)).toMatchObject({
        status: 'completed',
        queue_position: null,
      });
    }
  });

  it('runs the scanners that were named, and takes their types', async () => {
    const created = (
      await post({ target_path: server.root, scanners: ['dockerfile', 'secrets'] })
    ).json<ScanBody>();
    expect(created).toMatchObject({
      scan_types: ['code', 'iac'],
      scanners: ['secrets', 'dockerfile'],
    });
    const ended = await endOfScan(server, created.id);
    expect(ended.scanners_run).toEqual(['dockerfile', 'secrets']);
    expect(ended.scanner_outcomes).toMatchObject([
      { scanner: 'secrets', status: 'completed', files_assessed: expect.any(Number) },
      { scanner: 'dockerfile', status: 'completed', bytes_assessed: expect.any(Number) },
    ]);
  });

  it.each([
    [{ scanners: ['nonsense'] }, 'there is no scanner nonsense'],
    [{ scanners: ['secrets'], scan_types: ['iac'] }, 'secrets is of none of the types'],
    [{ scanners: [] }, 'scanners'],
  ])('says what is wrong with %j', async (selection, words) => {
    const answer = await post({ target_path: server.root, ...selection });
    expect(answer.statusCode).toBe(422);
    expect(JSON.stringify(answer.json())).toContain(words);
  });
});
