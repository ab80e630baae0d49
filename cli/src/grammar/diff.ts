import type { Command } from 'commander';
import { addDiffOptions, type DiffFlags } from '../options/diff-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface DiffWords {
  readonly target: string;
  readonly flags: DiffFlags;
}

/** `securescan diff [target]` */
export function declareDiff(program: Command, run: Run<'diff', DiffWords>): void {
  const command = program
    .command('diff')
    .argument('[target]', 'directory or file in the repository (default: .)')
    .action((target: string | undefined, flags: DiffFlags) => {
      run({ command: 'diff', words: { target: target ?? '.', flags } });
    });
  addHelp(addDiffOptions(command), {
    description: 'tell what a change brought and took: two revisions, or two stored scans',
    examples: [
      ['securescan diff --base-ref origin/main', 'this branch against main'],
      ['securescan diff --base-ref origin/main --fail-on-severity high'],
      ['securescan diff --base-ref v1.4 --head-ref v1.5 src'],
      ['securescan diff --base-ref origin/main --also sarif=out.sarif --also json=out.json'],
      ['securescan diff --base-snapshot old.json --head-snapshot new.json'],
    ],
    exitCodes: {
      0: 'nothing new at or above --fail-on-severity',
      1: 'something new at or above it',
      3: 'incomplete: a scanner failed, or ran on one side only',
    },
    remark:
      'The working tree, the index and HEAD are not touched; uncommitted changes are no part of the comparison.',
  });
}
