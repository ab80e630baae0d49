import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from './config-loader';
import { settingsOf } from './setting';

const GUIDE = readFileSync(join(__dirname, '../../../docs/deployment/settings.md'), 'utf8');

const settings = Object.values(loadConfig({})).flatMap((topic: object) =>
  settingsOf(topic.constructor),
);

it('lists every setting of the server and no other', () => {
  const listed = [...GUIDE.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name);
  expect(settings.length).toBeGreaterThan(35);
  expect(new Set(listed)).toEqual(new Set(settings.map(({ variable }) => variable)));
  expect(listed).toHaveLength(settings.length);
});

it.each(settings)('says of $variable whether it is a secret', ({ variable, isSecret }) => {
  const line = GUIDE.split('\n').find((row) => row.startsWith(`| \`${variable}\``)) ?? '';
  expect(line.includes('**secret**')).toBe(isSecret);
});
