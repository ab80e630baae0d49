import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { reviewableLines } from '@securescan/core';
import { describeWithTool } from '@securescan/testing';
import { GitSandbox } from './git-sandbox';

jest.setTimeout(60_000);

const lines = (name: string, count = 60): string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);
const text = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describeWithTool(['git'], 'what a pull request shows', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  async function shown(): Promise<Record<string, (readonly [number, number])[]>> {
    const revisions = await sandbox.open();
    const [base, head] = [await revisions.resolve('HEAD~1'), await revisions.resolve('HEAD')];
    const files = await revisions.reviewedLines(base, head);
    return Object.fromEntries(
      [...files].map(([path, hunks]) => [
        path,
        reviewableLines(hunks).map(({ start, end }) => [start, end] as const),
      ]),
    );
  }

  /** The hunks that git shows with three lines of context, by file, as `reviewableLines` has them but for the end of the file. */
  function gitsOwn(): Record<string, [number, number][]> {
    const patch = sandbox.git('diff', '-U3', '-M50%', 'HEAD~1', 'HEAD');
    const files: Record<string, [number, number][]> = {};
    for (const part of patch.split(/^diff --git /mu).slice(1)) {
      const name = /^\+\+\+ b\/(.*)$/mu.exec(part)?.[1] ?? '';
      files[name] = [...part.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gmu)].map((match) => {
        const start = Number(match[1]);
        return [start, start + Number(match[2] ?? 1) - 1];
      });
    }
    return files;
  }

  it('is what git shows around any change', async () => {
    const edit = fc.record({
      at: fc.nat(60),
      taken: fc.nat(5),
      put: fc.nat(5),
    });
    const edits = fc.sample(fc.array(edit, { minLength: 1, maxLength: 5 }), {
      numRuns: 60,
      seed: 7,
    });
    const names = edits.map((_, index) => `f${index}`);
    for (const name of names) sandbox.write(name, text(lines(name)));
    sandbox.commit();
    edits.forEach((changes, index) => {
      const all = lines(`f${index}`);
      for (const { at, taken, put } of changes) all.splice(at, taken, ...lines(`new ${at}`, put));
      sandbox.write(`f${index}`, text(all));
    });
    sandbox.commit();
    const ours = await shown();
    const theirs = gitsOwn();
    expect(Object.keys(ours)).toEqual(Object.keys(theirs));
    for (const [name, ranges] of Object.entries(theirs)) {
      // Only the last one may reach beyond the end of the file.
      const end = ranges.at(-1)?.[1] ?? 0;
      const cut = ours[name]?.map(([start, last]) => [start, Math.min(last, end)]);
      expect({ name, ranges: cut }).toEqual({ name, ranges });
    }
    expect(Object.keys(theirs).length).toBeGreaterThan(40);
  });

  it('follows files as GitHub does: one that was rewritten stays what it is', async () => {
    sandbox.write('a.txt', text(lines('a')));
    sandbox.write('b.txt', text(lines('b')));
    sandbox.write('moved.txt', text(lines('moved')));
    sandbox.commit();
    renameSync(join(sandbox.root, 'b.txt'), join(sandbox.root, 'a.txt'));
    rmSync(join(sandbox.root, 'moved.txt'));
    sandbox.write('to.txt', text(['first', ...lines('moved')]));
    sandbox.commit();
    expect(await shown()).toEqual({ 'a.txt': [[1, 63]], 'to.txt': [[1, 4]] });
  });

  it('gives the texts of a commit byte by byte, and none of what is not there', async () => {
    sandbox.write('dir name/ä.txt', 'one\r\ntwo');
    sandbox.write('huge.txt', 'x'.repeat(1024 * 1024 + 1));
    const commit = sandbox.commit();
    sandbox.write('dir name/ä.txt', 'three');
    const revisions = await sandbox.open();
    const texts = await revisions.readTexts(commit, [
      'dir name/ä.txt',
      'huge.txt',
      'no',
      'dir name',
    ]);
    expect(Object.fromEntries(texts)).toEqual({ 'dir name/ä.txt': 'one\r\ntwo' });
  });
});
