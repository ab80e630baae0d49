import { readHistorySettings } from './history-settings';

it('shows 20 scans of this machine when nobody says otherwise', () => {
  expect(readHistorySettings({}, {})).toEqual({
    settings: { limit: 20, isJson: false, server: null },
    problems: [],
  });
});

it('takes the flag before the variable, and the key from the environment only', () => {
  const source = { SECURESCAN_SERVER_URL: 'http://b:1', SECURESCAN_API_KEY: ' key ' };
  expect(readHistorySettings({}, source).settings.server).toEqual({
    baseUrl: 'http://b:1',
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
])('%j with %j is a problem', (flags, source, message) => {
  const { problems } = readHistorySettings(flags, source);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(message);
});
