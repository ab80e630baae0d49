import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describeWithTool } from '@securescan/testing';
import { sweepRunJournal } from '../src';
import { eventually } from './eventually';
import { contentsOf, GitSandbox, stateOf } from './git-sandbox';

jest.setTimeout(60_000);

const REPOSITORY = join(__dirname, '..', '..', '..');

describeWithTool(['git'], 'a process that is killed while it writes a revision', () => {
  let sandbox: GitSandbox;

  beforeEach(() => {
    sandbox = new GitSandbox();
  });

  afterEach(() => {
    sandbox.remove();
  });

  /** Directories that the journal names. */
  function noted(journal: string): string[] {
    return readdirSync(journal)
      .filter((name) => /^directory-.*\.json$/u.test(name))
      .map((name) => {
        const entry = JSON.parse(readFileSync(join(journal, name), 'utf8')) as { path: string };
        return entry.path;
      });
  }

  it.each([0, 1, 20, 200, 390, 400])(
    'leaves nothing after the next start, and the repository as it was (killed after %d files)',
    async (files) => {
      for (let index = 0; index < 400; index += 1) {
        sandbox.write(`d${index % 20}/f${index}.txt`, `${index}\n`.repeat(500));
      }
      const commit = sandbox.commit();
      const before = stateOf(sandbox.root);
      const journal = join(sandbox.base, 'journal');
      const child = spawn(
        process.execPath,
        [
          '-r',
          join(REPOSITORY, 'server/test/support/run-typescript.cjs'),
          join(__dirname, 'write-tree-and-stay.ts'),
          ...[sandbox.root, commit, journal],
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exit = once(child, 'exit');
      const [directory] = (await once(createInterface(child.stdout), 'line')) as [string];
      const isFar = (): boolean => Object.keys(contentsOf(directory)).length >= files;
      expect(await eventually(isFar, 20_000)).toBe(true);
      child.kill('SIGKILL');
      await exit;
      const left = noted(journal);
      expect(left).not.toEqual([]);
      expect(left.filter(existsSync)).not.toEqual([]);
      await sweepRunJournal(journal);
      expect([directory, ...left].filter(existsSync)).toEqual([]);
      expect(readdirSync(journal).filter((name) => name.endsWith('.json'))).toEqual([]);
      expect(stateOf(sandbox.root)).toEqual(before);
    },
  );
});
