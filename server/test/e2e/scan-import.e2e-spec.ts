import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  FindingWithStateBody,
  ScanBody,
  ScanEventBody,
  ScanSummaryBody,
} from '@securescan/contracts';
import { NO_POLICY, renderJson, toScanDocument } from '@securescan/core';
import { createHostPorts, resolveTarget } from '@securescan/host-node';
import { runScan, SlotScheduler } from '@securescan/scan-engine';
import { createScan, dockerfiles, endOfScan, startTestServer, writeTree } from './test-server';
import type { TestServer } from './test-server';

const SARIF = join(__dirname, '../../../libs/core/src/import/__fixtures__');
const MAX_BYTES = 32 * 1024 * 1024;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(() => server.close());

interface Sent {
  readonly query?: string;
  readonly type?: string;
}

function send(payload: string | Buffer, { query = '?project=shop', type }: Sent = {}) {
  return server.app.inject({
    method: 'POST',
    url: `/api/v1/scans/import${query}`,
    headers: { 'content-type': type ?? 'application/sarif+json' },
    payload,
  });
}

const fixture = (tool: string): string => readFileSync(join(SARIF, `${tool}.sarif.json`), 'utf8');

async function findingsOf(id: string): Promise<FindingWithStateBody[]> {
  const answer = await server.app.inject(`/api/v1/scans/${id}/findings?limit=200`);
  return answer.json<FindingWithStateBody[]>();
}

async function scans(): Promise<ScanBody[]> {
  return (await server.app.inject('/api/v1/scans')).json<ScanBody[]>();
}

/** What the command line prints of a tree: the engine's result, rendered by the core. */
async function reportOf(root: string): Promise<string> {
  const target = await resolveTarget(root, { cwd: root });
  const ports = createHostPorts();
  const { signal } = new AbortController();
  const lane = new SlotScheduler(1).lane();
  const request = { target, scanTypes: ['iac'] as const, scanners: ['dockerfile'] };
  const result = await runScan(
    {
      ...request,
      options: { semgrepRules: [] },
      policy: { ...NO_POLICY, today: '2026-01-31' },
      lane,
      signal,
    },
    ports,
    () => undefined,
  );
  await ports.killAll();
  return renderJson(
    toScanDocument({
      ...result,
      toolVersion: '1.0.0',
      target: '.',
      project: 'github.com/ada/shop',
      scanTypes: request.scanTypes,
    }),
  );
}

