import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { childEnvironment } from '../src/child-environment';
import { NodeToolLocator } from '../src/tool-locator';

describe('looking for tools', () => {
  let base: string;
  let bin: string;
  let tree: string;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'locator-test-')));
    bin = join(base, 'bin');
    tree = join(base, 'tree');
    mkdirSync(bin);
    mkdirSync(join(tree, 'node_modules', '.bin'), { recursive: true });
  });

  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  function executable(...segments: string[]): string {
    const path = join(...segments);
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    return path;
  }

  const locator = (
    path: readonly string[],
    toolsDirectory: string | null = null,
  ): NodeToolLocator => new NodeToolLocator({ toolsDirectory, path: path.join(delimiter) });

  it('takes the first executable file of the name', async () => {
    const other = join(base, 'other');
    mkdirSync(join(other, 'tool'), { recursive: true });
    writeFileSync(join(bin, 'tool'), 'not executable');
    const last = join(base, 'last');
    mkdirSync(last);
    const tool = executable(last, 'tool');
    expect(await locator([join(base, 'missing'), other, bin, last]).locate('tool')).toBe(tool);
    expect(await locator([other, bin]).locate('tool')).toBeNull();
  });

  it('looks among what we installed before PATH, and after the operator’s directory', async () => {
    const [own, installed] = [join(base, 'own'), join(base, 'installed')];
    [own, installed].forEach((directory) => mkdirSync(directory));
    executable(bin, 'tool');
    const ours = executable(installed, 'tool');
    const search = { toolsDirectory: own, installedPrograms: installed, path: bin };
    expect(await new NodeToolLocator(search).locate('tool')).toBe(ours);
    const theirs = executable(own, 'tool');
    expect(await new NodeToolLocator(search).locate('tool')).toBe(theirs);
  });

  it('looks into the operator’s directory first', async () => {
    executable(bin, 'tool');
    const own = join(base, 'own');
    mkdirSync(own);
    const tool = executable(own, 'tool');
    expect(await locator([bin], own).locate('tool')).toBe(tool);
  });

  it('takes the programs of a machine that is scanned as a whole', async () => {
    const tool = executable(bin, 'tool');
    expect(await locator([bin]).locate('tool', '/')).toBe(tool);
    expect(childEnvironment({ PATH: bin }, { network: false, scannedRoot: '/' })).toMatchObject({
      PATH: bin,
    });
  });

  it('takes nothing from the scanned tree, not even through a link', async () => {
    const planted = executable(tree, 'node_modules', '.bin', 'tool');
    symlinkSync(planted, join(bin, 'tool'));
    symlinkSync(join(tree, 'node_modules', '.bin'), join(base, 'linked'));
    const search = locator([join(tree, 'node_modules', '.bin'), join(base, 'linked'), bin]);
    expect(await search.locate('tool', tree)).toBeNull();
    expect(await search.locate('tool')).not.toBeNull();
  });

  it('does not mistake a neighbour for the scanned tree', async () => {
    const neighbour = `${tree}-tools`;
    mkdirSync(neighbour);
    const tool = executable(neighbour, 'tool');
    expect(await locator([neighbour]).locate('tool', tree)).toBe(tool);
  });

  it('skips relative and empty entries of PATH', async () => {
    executable(tree, 'tool');
    const before = process.cwd();
    process.chdir(tree);
    try {
      expect(await locator(['', '.', 'node_modules/.bin']).locate('tool')).toBeNull();
    } finally {
      process.chdir(before);
    }
  });

  it('stamps a file so that a replaced one differs', async () => {
    const tool = executable(bin, 'tool');
    const search = locator([bin]);
    const first = await search.stamp(tool);
    expect(await search.stamp(tool)).toBe(first);
    writeFileSync(tool, '#!/bin/sh\necho other\n');
    expect(await search.stamp(tool)).not.toBe(first);
  });

  it('gives children an allow-list, with a PATH that leaves the scanned tree out', () => {
    const ours = {
      PATH: [join(tree, 'node_modules', '.bin'), '.', bin].join(delimiter),
      HTTPS_PROXY: 'http://proxy.example:3128',
      AWS_PROFILE: 'private',
      LD_PRELOAD: '/x.so',
      NODE_OPTIONS: '--require /x.js',
      LANG: 'de_DE.UTF-8',
    };
    const local = { PATH: bin, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1' };
    expect(childEnvironment(ours, { network: false, scannedRoot: tree })).toEqual(local);
    expect(childEnvironment(ours, { network: true, scannedRoot: tree })).toEqual({
      ...local,
      HTTPS_PROXY: 'http://proxy.example:3128',
    });
  });
});
