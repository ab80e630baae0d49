import { chmodSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describeWithTool } from '@securescan/testing';
import type { Hunk } from '@securescan/core';
import { HunkReader } from '../src/revisions/hunk-reader';
import { GitSandbox } from './git-sandbox';

jest.setTimeout(60_000);

const lines = (name: string, count = 100): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index} ${'.'.repeat(index % 7)}`);
const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');
const hunk = (
  baseStart: number,
  baseCount: number,
  headStart: number,
  headCount: number,
): Hunk => ({
  baseStart,
  baseCount,
  headStart,
  headCount,
});

describeWithTool(['git'], 'changes between revisions', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  interface Changes {
    readonly renames: Readonly<Record<string, string>>;
    readonly changed: Readonly<Record<string, readonly Hunk[]>>;
  }

  async function changes(base = 'HEAD~1', head = 'HEAD'): Promise<Changes> {
    const revisions = await sandbox.open();
    const sides = [await revisions.resolve(base), await revisions.resolve(head)] as const;
    return {
      renames: Object.fromEntries(await revisions.renames(...sides)),
      changed: Object.fromEntries(await revisions.changedLines(...sides)),
    };
  }

  const move = (from: string, to: string): void =>
    renameSync(join(sandbox.root, from), join(sandbox.root, to));

  it('gives the lines that were put, taken and replaced', async () => {
    const all = lines('a', 10);
    sandbox.write('a.txt', text(all));
    sandbox.write('gone.txt', 'x\n');
    sandbox.write('same.txt', 'x\n');
    sandbox.commit();
    const edited = ['first', ...all.slice(0, 4), 'new', 'newer', ...all.slice(5, 8), 'no end'];
    sandbox.write('a.txt', text(edited).trimEnd());
    rmSync(join(sandbox.root, 'gone.txt'));
    sandbox.write('fresh.txt', 'one\ntwo\n');
    sandbox.commit();
    expect(await changes()).toEqual({
      renames: {},
      changed: {
        'a.txt': [hunk(0, 0, 1, 1), hunk(5, 1, 6, 2), hunk(9, 2, 11, 1)],
        'fresh.txt': [hunk(0, 0, 1, 2)],
      },
    });
  });

  it('follows files that were moved, with and without edits, and none that was copied', async () => {
    sandbox.write('exact.txt', text(lines('exact')));
    sandbox.write('edited "ä".txt', text(lines('edited')));
    sandbox.write('copied.txt', text(lines('copied')));
    sandbox.write('rewritten.txt', text(lines('rewritten')));
    sandbox.commit();
    move('exact.txt', 'moved.txt');
    rmSync(join(sandbox.root, 'edited "ä".txt'));
    sandbox.write('-new\n"name".txt', text(['top', ...lines('edited')]));
    sandbox.write('copy.txt', text(lines('copied')));
    rmSync(join(sandbox.root, 'rewritten.txt'));
    sandbox.write('other.txt', text(lines('quite another')));
    sandbox.commit();
    expect(await changes()).toEqual({
      renames: { 'moved.txt': 'exact.txt', '-new\n"name".txt': 'edited "ä".txt' },
      changed: {
        '-new\n"name".txt': [hunk(0, 0, 1, 1)],
        'copy.txt': [hunk(0, 0, 1, 100)],
        'other.txt': [hunk(0, 0, 1, 100)],
      },
    });
  });

  it('follows files that swapped their names, and one that made room for another', async () => {
    for (const name of ['a', 'b', 'c']) sandbox.write(`${name}.txt`, text(lines(name)));
    sandbox.commit();
    move('a.txt', 'x');
    move('b.txt', 'a.txt');
    sandbox.write('b.txt', text(['changed', ...lines('a')]));
    rmSync(join(sandbox.root, 'x'));
    move('c.txt', 'd.txt');
    sandbox.write('c.txt', text(lines('quite another', 300)));
    sandbox.commit();
    expect(await changes()).toEqual({
      renames: { 'a.txt': 'b.txt', 'b.txt': 'a.txt', 'd.txt': 'c.txt' },
      changed: { 'b.txt': [hunk(0, 0, 1, 1)], 'c.txt': [hunk(1, 100, 1, 300)] },
    });
  });

  it('is not led astray by texts and names that look like a patch', async () => {
    const forged = [
      'diff --git a/forged b/forged',
      '--- a/forged',
      '+++ b/forged',
      '@@ -1,9 +1,9 @@',
      '\\ No newline at end of file',
      '+++ b/forged',
      '-- a/forged',
      '++ b/forged',
    ];
    const name = 'b\n+++ b/forged\t"x"';
    sandbox.write(name, 'x\n');
    sandbox.write('plain', text(['before', ...forged]));
    sandbox.commit();
    sandbox.write(name, text(forged));
    sandbox.write('plain', 'before\nafter');
    sandbox.commit();
    expect((await changes()).changed).toEqual({
      [name]: [hunk(1, 1, 1, 8)],
      plain: [hunk(2, 8, 2, 1)],
    });
  });

  it('gives no lines of what is binary, a submodule or only another mode', async () => {
    sandbox.write('image', Uint8Array.of(1, 0, 2));
    sandbox.write('mode', 'x\n');
    sandbox.write('was-file', 'x\n');
    symlinkSync('mode', join(sandbox.root, 'was-link'));
    sandbox.commit();
    sandbox.git('submodule', '--quiet', 'add', `file://${sandbox.root}`, 'module');
    sandbox.write('image', Uint8Array.of(1, 0, 3));
    rmSync(join(sandbox.root, 'was-file'));
    symlinkSync('image', join(sandbox.root, 'was-file'));
    rmSync(join(sandbox.root, 'was-link'));
    sandbox.write('was-link', 'a file\nnow\n');
    sandbox.git('add', '-A');
    sandbox.git('update-index', '--chmod=+x', 'mode');
    sandbox.git('commit', '-q', '-m', 'x');
    expect((await changes()).changed).toEqual({
      '.gitmodules': [hunk(0, 0, 1, 3)],
      'was-file': [hunk(0, 0, 1, 1)],
      'was-link': [hunk(0, 0, 1, 2)],
    });
  });

  it('lets no attribute and no setting declare a text binary or give it another form', async () => {
    sandbox.write('.gitattributes', '* -diff\n*.txt binary diff=evil\n');
    sandbox.write('a.txt', 'one\ntwo\n');
    sandbox.commit();
    sandbox.write('a.txt', 'one\n2\n');
    sandbox.commit();
    const { program } = sandbox.trap();
    for (const name of ['diff.evil.textconv', 'diff.evil.command', 'diff.external']) {
      sandbox.git('config', name, program);
    }
    for (const name of ['diff.noprefix', 'diff.mnemonicPrefix', 'diff.renames']) {
      sandbox.git('config', name, 'true');
    }
    sandbox.git('config', 'diff.context', '5');
    expect((await changes()).changed).toEqual({ 'a.txt': [hunk(2, 1, 2, 1)] });
  });

  it('finds what is the same where a partial clone lacks the contents', async () => {
    sandbox.git('config', 'uploadpack.allowFilter', 'true');
    sandbox.write('old.txt', text(lines('a')));
    sandbox.write('half.txt', text(lines('b')));
    const base = sandbox.commit();
    move('old.txt', 'new.txt');
    rmSync(join(sandbox.root, 'half.txt'));
    sandbox.write('other.txt', text(['top', ...lines('b')]));
    const head = sandbox.commit();
    const options = ['-q', '--filter=blob:none', '--no-checkout'];
    sandbox.gitIn(sandbox.base, 'clone', ...options, `file://${sandbox.root}`, 'clone');
    const revisions = await sandbox.open(join(sandbox.base, 'clone'));
    expect(await revisions.renames(base, head)).toEqual(new Map([['new.txt', 'old.txt']]));
    expect(await revisions.changedLines(base, head)).toEqual(new Map());
  });

  it('loads no huge file, whatever its name is', async () => {
    const huge = sandbox.blob('\n'.repeat(64_000_001));
    const small = sandbox.blob('text\n');
    const entries = (id: string): [string, string | Uint8Array, string][] => [
      ['100644', '[a]\\*?', id],
      ['100644', 'ab', small],
      ['100644', Buffer.of(0x66, 0xff, 0x66), id],
    ];
    const commitOf = (tree: string): string => sandbox.git('commit-tree', '-m', 'x', tree);
    const base = commitOf(sandbox.treeOf(entries(huge).slice(0, 1)));
    const head = commitOf(sandbox.treeOf([...entries(small), ['100644', 'new', huge]]));
    // A lookup of its content would fail: only the head of the object is left of it.
    const place = join(sandbox.root, '.git', 'objects', huge.slice(0, 2), huge.slice(2));
    chmodSync(place, 0o644);
    truncateSync(place, 200);
    expect(await changes(base, head)).toEqual({
      renames: {},
      changed: { ab: [hunk(0, 0, 1, 1)], 'f\ufffdf': [hunk(0, 0, 1, 1)] },
    });
  });
});

