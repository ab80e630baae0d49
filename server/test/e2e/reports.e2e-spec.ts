import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { SCAN_FORMATS } from '@securescan/contracts';
import { readScanReport, renderDocument, type ScanDocument } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import { FindingsService } from '../../src/modules/findings/findings.service';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli', 'src', 'main.js');

let server: TestServer;
let scanId: string;

beforeAll(async () => {
  server = await startTestServer();
  await writeTree(server.root, {
    ...dockerfiles(3),
    'shop/Dockerfile':
      'FROM node\n# securescan: ignore-next-line dockerfile/DL002 reason="only a build image"\nUSER root\n',
    'shop/.git/HEAD': 'ref: refs/heads/main\n',
  });
  const { id } = await createScan(server, join(server.root, 'shop'));
  scanId = (await endOfScan(server, id)).id;
});

afterAll(async () => {
  await server.close();
});

const get = (path: string) => server.app.inject(`/api/v1/scans/${path}`);

describe('a report in any format', () => {
  let scanned: ScanDocument;

  beforeAll(() => {
    const words = ['scan', join(server.root, 'shop'), '--scanner', 'dockerfile'];
    const { stdout } = spawnSync(process.execPath, [CLI, ...words, '--output', 'json', '--quiet'], {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin', HOME: server.directory },
    });
    scanned = readScanReport(stdout, 'scan.json');
  });

  it.each(SCAN_FORMATS)('has the bytes that the command line writes as %s', async (format) => {
    const answer = await get(`${scanId}/report?format=${format}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(renderDocument(format, scanned));
  });
});

describe('a report', () => {
  it('is the page for people where nothing else is asked for, under a policy of its own', async () => {
    const { headers, body } = await get(`${scanId}/report`);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `inline; filename="securescan-${scanId.slice(0, 8)}.html"`,
    });
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(body).toContain('<title>');
  });

  it('is a file to keep in every other format', async () => {
    const { headers } = await get(`${scanId}/report?format=sarif`);
    expect(headers).toMatchObject({
      'content-type': 'application/sarif+json',
      'content-disposition': `attachment; filename="securescan-${scanId.slice(0, 8)}.sarif.json"`,
    });
  });

  it('leaves suppressed findings out when asked, and counts them', async () => {
    interface Report {
      summary: { suppressed_findings: number };
      findings: unknown[];
    }
    const whole = (await get(`${scanId}/report?format=json`)).json<Report>();
    const active = (await get(`${scanId}/report?format=json&suppressed=false`)).json<Report>();
    expect(whole.summary.suppressed_findings).toBeGreaterThan(0);
    expect(active.summary).toEqual(whole.summary);
    expect(whole.findings.length - active.findings.length).toBe(whole.summary.suppressed_findings);
  });

  it.each(['format=pdf', 'format=xml', 'suppressed=maybe', 'more=1'])(
    'refuses ?%s',
    async (query) => {
      const answer = await get(`${scanId}/report?${query}`);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        422,
        'VALIDATION_FAILED',
      ]);
    },
  );

  it('is not there for a scan that is not there, and not yet for one that has not ended well', async () => {
    const missing = await get('00000000-0000-4000-8000-000000000000/report');
    expect([missing.statusCode, missing.json<{ code: string }>().code]).toEqual([
      404,
      'SCAN_NOT_FOUND',
    ]);
    const { id } = await createScan(server, server.root);
    await server.app.inject({ method: 'POST', url: `/api/v1/scans/${id}/cancel` });
    const { status } = await endOfScan(server, id);
    if (status === 'completed') return;
    const early = await get(`${id}/report`);
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([
      409,
      'SCAN_NOT_COMPLETED',
    ]);
  });
});

it('keeps what a merged finding is made of', async () => {
  const findings = server.app.get(FindingsService);
  const merged = aFinding({
    aliases: [
      {
        scanner: 'bandit',
        ruleId: 'B608',
        fingerprint: 'f'.repeat(64),
        lineContext: 'a=b',
        cwe: null,
      },
      { scanner: 'semgrep', ruleId: 'x', fingerprint: 'e'.repeat(64) },
    ],
  });
  const { id } = await createScan(server, server.root);
  const ended = await endOfScan(server, id);
  const count = ended.findings_count + ended.suppressed_count;
  await findings.append(id, [merged], { after: count, signal: new AbortController().signal });
  const read = [];
  for await (const some of findings.all(id, count + 1)) read.push(...some);
  expect(read.at(-1)).toEqual(merged);
});
