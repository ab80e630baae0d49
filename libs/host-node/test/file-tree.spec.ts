import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SKIPPED_DIRECTORIES } from '@securescan/scan-engine';
import { openFileTree } from '../src/file-tree';

describe('openFileTree', () => {
  let root: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'tree-test-')));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(path: string, content: string | Buffer = ''): void {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }

  const paths = async (path = root): Promise<string[]> =>
    (await openFileTree({ root, path })).files.map((file) => file.path);

  it('lists regular files relative to the root, sorted by code point', async () => {
    for (const path of [
      'b.py',
      'a/z.js',
      'a.js',
      'B.py',
      'ä.txt',
      '\u{1F600}.txt',
      '\uFF5E.txt',
      '.env',
    ])
      write(path);
    expect(await paths()).toEqual([
      '.env',
      'B.py',
      'a.js',
      'a/z.js',
      'b.py',
      'ä.txt',
      '\uFF5E.txt',
      '\u{1F600}.txt',
    ]);
  });

  it('skips build output and other people’s code, wherever it stands', async () => {
    for (const name of SKIPPED_DIRECTORIES) write(`src/${name}/x.js`);
    write('src/builder/x.js');
    expect(await paths()).toEqual(['src/builder/x.js']);
  });

  it('lists only the file or directory that is the target', async () => {
    write('src/a.py', 'a');
    write('other/b.py');
    expect(await paths(join(root, 'src'))).toEqual(['src/a.py']);
    const tree = await openFileTree({ root, path: join(root, 'src', 'a.py') });
    expect(tree.files).toEqual([{ path: 'src/a.py', sizeBytes: 1 }]);
    expect(await tree.readText('src/a.py')).toBe('a');
  });

  it('follows no link: not out of the root, not in a loop', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    writeFileSync(join(outside, 'private.txt'), 'private');
    write('src/a.txt', 'a');
    symlinkSync(outside, join(root, 'directory'));
    symlinkSync(join(outside, 'private.txt'), join(root, 'file.txt'));
    symlinkSync('..', join(root, 'src', 'loop'));
    symlinkSync('/dev/zero', join(root, 'zero'));
    const tree = await openFileTree({ root, path: root });
    expect(tree.files.map((file) => file.path)).toEqual(['src/a.txt']);
    expect(tree.notes).toEqual(['4 symbolic links were not followed']);
    const through = [
      'file.txt',
      'zero',
      'directory/private.txt',
      'src/loop/src/a.txt',
      '../outside',
      '/etc/passwd',
    ];
    for (const path of through) expect([path, await tree.readText(path)]).toEqual([path, null]);
    rmSync(outside, { recursive: true });
  });

  it('is not held up by a FIFO or a huge sparse file', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    write('sparse.log');
    truncateSync(join(root, 'sparse.log'), 10 * 1024 ** 3);
    write('a.txt', 'a');
    const tree = await openFileTree({ root, path: root });
    expect(tree.files.map((file) => file.path)).toEqual(['a.txt', 'sparse.log']);
    expect(tree.notes).toEqual(['pipe: not a regular file']);
    expect(tree.irregular).toEqual(['pipe']);
    expect(await tree.readText('pipe')).toBeNull();
    expect(await tree.readText('sparse.log')).toBeNull();
  });

  it('reads text, not binaries; replaces what is not UTF-8 and drops the byte order mark', async () => {
    write('latin.txt', Buffer.from([0x63, 0xe9]));
    write('bom.txt', '\uFEFFtext');
    write('image.png', Buffer.from([0x89, 0x50, 0x00, 0x01]));
    write('empty.txt');
    const tree = await openFileTree({ root, path: root });
    expect(await tree.readText('latin.txt')).toBe('c\uFFFD');
    expect(await tree.readText('bom.txt')).toBe('text');
    expect(await tree.readText('image.png')).toBeNull();
    expect(await tree.readText('empty.txt')).toBe('');
    expect(await tree.readText('missing.txt')).toBeNull();
  });

  it('reads a larger file where the caller knows how large it may be', async () => {
    write('package-lock.json', ' '.repeat(1_500_000));
    const tree = await openFileTree({ root, path: root });
    expect(await tree.readText('package-lock.json')).toBeNull();
    expect(await tree.readText('package-lock.json', 2_000_000)).toHaveLength(1_500_000);
    expect(await tree.readText('package-lock.json', 1_400_000)).toBeNull();
  });

  it('reads a file that is in the root but was not listed', async () => {
    write('dist/bundle.js', 'code');
    const tree = await openFileTree({ root, path: root });
    expect(tree.files).toEqual([]);
    expect(await tree.readText('dist/bundle.js')).toBe('code');
  });

  it('stops at the limit of files and says so', async () => {
    for (let index = 0; index < 12; index += 1) write(`d${index}/f.txt`);
    const tree = await openFileTree({ root, path: root }, 5);
    expect(tree.files.map((file) => file.path)).toEqual(
      ['d0', 'd1', 'd10', 'd11', 'd2'].map((d) => `${d}/f.txt`),
    );
    const reason = 'budget exceeded: the tree has more than 5 files';
    expect(tree.skipped).toEqual([{ path: '.', reason }]);
    expect(tree.notes).toEqual([`.: ${reason}`]);
  });

  it('lets other work run while it walks', async () => {
    for (let index = 0; index < 3_000; index += 1) write(`d${index % 10}/f${index}.txt`);
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await openFileTree({ root, path: root });
    clearInterval(counting);
    expect(turns).toBeGreaterThan(0);
  });

  it('counts what it cannot name as skipped', async () => {
    write('a.txt');
    const parent = Buffer.from(`${root}/`);
    writeFileSync(Buffer.concat([parent, Buffer.from([0x62, 0xff])]), 'text');
    mkdirSync(Buffer.concat([parent, Buffer.from([0xff])]));
    const tree = await openFileTree({ root, path: root });
    expect(tree.files).toEqual([{ path: 'a.txt', sizeBytes: 0 }]);
    expect(tree.skipped).toEqual(
      expect.arrayContaining([
        { path: 'b\ufffd', reason: 'its name is not UTF-8' },
        { path: '\ufffd', reason: 'the directory cannot be read' },
      ]),
    );
  });

  it('says that the target is gone', async () => {
    await expect(openFileTree({ root, path: join(root, 'gone') })).rejects.toMatchObject({
      code: 'TARGET_NOT_FOUND',
    });
  });
});
