import type { Command } from 'commander';

export interface ConfigInvocation {
  readonly command: 'config validate';
  /** `null`: the configuration of the working directory. */
  readonly path: string | null;
}

const EXAMPLES = `
Examples:
  $ securescan config validate                           the configuration of this directory
  $ securescan config validate packages/shop/.securescan.yml

Exit codes:
  0 valid, 1 there is an error, 2 there is no configuration`;

/** `securescan config`, a group of commands; alone it prints its help. */
export function declareConfig(program: Command, run: (invocation: ConfigInvocation) => void): void {
  const group = program
    .command('config')
    .description('check the configuration of a project')
    .helpCommand(false);
  group
    .command('validate')
    .argument('[path]', 'configuration, or a directory that it is looked for from (default: .)')
    .description('tell everything that is wrong with a configuration')
    .addHelpText('after', EXAMPLES)
    .action((path: string | undefined) => {
      run({ command: 'config validate', path: path ?? null });
    });
}
