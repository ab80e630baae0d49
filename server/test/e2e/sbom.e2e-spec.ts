import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SbomBody, SbomComponentBody, SbomDiffBody } from '@securescan/contracts';
import {
  createScan,
  dockerfiles,
  endOfScan,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

const CLI = join(__dirname, '..', '..', '..', 'dist', 'cli', 'src', 'main.js');
const HOSTILE = '"><script>alert(1)</script>';

function npmLock(packages: Readonly<Record<string, [version: string, license: string]>>): string {
  const places = Object.entries(packages).map(([name, [version, license]]) => [
    `node_modules/${name}`,
    { version, license },
  ]);
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, '*']));
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { dependencies }, ...Object.fromEntries(places) },
  });
}

let server: TestServer;
let shop: string;
let first: string;
let second: string;

beforeAll(async () => {
  server = await startTestServer();
  shop = join(server.root, 'shop');
  await writeTree(shop, {
    ...dockerfiles(1),
    '.git/HEAD': 'ref: refs/heads/main\n',
    'package-lock.json': npmLock({
      oak: ['1.0.0', 'MIT'],
      elm: ['1.0.0', 'MIT'],
      fir: ['2.0.0', HOSTILE],
      ash: ['1.0.0', 'ISC'],
    }),
    'api/requirements.txt': 'flask==3.0.0\njinja2==3.1.0\n',
    'tools/Cargo.lock':
      'version = 3\n\n[[package]]\nname = "serde"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\n',
    'broken/yarn.lock': '<<<<<<< HEAD',
  });
  first = await scanned();
});

afterAll(async () => {
  await server.close();
});

async function scanned(): Promise<string> {
  const { id } = await createScan(server, shop);
  const { status } = await endOfScan(server, id);
  expect(status).toBe('completed');
  return id;
}

const get = (path: string) => server.app.inject(`/api/v1/${path}`);
const json = async <T>(path: string) => (await get(path)).json<T>();

function written(format: string): string {
  const words = ['sbom', shop, '--output', format, '--quiet'];
  return spawnSync(process.execPath, [CLI, ...words], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: server.directory },
  }).stdout;
}

describe('the bill of a scan', () => {
  it.each([
    ['cyclonedx', 'application/vnd.cyclonedx+json; version=1.6', '.cdx.json'],
    ['spdx', 'application/spdx+json', '.spdx.json'],
  ])('has the bytes that the command line writes as %s', async (format, mediaType, extension) => {
    const expected = written(format);
    const { headers, body, statusCode } = await get(`scans/${first}/sbom?format=${format}`);
    expect(statusCode).toBe(200);
    expect(body).toBe(expected);
    expect(headers).toMatchObject({
      'content-type': mediaType,
      'content-disposition': `attachment; filename="securescan-${first.slice(0, 8)}${extension}"`,
    });
    expect((await get(`scans/${first}/report?format=${format}`)).body).toBe(expected);
  });

  it('is listed, page by page, as it was', async () => {
    const [bill] = await json<SbomBody[]>(`sbom/scan/${first}`);
    expect(bill).toMatchObject({
      scan_id: first,
      name: 'shop',
      component_count: 7,
      complete: false,
      target_path: shop,
    });
    const page = await get(`sbom/${bill?.id ?? ''}/components?limit=4`);
    expect(page.headers['x-total-count']).toBe('7');
    const link = /^<\/api\/v1\/(.*)>; rel="next"$/.exec(String(page.headers['link']))?.[1] ?? '';
    const all = [...page.json<SbomComponentBody[]>(), ...(await json<SbomComponentBody[]>(link))];
    expect(all.map(({ ref }) => ref)).toEqual([
      'pkg:cargo/serde@1.0.0',
      'pkg:npm/ash@1.0.0',
      'pkg:npm/elm@1.0.0',
      'pkg:npm/fir@2.0.0',
      'pkg:npm/oak@1.0.0',
      'pkg:pypi/flask@3.0.0',
      'pkg:pypi/jinja2@3.1.0',
    ]);
    expect(all[3]).toMatchObject({ licenses: [HOSTILE], found_in: ['package-lock.json'] });
  });

  it('is searched on the server, page by page', async () => {
    const [bill] = await json<SbomBody[]>(`sbom/scan/${first}`);
    const page = await get(`sbom/${bill?.id ?? ''}/components?q=NPM%201.0&limit=2`);
    expect(page.headers['x-total-count']).toBe('3');
    const link = /^<\/api\/v1\/(.*)>; rel="next"$/.exec(String(page.headers['link']))?.[1] ?? '';
    expect(link).toContain('q=');
    const found = [...page.json<SbomComponentBody[]>(), ...(await json<SbomComponentBody[]>(link))];
    expect(found.map(({ name }) => name)).toEqual(['ash', 'elm', 'oak']);
    expect(await json(`sbom/${bill?.id ?? ''}/components?q=absent`)).toEqual([]);
  });

  it('is not there for a scan without a tree, and none for one that is not there', async () => {
    const imported = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans/import?project=elsewhere',
      payload: (await get(`scans/${first}/report?format=json`)).json(),
    });
    const { id } = imported.json<{ id: string }>();
    for (const path of [`scans/${id}/sbom`, `scans/${id}/report?format=spdx`, 'sbom/none']) {
      const answer = await get(path);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        404,
        'SBOM_NOT_FOUND',
      ]);
    }
    expect(await json(`sbom/scan/${id}`)).toEqual([]);
    expect((await get('scans/none/sbom')).json()).toMatchObject({ code: 'SCAN_NOT_FOUND' });
  });
});

