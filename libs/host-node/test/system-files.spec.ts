import { execFileSync } from 'node:child_process';
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
import { dirname, join } from 'node:path';
import type { SystemFiles } from '@securescan/scan-engine';
import { openSystemFiles } from '../src/system-files';

const MEGABYTE = 1_000_000;

describe('files of a system below a directory', () => {
  let base: string;
  let root: string;
  let system: SystemFiles;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'system-files-')));
    root = join(base, 'root');
    mkdirSync(root);
    writeFileSync(join(base, 'secret'), 'outside');
    system = openSystemFiles(root);
  });

  afterEach(() => rmSync(base, { recursive: true, force: true }));

  function write(path: string, content: string | Buffer, mode = 0o644): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    chmodSync(join(root, path), mode);
  }

  function link(path: string, to: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(to, join(root, path));
  }

  it('reads, lists and looks at what is there', async () => {
    write('etc/passwd', 'root', 0o4755);
    write('etc/Z', '');
    write('etc/a', '');
    expect(await system.readText('/etc/passwd')).toBe('root');
    expect(await system.list('/etc')).toEqual(['Z', 'a', 'passwd']);
    const { uid, gid } = (await system.stat('/'))!;
    expect(await system.stat('/etc/passwd')).toEqual({
      kind: 'file',
      mode: 0o4755,
      uid,
      gid,
      sizeBytes: 4,
    });
    expect(await system.stat('/etc')).toMatchObject({ kind: 'directory' });
  });

  it('has nothing to say of what is not there, and of the wrong kind', async () => {
    write('etc/passwd', 'root');
    for (const path of ['/nothing', '/etc/passwd/x', '/nothing/x', '']) {
      expect(await system.readText(path)).toBeNull();
    }
    expect(await system.stat('/nothing')).toBeNull();
    expect(await system.list('/etc/passwd')).toBeNull();
    expect(await system.readText('/etc')).toBeNull();
  });

  it('follows links as the system would', async () => {
    write('usr/lib/os-release', 'ID=debian');
    link('etc/os-release', '../usr/lib/os-release');
    link('etc/absolute', '/usr/lib/os-release');
    link('lib', 'usr/lib');
    expect(await system.readText('/etc/os-release')).toBe('ID=debian');
    expect(await system.readText('/etc/absolute')).toBe('ID=debian');
    expect(await system.readText('/lib/os-release')).toBe('ID=debian');
    expect(await system.stat('/etc/absolute')).toMatchObject({ kind: 'file' });
    expect(await system.list('/lib')).toEqual(['os-release']);
  });

  it.each([
    ['far up', (name: string) => `${'../'.repeat(40)}${name}`],
    ['by an absolute path', (name: string) => name],
  ])('is led out by no link %s', async (_way, to) => {
    const outside = join(base, 'secret');
    link('etc/passwd', to(outside));
    link('etc/dir', to(base));
    expect(await system.readText('/etc/passwd')).toBeNull();
    expect(await system.readText('/etc/dir/secret')).toBeNull();
    expect(await system.readText(`${'/..'.repeat(40)}${outside}`)).toBeNull();
    expect(await system.list('/etc/dir')).toBeNull();
  });

  it('takes the root for the top of everything', async () => {
    write('etc/hostname', 'inside');
    link('etc/alias', '../../../../etc/hostname');
    expect(await system.readText('/../../etc/hostname')).toBe('inside');
    expect(await system.readText('/etc/alias')).toBe('inside');
  });

  it('comes back from links in circles', async () => {
    link('a', 'b');
    link('b', 'a');
    link('etc/passwd', '/etc/passwd');
    link('loop/loop', '../loop');
    for (const path of ['/a', '/etc/passwd']) {
      expect(await system.readText(path)).toBeNull();
      expect(await system.stat(path)).toBeNull();
    }
    expect(await system.list(`/loop${'/loop'.repeat(30)}`)).toEqual(['loop']);
    expect(await system.list(`/loop${'/loop'.repeat(60)}`)).toBeNull();
  });

  it('does not wait for a FIFO', async () => {
    execFileSync('mkfifo', [join(root, 'fifo')]);
    expect(await system.stat('/fifo')).toMatchObject({ kind: 'other' });
    expect(await system.readText('/fifo')).toBeNull();
  });

  it('reads a text of a megabyte and none that is larger', async () => {
    write('most', 'a'.repeat(MEGABYTE));
    write('more', 'a'.repeat(MEGABYTE + 1));
    expect(await system.readText('/most')).toHaveLength(MEGABYTE);
    expect(await system.readText('/more')).toBeNull();
  });

  it('replaces bytes that are no UTF-8', async () => {
    write('latin1', Buffer.from([0x61, 0xe4, 0x62]));
    expect(await system.readText('/latin1')).toBe('a\ufffdb');
  });
});

describe('files of this machine', () => {
  const system = openSystemFiles('/');

  it('are read to their end below /proc, which says that they are empty', async () => {
    const maps = await system.readText('/proc/self/maps');
    // The kernel gives a page at a time, and the stack stands near the end.
    expect(maps!.length).toBeGreaterThan(10_000);
    expect(maps).toContain('[stack]');
    expect(await system.readText('/proc/self/environ')).toContain('PATH=');
  });
});