describe('a log of another tool', () => {
  it('becomes a completed scan that says where it comes from and covers nothing', async () => {
    const answer = await send(fixture('codeql'));
    const scan = answer.json<ScanBody>();
    expect([answer.statusCode, answer.headers['location']]).toEqual([
      201,
      `/api/v1/scans/${scan.id}`,
    ]);
    expect(scan).toMatchObject({
      status: 'completed',
      origin: 'import',
      project: 'shop',
      scan_types: ['code'],
      target_path: null,
      findings_count: 2,
      suppressed_count: 1,
      scanners_run: [],
      scanner_outcomes: [],
      imported: {
        format: 'sarif',
        tools: [{ scanner: 'codeql', name: 'CodeQL', version: '2.19.3', findings_count: 3 }],
      },
    });
    expect((await server.app.inject(`/api/v1/scans/${scan.id}`)).json()).toEqual(scan);
    const summary = await server.app.inject(`/api/v1/scans/${scan.id}/summary`);
    expect(summary.json<ScanSummaryBody>()).toMatchObject({ total_findings: 2, high: 1, low: 1 });
    expect(await findingsOf(scan.id)).toMatchObject([
      { scanner: 'codeql', rule_id: 'js/sql-injection', file_path: 'src/orders.js', cwe: 'CWE-89' },
      { severity: 'low', metadata: { suppression_requested: true } },
      { severity: 'low', metadata: { suppressed_by: 'import' } },
    ]);
  });

  it('tells its course as every scan does', async () => {
    const { id } = (await send(fixture('semgrep'))).json<ScanBody>();
    const { body } = await server.app.inject(`/api/v1/scans/${id}/events`);
    const events = body
      .split('\n\n')
      .flatMap((frame) => /^event: (.*)$/m.exec(frame)?.[1] ?? [])
      .map((name) => name as ScanEventBody['event']);
    expect(events).toEqual(['scan.start', 'scan.complete']);
    expect(body).toContain('"target":"shop"');
  });

  it('belongs to the repository that it names, unless the caller says otherwise', async () => {
    const asked = await send(fixture('codeql'), { query: '?project=mine' });
    const told = await send(fixture('codeql'), { query: '' });
    expect([asked.json<ScanBody>().project, told.json<ScanBody>().project]).toEqual([
      'mine',
      'github.com/harbour/shop',
    ]);
  });

  it('is read the same as application/json', async () => {
    const answer = await send(fixture('checkov'), { type: 'application/json; charset=utf-8' });
    expect(answer.statusCode).toBe(201);
  });

  it('has its absolute paths below the directory that the caller names', async () => {
    const refused = await send(fixture('eslint'));
    expect([refused.statusCode, refused.json<{ detail: string }>().detail]).toEqual([
      422,
      expect.stringContaining('source_root'),
    ]);
    const query = '?project=shop&source_root=/build/shop';
    const { id } = (await send(fixture('eslint'), { query })).json<ScanBody>();
    expect((await findingsOf(id)).map(({ file_path }) => file_path)).toEqual([
      'src/run.js',
      'src/app.js',
    ]);
  });
});

describe('a report of ours', () => {
  it('has the same findings as a scan of the same tree by this server', async () => {
    await writeTree(server.root, {
      ...dockerfiles(3),
      'muted/Dockerfile':
        'FROM alpine:3.20\n# securescan: ignore dockerfile/DL001 until=2020-01-01\nUSER root\n',
    });
    const report = await reportOf(server.root);
    const imported = (await send(report, { query: '', type: 'application/json' })).json<ScanBody>();
    const own = await endOfScan(server, (await createScan(server, server.root, ['iac'])).id);
    const identities = async (id: string) =>
      (await findingsOf(id))
        .filter(({ scanner }) => scanner === 'dockerfile')
        .map(({ id: finding, fingerprint, occurrence, aliases, line_start }) => ({
          finding,
          fingerprint,
          occurrence,
          aliases,
          line_start,
        }));
    const expected = await identities(own.id);
    expect(expected.length).toBeGreaterThan(9);
    expect(await identities(imported.id)).toEqual(expected);
    expect(imported).toMatchObject({
      project: 'github.com/ada/shop',
      imported: { format: 'securescan', tools: [{ scanner: 'dockerfile', status: 'completed' }] },
      suppression_notices: own.suppression_notices,
      suppression_notices_count: 1,
    });
    expect(own.suppression_notices).toMatchObject([
      { kind: 'expired', source: 'inline', file_path: 'muted/Dockerfile', line: 2 },
    ]);
  });
});

