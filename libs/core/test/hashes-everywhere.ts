import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SBOM_FORMATS, DIFF_FORMATS, SCAN_FORMATS } from '@securescan/contracts';

const ROOT = join(__dirname, '..', '..', '..');
const PROGRAM = [
  '-r',
  join(ROOT, 'server/test/support/run-typescript.cjs'),
  join(__dirname, 'render-shuffles.ts'),
];
interface Place {
  readonly zone: string;
  readonly locale: string;
  readonly cwd: string;
}

const ZONES = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'];
const LOCALES = ['C', 'tr_TR.UTF-8', 'de_CH.UTF-8'];
const DIRECTORIES = [ROOT, tmpdir()];

/** What is rendered, in the order in which it is. */
export const RENDERED: readonly string[] = [
  ...SCAN_FORMATS.flatMap((format) => [format, `${format}-hostile`]),
  ...DIFF_FORMATS.map((format) => `diff-${format}`),
  ...SBOM_FORMATS,
];

/** Each time zone with each locale in each directory. */
export const EVERYWHERE: readonly Place[] = ZONES.flatMap((zone) =>
  LOCALES.flatMap((locale) => DIRECTORIES.map((cwd) => ({ zone, locale, cwd }))),
);

/** Every time zone, locale and directory, though not each with all of the others. */
export const SOME_PLACES: readonly Place[] = ZONES.map((zone, index) => ({
  zone,
  locale: LOCALES[index] ?? 'C',
  cwd: DIRECTORIES[index % DIRECTORIES.length] ?? ROOT,
}));

/** The hashes of every format, `format hash`, from so many shuffles in each place. Where one format has one line all bytes were the same. */
export async function hashesIn(places: readonly Place[], shuffles: number): Promise<string[]> {
  const lines = new Set<string>();
  for (const [index, { zone, locale, cwd }] of places.entries()) {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...PROGRAM, String(shuffles), String(index * shuffles)],
      { cwd, env: { ...process.env, TZ: zone, LANG: locale, LC_ALL: locale } },
    );
    for (const line of stdout.trim().split('\n')) lines.add(line);
  }
  return [...lines];
}
