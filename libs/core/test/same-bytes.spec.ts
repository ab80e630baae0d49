import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DIFF_FORMATS, SCAN_FORMATS } from '@securescan/core';

const ROOT = join(__dirname, '..', '..', '..');
const PROGRAM = [
  '-r',
  join(ROOT, 'server/test/support/run-typescript.cjs'),
  join(__dirname, 'render-shuffles.ts'),
];
const SHUFFLES = 200;
const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'];
const LOCALES = ['C', 'tr_TR.UTF-8', 'de_CH.UTF-8'];
const DIRECTORIES = [ROOT, tmpdir()];

jest.setTimeout(120_000);

async function hashesIn(zone: string, locale: string, cwd: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...PROGRAM, String(SHUFFLES)], {
    cwd,
    env: { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale },
  });
  return stdout.trim().split('\n');
}

it('gives one hash for each format, in any order, time zone, locale and directory', async () => {
  const places = ZONES.flatMap((zone) =>
    LOCALES.flatMap((locale) => DIRECTORIES.map((cwd) => [zone, locale, cwd] as const)),
  );
  const lines = new Set<string>();
  for (const place of places) for (const line of await hashesIn(...place)) lines.add(line);
  const formats = [...lines].map((line) => line.split(' ')[0]);
  expect(formats).toEqual([
    ...SCAN_FORMATS.flatMap((format) => [format, `${format}-hostile`]),
    ...DIFF_FORMATS.map((format) => `diff-${format}`),
  ]);
});