describe('what is refused', () => {
  const refusals: [string, string | Buffer, Sent, number, string, RegExp][] = [
    ['no JSON', 'runs:', {}, 422, 'IMPORT_INVALID', /it is not JSON/],
    ['nothing', '', {}, 422, 'IMPORT_INVALID', /it is empty/],
    [
      'UTF-16',
      Buffer.from('{}', 'utf16le').fill(0xff, 0, 1),
      {},
      422,
      'IMPORT_INVALID',
      /not UTF-8/,
    ],
    ['another document', '{"a":1}', {}, 422, 'IMPORT_INVALID', /neither "runs"/],
    [
      'another version',
      '{"version":"2.0.0","runs":[]}',
      {},
      422,
      'IMPORT_INVALID',
      /"version" is not "2\.1\.0"/,
    ],
    [
      'a broken place',
      fixture('codeql').replace('"startLine": 12', '"startLine": "x"'),
      {},
      422,
      'IMPORT_INVALID',
      /"runs\[0\]\.results\[0\]\.locations\[0\]\.physicalLocation\.region\.startLine"/,
    ],
    ['brackets in brackets', '['.repeat(1_000_000), {}, 422, 'IMPORT_INVALID', /deep/],
    [
      'no project',
      fixture('semgrep'),
      { query: '' },
      422,
      'VALIDATION_FAILED',
      /project must name the project/,
    ],
    [
      'an empty project',
      fixture('semgrep'),
      { query: '?project=' },
      422,
      'VALIDATION_FAILED',
      /project/,
    ],
    [
      'an unknown parameter',
      fixture('semgrep'),
      { query: '?target=a' },
      422,
      'VALIDATION_FAILED',
      /target/,
    ],
    [
      'a relative root',
      fixture('semgrep'),
      { query: '?project=a&source_root=b' },
      422,
      'VALIDATION_FAILED',
      /source_root must be an absolute path/,
    ],
    [
      'XML',
      '<a/>',
      { type: 'application/xml' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      /application\/json/,
    ],
    ['too much', Buffer.alloc(MAX_BYTES + 1, 0x20), {}, 413, 'BODY_TOO_LARGE', /larger/],
  ];

  it.each(refusals)('%s', async (_name, payload, sent, status, code, detail) => {
    const before = (await scans()).length;
    const answer = await send(payload, sent);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.json<{ detail: string }>().detail).toMatch(detail);
    expect(await scans()).toHaveLength(before);
  });

  it('more than the server holds at once, until one has ended', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(fixture('codeql'))));
    const codes = answers.map(({ statusCode }) => statusCode);
    expect(codes.filter((code) => code === 201)).toHaveLength(4);
    const busy = answers.find(({ statusCode }) => statusCode === 503);
    expect(busy?.json()).toMatchObject({ code: 'IMPORTS_BUSY' });
    expect(busy?.headers['retry-after']).toBeDefined();
    expect((await send(fixture('codeql'))).statusCode).toBe(201);
  });

  it('a large body, or SARIF, elsewhere', async () => {
    const post = (payload: string, type: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/scans',
        headers: { 'content-type': type },
        payload,
      });
    const large = JSON.stringify({ target_path: 'x'.repeat(1024 * 1024) });
    expect((await post(large, 'application/json')).statusCode).toBe(413);
    expect((await post('{}', 'application/sarif+json')).statusCode).toBe(415);
    const hostile = await post('{"__proto__":{}}', 'application/json');
    expect([hostile.statusCode, hostile.json<{ detail: string }>().detail]).toEqual([
      422,
      expect.stringContaining('must be JSON'),
    ]);
  });
});

describe('a large log', () => {
  it('is taken without holding anybody up, and can be cancelled and deleted', async () => {
    const line = (index: number) => ({
      startLine: index,
      snippet: { text: `call(${String(index)})` },
    });
    const results = Array.from({ length: 20_000 }, (_, index) => ({
      ruleId: `R${String(index % 50)}`,
      message: { text: `Call number ${String(index)} is not checked.` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: `src/file-${String(index % 300)}.ts` },
            region: line(index + 1),
          },
        },
      ],
    }));
    const runs = [{ tool: { driver: { name: 'Checker' } }, results }];
    const sent = send(JSON.stringify({ version: '2.1.0', runs }));
    const running = await untilRunning();
    const cancelled = await server.app.inject({
      method: 'POST',
      url: `/api/v1/scans/${running.id}/cancel`,
    });
    expect(cancelled.json<ScanBody>().status).toBe('cancelled');
    const answer = await sent;
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      409,
      'SCAN_CANCELLED',
    ]);
    expect(await findingsOf(running.id)).toEqual([]);
  });
});

async function untilRunning(): Promise<ScanBody> {
  for (;;) {
    const found = (await scans()).find(({ status }) => status === 'running');
    if (found !== undefined) return found;
    await new Promise((resume) => setImmediate(resume));
  }
}
