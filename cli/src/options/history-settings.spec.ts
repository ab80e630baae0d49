import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryFlags } from '../grammar/history';
import { readHistorySettings as read } from './history-settings';

const directory = mkdtempSync(join(tmpdir(), 'history-settings-'));
writeFileSync(join(directory, 'key'), ' of-a-file\n');
writeFileSync(join(directory, 'empty'), '\n');
writeFileSync(join(directory, 'long'), 'k'.repeat(5000));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function readHistorySettings(flags: HistoryFlags, source: Readonly<Record<string, string>>) {
  const variable = (name: string): string => (source[name] ?? '').trim();
  return read(flags, { variable, cwd: directory });
}

it('shows 20 scans of this machine when nobody says otherwise', () => {
  expect(readHistorySettings({}, {})).toEqual({
    settings: { limit: 20, isJson: false, server: null },
    problems: [],
  });
});

it('takes the flag before the variable, and the key from the environment only', () => {
  const source = { SECURESCAN_SERVER_URL: 'http://127.0.0.1:1', SECURESCAN_API_KEY: ' key ' };
  expect(readHistorySettings({}, source).settings.server).toEqual({
    baseUrl: 'http://127.0.0.1:1',
    apiKey: 'key',
  });
  expect(readHistorySettings({ server: 'https://a/securescan' }, source).settings.server).toEqual({
    baseUrl: 'https://a/securescan',
    apiKey: 'key',
  });
});

it.each([
  [{ limit: '0' }, {}, '--limit takes a whole number from 1 to 10000, and not "0".'],
  [{ limit: '1e2' }, {}, '--limit takes'],
  [{ limit: '10001' }, {}, '--limit takes'],
  [{ server: '' }, {}, '--server takes the address'],
  [{ server: 'localhost:8000' }, {}, '--server takes the address'],
  [{ server: 'http://u:p@a' }, {}, 'without name, password or query'],
  [{}, { SECURESCAN_SERVER_URL: 'x' }, 'SECURESCAN_SERVER_URL takes the address'],
  [{ server: 'http://a' }, { SECURESCAN_API_KEY: 'a\nb' }, 'SECURESCAN_API_KEY holds characters'],
  [{ server: 'http://a' }, { SECURESCAN_API_KEY: 'k' }, 'the key would go to a unencrypted'],
  [{ server: 'http://127.1.evil.example' }, { SECURESCAN_API_KEY: 'k' }, 'unencrypted'],
  [{ server: 'https://a' }, { SECURESCAN_API_KEY_FILE: 'nothing' }, 'nothing cannot be read'],
  [{ server: 'https://a' }, { SECURESCAN_API_KEY_FILE: 'empty' }, 'empty holds no key'],
  [{ server: 'https://a' }, { SECURESCAN_API_KEY_FILE: 'long' }, 'long holds no key'],
  [{ server: 'https://a' }, { SECURESCAN_API_KEY_FILE: '.' }, 'holds no key'],
  [
    { server: 'https://a' },
    { SECURESCAN_API_KEY: 'k', SECURESCAN_API_KEY_FILE: 'key' },
    'SECURESCAN_API_KEY and SECURESCAN_API_KEY_FILE are both set',
  ],
])('%j with %j is a problem', (flags, source, message) => {
  const { problems } = readHistorySettings(flags, source);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});

it.each([
  [{ server: 'https://a' }],
  [{ server: 'http://localhost:8000' }],
  [{ server: 'http://[::1]:8000' }],
  [{ server: 'http://a', allowPlainHttp: true }],
] as const)('sends the key that a file holds to %j', (flags) => {
  const { settings, problems } = readHistorySettings(flags, { SECURESCAN_API_KEY_FILE: 'key' });
  expect([settings.server?.apiKey, problems]).toEqual(['of-a-file', []]);
});
