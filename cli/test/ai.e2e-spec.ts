import { chatCompletion, startChatServer, type ChatServer } from '@securescan/testing';
import { Workbench } from './support';

jest.setTimeout(60_000);

let bench: Workbench;
let chat: ChatServer;
beforeEach(async () => {
  bench = new Workbench();
  chat = await startChatServer(() => chatCompletion('Name a user.\nSay why.'));
});
afterEach(async () => {
  bench.dispose();
  await chat.close();
});

const named = (): Record<string, string> => ({
  SECURESCAN_AI_BASE_URL: chat.baseUrl,
  SECURESCAN_AI_MODEL: 'small-1',
});

const scan = (tree: string, words: readonly string[], env: Readonly<Record<string, string>>) =>
  bench.run(['scan', tree, '--scanner', 'dockerfile', ...words], { env });

it('asks a language model where the line or the configuration says so, and tells each call', async () => {
  const tree = bench.makeTree('shop', { Dockerfile: 'FROM alpine:3.20\nUSER root\n' });
  const silent = await scan(tree, [], named());
  expect(chat.requests).toEqual([]);
  const { code, stdout, stderr } = await scan(tree, ['--ai'], named());
  expect(code).toBe(0);
  expect(stdout).toContain(
    '    Unchecked advice of the language model small-1:\n      Name a user.\n      Say why.\n',
  );
  expect(stdout.replace(/ {4}Unchecked.*\n(?: {6}.*\n)+/u, '')).toBe(silent.stdout);
  expect(stderr).toMatch(
    /securescan: asked small-1 at http:\/\/127\.0\.0\.1:\d+ about dockerfile\/DL002: \d+ bytes sent, \d+ ms, answered\n/u,
  );
  const wishing = bench.makeTree('wishing', {
    Dockerfile: 'FROM alpine:3.20\nUSER root\n',
    '.securescan.yml': 'ai: true\n',
  });
  await scan(wishing, [], { ...named(), CI: 'true' });
  await scan(wishing, ['--no-ai'], named());
  await scan(wishing, ['--offline'], named());
  expect(chat.requests).toHaveLength(1);
  await scan(wishing, [], named());
  expect(chat.requests).toHaveLength(2);
});

it('says what is missing before anything is scanned', async () => {
  const tree = bench.makeTree('shop', { Dockerfile: 'FROM alpine:3.20\nUSER root\n' });
  const bare = await scan(tree, ['--ai'], {});
  expect([bare.code, bare.stdout]).toEqual([2, '']);
  expect(bare.stderr).toContain('--ai: set SECURESCAN_AI_BASE_URL and SECURESCAN_AI_MODEL');
  const contrary = await scan(tree, ['--ai', '--offline'], named());
  expect([contrary.code, contrary.stderr]).toEqual([2, expect.stringContaining('forbids')]);
  const mistyped = await scan(tree, [], { ...named(), SECURESCAN_AI_BASE_URL: 'models' });
  expect([mistyped.code, mistyped.stderr]).toEqual([2, expect.stringContaining('http://')]);
});
