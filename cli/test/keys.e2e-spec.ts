import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '@securescan/api-client';
import type { ApiKeyBody, ApiKeyCreatedBody } from '@securescan/contracts';
import { endOf, waitFor, Workbench } from './support';

// Each step starts two programs, and the machine may be busy with other tests.
jest.setTimeout(90_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

const keys = (...words: string[]) => bench.run(['keys', ...words]);

it('are made for a stopped server, work on a running one, and are revoked when it stopped again', async () => {
  expect(await keys('list')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no database') as string,
  });
  const weak = await keys('create', 'weak', '--scope', 'read');
  expect([weak.code, weak.stdout]).toEqual([2, '']);
  expect(weak.stderr).toContain('scopes must be read, write and admin while no other key');
  const first = await keys('create', 'first');
  expect(first).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^ssk_\S{43}\n$/) as string,
  });
  const key = first.stdout.trim();
  const ci = await keys('create', 'ci', '--scope', 'read', 'write', '--json');
  const made = JSON.parse(ci.stdout) as ApiKeyCreatedBody;
  expect(made).toMatchObject({ name: 'ci', scopes: ['read', 'write'] });
  const child = bench.start(['serve', '--port', '0']);
  const end = endOf(child);
  let output = '';
  child.stdout?.on('data', (text: string) => (output += text));
  const baseUrl = await waitFor(() => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]);
  expect((await fetch(`${baseUrl}/api/v1/scans`)).status).toBe(401);
  const session = await fetch(`${baseUrl}/api/v1/session`, { headers: { 'x-api-key': key } });
  expect(await session.json()).toMatchObject({ kind: 'key', principal: { name: 'first' } });
  for await (const scan of new ApiClient({ baseUrl, apiKey: made.key }).listScans({ limit: 1 })) {
    expect(scan.status).toBeDefined();
  }
  const meanwhile = await keys('create', 'too late');
  expect([meanwhile.code, meanwhile.stdout]).toEqual([2, '']);
  expect(meanwhile.stderr).toContain('The server is running on this database');
  const beside = await keys('list', '--json');
  expect((JSON.parse(beside.stdout) as ApiKeyBody[]).map(({ name }) => name)).toEqual([
    'ci',
    'first',
  ]);
  expect(beside.stdout).not.toContain(key);
  child.kill('SIGTERM');
  await end;
  expect(await keys('revoke', made.id)).toMatchObject({ code: 0, stdout: '' });
  const last = await keys('revoke', key.slice(4, 14));
  expect(last.code).toBe(2);
  expect(last.stderr).toContain('This is the last key');
  expect(await keys('revoke', 'nobodysone')).toMatchObject({ code: 2 });
  const listed = await keys('list');
  expect(listed.stdout).toMatch(/^Id +Name +Scopes +Last used +State\n/);
  expect(listed.stdout).toMatch(/ ci +read,write +20\S+ +revoked 20/);
  expect(listed.stdout).toMatch(/ first +read,write,admin +20\S+ +works\n$/);
});

it('made once keep the doors closed where their database is lost', async () => {
  await keys('create', 'first');
  const database = join(bench.home, '.securescan', 'scans.db');
  rmSync(database);
  const lost = await bench.run(['serve', '--port', '0']);
  expect([lost.code, lost.stdout]).toEqual([2, '']);
  expect(lost.stderr).toContain('The database is a new one');
  expect(lost.stderr).toContain(`remove ${database}.secured`);
  const again = await keys('create', 'second');
  expect(again.code).toBe(0);
  const child = bench.start(['serve', '--port', '0']);
  let output = '';
  child.stdout?.on('data', (text: string) => (output += text));
  const baseUrl = await waitFor(() => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]);
  expect((await fetch(`${baseUrl}/api/v1/scans`)).status).toBe(401);
  child.kill('SIGTERM');
  await endOf(child);
});

it.each([
  [['create'], "missing required argument 'name'"],
  [['create', 'n', '--scope', 'root'], "argument 'root' is invalid"],
  [['create', 'n', '--expires', 'soon'], 'expires_at must be an ISO 8601 time with its zone'],
  [['create', ' '], 'name must not begin or end with white space'],
  [['revoke'], "missing required argument 'id'"],
])('keys %j is a mistake that changes nothing', async (words, sentence) => {
  const { code, stdout, stderr } = await keys(...words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
});
