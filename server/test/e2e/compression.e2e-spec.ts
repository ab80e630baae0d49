import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { madeFindings, storeScan } from '../support/made-findings';
import { startTestServer, type TestServer } from './test-server';

const ID = '00000000-0000-4000-8000-00000000000a';
const LIST = `/api/v1/scans/${ID}/findings`;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ installation: { dashboard: null } });
  await storeScan(server.app, { id: ID, project: 'shop' }, madeFindings(600));
});

afterAll(async () => {
  await server.close();
});

const get = (url: string, headers: Record<string, string>) => server.app.inject({ url, headers });

describe('an answer of text', () => {
  it.each([
    ['a page', LIST, 'application/json'],
    ['lines', LIST, 'application/x-ndjson'],
    ['the description of the API', '/openapi.json', '*/*'],
    ['a page of HTML', '/docs', 'text/html'],
  ])('is compressed for whoever takes it: %s', async (_what, url, accept) => {
    const plain = await get(url, { accept });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['vary']).toContain('Accept-Encoding');
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await get(url, { accept, 'accept-encoding': coding });
      expect(packed.headers).toMatchObject({ 'content-encoding': coding });
      expect(packed.headers['vary']).toContain('Accept-Encoding');
      expect(unpack(packed.rawPayload).toString()).toBe(plain.body);
      expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    }
  });

  it('stays as it is when it is small, and says that it might not have been', async () => {
    const answer = await get('/health', { 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers['vary']).toBe('Accept-Encoding');
  });
});

it('a stream of events is never compressed', async () => {
  const url = await server.app.listen(0, '127.0.0.1').then(() => server.app.getUrl());
  const target = join(server.root, 'Dockerfile');
  await writeFile(target, 'FROM ubuntu:latest\n');
  const created = await server.app.inject({
    method: 'POST',
    url: '/api/v1/scans',
    payload: { target_path: server.root, scanners: ['dockerfile'] },
  });
  const { id } = created.json<{ id: string }>();
  const answer = await fetch(`${url}/api/v1/scans/${id}/events`, {
    headers: { 'accept-encoding': 'br, gzip' },
  });
  expect(answer.headers.get('content-encoding')).toBeNull();
  expect(await answer.text()).toContain('scan.complete');
});