describe('HunkReader', () => {
  interface Change {
    readonly before: number;
    readonly taken: readonly string[];
    readonly put: readonly string[];
  }

  /** Lines that look like structure more often than not. */
  const line = fc.oneof(
    fc.constantFrom('', '-', '+', '-- a/x', '++ b/x', '@@ -1 +1 @@', 'diff --git a/x b/x', '\\ x'),
    fc.string({ unit: 'binary', maxLength: 8 }).map((value) => value.replace(/\n/gu, '')),
  );
  const change: fc.Arbitrary<Change> = fc
    .record({
      before: fc.integer({ min: 1, max: 1_000 }),
      taken: fc.array(line, { maxLength: 4 }),
      put: fc.array(line, { maxLength: 4 }),
    })
    .filter(({ taken, put }) => taken.length + put.length > 0);

  const range = (start: number, count: number): string =>
    count === 1 ? `${start}` : `${start},${count}`;

  function patchOf(changes: readonly Change[]): { readonly patch: string; readonly hunks: Hunk[] } {
    let patch = '';
    const hunks: Hunk[] = [];
    for (const { before, taken, put } of changes) {
      hunks.push(hunk(before, taken.length, before, put.length));
      patch += `@@ -${range(before, taken.length)} +${range(before, put.length)} @@ +++ b/x\n`;
      patch += taken.map((one) => `-${one}\n`).join('') + put.map((one) => `+${one}\n`).join('');
      if (before % 2 === 0) patch += '\\ No newline at end of file\n';
    }
    return { patch, hunks };
  }

  it('reads what was written, whatever the lines are and wherever the chunks end', () => {
    const files = fc.array(fc.array(change, { minLength: 1, maxLength: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(files, fc.integer({ min: 1, max: 50 }), (all, size) => {
        const patches = all.map(patchOf);
        const output = patches
          .map(
            ({ patch }, index) =>
              `diff --git a/f${index} b/f${index}\n--- a/f\n+++ b/f${index}\n${patch}`,
          )
          .join('');
        const reader = new HunkReader();
        const bytes = Buffer.from(output);
        for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
        expect(Object.fromEntries(reader.finish())).toEqual(
          Object.fromEntries(patches.map(({ hunks }, index) => [`f${index}`, hunks])),
        );
      }),
    );
  });

  it.each([
    ['ends early', '@@ -1,2 +1,2 @@\n-a\n-b\n+c\n'],
    ['has another line in a hunk', '@@ -1,2 +1 @@\n-a\n b\n+c\n'],
    ['has a line of structure without an end', `diff --git ${'x'.repeat(100_000)}`],
  ])('refuses a patch that %s', (_, patch) => {
    const reader = new HunkReader();
    expect(() => {
      reader.push(Buffer.from(`diff --git a/f b/f\n--- a/f\n+++ b/f\n${patch}`));
      reader.finish();
    }).toThrow('git could not compare the revisions: what it wrote is not whole; try again.');
  });
});
