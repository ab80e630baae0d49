import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCAN_FORMATS } from '@securescan/contracts';
import { readScanReport, renderDocument, type ScanDocument } from '@securescan/core';
import { aFinding, describeWithTool } from '@securescan/testing';
import { FindingsService } from '../../src/modules/findings/findings.service';
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

  it.each(['format=xml', 'suppressed=maybe', 'more=1'])('refuses ?%s', async (query) => {
    const answer = await get(`${scanId}/report?${query}`);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      422,
      'VALIDATION_FAILED',
    ]);
  });

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

describe('a report in PDF', () => {
  let directory: string;
  let other: TestServer;
  let id: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'securescan-browser-'));
    other = await startTestServer({
      environment: { SECURESCAN_CHROMIUM: join(directory, 'browser') },
    });
    ({ id } = await endOfScan(other, (await createScan(other, other.root)).id));
  });

  afterAll(async () => {
    await other.close();
    await rm(directory, { recursive: true });
  });

  const asPdf = () => other.app.inject(`/api/v1/scans/${id}/report?format=pdf`);

  it('needs a browser, and says how to name one', async () => {
    const answer = await asPdf();
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      code: 'TOOL_NOT_FOUND',
      detail: expect.stringContaining('SECURESCAN_CHROMIUM') as string,
    });
  });

  it('is made one at a time, and its browser ends with whoever asked for it', async () => {
    const pidFile = join(directory, 'pid');
    const source = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => 0, 1000);`;
    await writeFile(join(directory, 'browser'), `#!${process.execPath}\n${source}\n`, {
      mode: 0o755,
    });
    await other.app.listen(0, '127.0.0.1');
    const address = await other.app.getUrl();
    const leaving = new AbortController();
    const asked = fetch(`${address}/api/v1/scans/${id}/report?format=pdf`, {
      signal: leaving.signal,
    }).catch(() => 'left');
    const pid = await valueOf(() => {
      const text = existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '';
      return text === '' ? null : Number(text);
    });
    expect((await asPdf()).json()).toMatchObject({ code: 'REPORTS_BUSY' });
    leaving.abort();
    await expect(asked).resolves.toBe('left');
    await valueOf(() => (isAlive(pid) ? null : true));
  });
});

describeWithTool(['chromium'], 'a report that chromium prints', () => {
  it('is a file in PDF', async () => {
    const { headers, rawPayload } = await get(`${scanId}/report?format=pdf`);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="securescan-${scanId.slice(0, 8)}.pdf"`,
    });
    expect(rawPayload.toString('latin1', 0, 5)).toBe('%PDF-');
  }, 60_000);
});

/** Asks until there is an answer. */
async function valueOf<T>(ask: () => T | null): Promise<T> {
  for (;;) {
    const value = ask();
    if (value !== null) return value;
    await aMoment();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    // Expected once it is gone.
    return false;
  }
}
