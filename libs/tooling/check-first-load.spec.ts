import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomToken } from '@securescan/testing';

const CHECK = join(__dirname, 'check-first-load.mjs');

describe('the check of the first load', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'first-load-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function check(page: string, files: Readonly<Record<string, string>>): [number | null, string] {
    writeFileSync(join(folder, 'index.html'), page);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const { status, stderr } = spawnSync(process.execPath, [CHECK, folder], { encoding: 'utf8' });
    return [status, stderr];
  }

  const PAGE =
    '<link rel="modulepreload" href="chunk-a1.js"><script src="main-b2.js" type="module"></script>';

  it('counts what the page needs before it runs, compressed and once, and nothing that comes later', () => {
    const [status, words] = check(PAGE, {
      'chunk-a1.js': `import"./chunk-c_3.js";${'a'.repeat(2_000_000)}`,
      'main-b2.js': 'import{x as y}from"./chunk-c_3.js";const page=()=>import("./chunk-later.js");',
      'chunk-c_3.js': randomToken(20_000, 1),
      'chunk-later.js': randomToken(600_000, 2),
    });
    expect([status, words]).toEqual([0, expect.stringMatching(/first load is 1[5-9]\.\d kB/)]);
  });

  it('fails where it is too much, and where there is nothing to count', () => {
    const [status, words] = check(PAGE, {
      'chunk-a1.js': randomToken(600_000, 3),
      'main-b2.js': '',
    });
    expect([status, words]).toEqual([1, expect.stringContaining('at most 250 kB')]);
    expect(check('<p>no scripts</p>', {})[0]).toBe(1);
  });
});
