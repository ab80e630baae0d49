import type { Command } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export interface InitFlags {
  readonly force?: true;
  /** False for --no-prompt, else true; the two below likewise. */
  readonly prompt: boolean;
  readonly workflow: boolean;
  readonly baseline: boolean;
  readonly threshold?: string;
  readonly scanTypes?: string;
}

export interface InitWords {
  readonly projectPath: string;
  readonly flags: InitFlags;
}

/** `securescan init [project_path]` */
export function declareInit(program: Command, run: Run<'init', InitWords>): void {
  const command = program
    .command('init')
    .argument('[directory]', 'root of the project (default: .)')
    .option('--force', 'replace files that are there already')
    .option('--no-prompt', 'ask nothing (as where there is no terminal)')
    .option('--threshold <severity>', 'severity from which a scan fails (default: high)')
    .option(
      '--scan-types <types>',
      'kinds of scan, with commas between (default: what the files of the project call for)',
    )
    .option('--no-workflow', 'write no workflow for GitHub')
    .option('--no-baseline', 'write no empty baseline')
    .action((projectPath: string | undefined, flags: InitFlags) => {
      run({ command: 'init', words: { projectPath: projectPath ?? '.', flags } });
    });
  addHelp(command, {
    description: 'write the configuration, a workflow and an empty baseline for a project',
    examples: [
      ['securescan init'],
      ['securescan init shop --no-prompt --threshold medium --scan-types code,dependency'],
      ['securescan init --no-workflow --force'],
    ],
    exitCodes: { 0: 'written' },
    remark:
      'All files are written or none; files that are there already are kept unless --force is given.',
  });
}
