import type { Command } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export interface ConfigValidateWords {
  /** `null`: the configuration of the working directory. */
  readonly path: string | null;
  readonly flags: object;
}

/** `securescan config`, a group of commands; alone it prints its help. */
export function declareConfig(
  program: Command,
  run: Run<'config validate', ConfigValidateWords>,
): void {
  const group = program.command('config').helpCommand(false);
  addHelp(group, {
    description: 'check the configuration of a project',
    examples: [['securescan config validate', 'the configuration of this directory']],
    exitCodes: { 0: 'valid', 1: 'there is an error' },
  });
  const validate = group
    .command('validate')
    .argument('[file]', 'configuration, or a directory that it is looked for from (default: .)')
    .action((path: string | undefined) => {
      run({ command: 'config validate', words: { path: path ?? null, flags: {} } });
    });
  addHelp(validate, {
    description: 'tell everything that is wrong with a configuration',
    examples: [
      ['securescan config validate', 'the configuration of this directory'],
      ['securescan config validate packages/shop/.securescan.yml'],
    ],
    exitCodes: { 0: 'valid', 1: 'there is an error' },
  });
}