describe('two bills', () => {
  beforeAll(async () => {
    await writeTree(shop, {
      'package-lock.json': npmLock({
        oak: ['1.1.0', 'MIT'],
        elm: ['1.0.0', 'Apache-2.0'],
        yew: ['1.0.0', 'MIT'],
        ash: ['1.0.0', 'ISC'],
      }),
    });
    await rm(join(shop, 'tools'), { recursive: true });
    second = await scanned();
  });

  it('are compared by their packages', async () => {
    const diff = await json<SbomDiffBody>(`sbom/diff?base=${first}&head=${second}`);
    expect(diff.counts).toEqual({
      added: 1,
      removed: 2,
      changed: 1,
      license_changed: 1,
      unchanged: 3,
    });
    expect(diff.added.map(({ ref }) => ref)).toEqual(['pkg:npm/yew@1.0.0']);
    expect(diff.removed.map(({ ref }) => ref)).toEqual([
      'pkg:cargo/serde@1.0.0',
      'pkg:npm/fir@2.0.0',
    ]);
    expect(diff.changed).toEqual([
      { package: 'pkg:npm/oak', name: 'oak', type: 'npm', from: ['1.0.0'], to: ['1.1.0'] },
    ]);
    expect(diff.license_changed).toEqual([
      {
        ref: 'pkg:npm/elm@1.0.0',
        name: 'elm',
        version: '1.0.0',
        from: ['MIT'],
        to: ['Apache-2.0'],
      },
    ]);
    const same = await json<SbomDiffBody>(`sbom/diff?base=${diff.head.id}&head=${second}`);
    expect(same.counts).toMatchObject({ added: 0, removed: 0, unchanged: 6 });
  });

  it('stand in the history, newest first, by project and by target', async () => {
    const ids = (bills: SbomBody[]) => bills.map(({ scan_id }) => scan_id);
    expect(ids(await json<SbomBody[]>('sbom/history'))).toEqual([second, first]);
    const page = await get(`sbom/history?limit=1&target_path=${encodeURIComponent(shop)}`);
    expect(page.headers['x-total-count']).toBe('2');
    const link = /^<\/api\/v1\/(.*)>; rel="next"$/.exec(String(page.headers['link']))?.[1] ?? '';
    expect(ids(await json<SbomBody[]>(link))).toEqual([first]);
    expect(await json('sbom/history?project=none')).toEqual([]);
  });
});

describe('a bill', () => {
  it('stays when its scan is deleted, and goes when it is deleted itself', async () => {
    const [bill] = await json<SbomBody[]>(`sbom/scan/${first}`);
    const id = bill?.id ?? '';
    const before = (await get(`sbom/${id}/export?format=spdx`)).body;
    await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${first}` });
    expect(await json(`sbom/${id}`)).toEqual({ ...bill, scan_id: null });
    expect((await get(`sbom/${id}/export?format=spdx`)).body).toBe(before);
    expect((await get(`scans/${first}/sbom`)).statusCode).toBe(404);
    const remove = () => server.app.inject({ method: 'DELETE', url: `/api/v1/sbom/${id}` });
    expect((await remove()).statusCode).toBe(204);
    expect((await remove()).statusCode).toBe(404);
    expect((await get(`sbom/${id}/export`)).statusCode).toBe(404);
    expect(await json<SbomBody[]>('sbom/history')).toHaveLength(1);
  });
});
