import { Argument } from 'commander';
import type { Command } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export interface CompletionWords {
  readonly shell: Shell;
  readonly flags: object;
}

/** `securescan completion <shell>` */
export function declareCompletion(program: Command, run: Run<'completion', CompletionWords>): void {
  const command = program
    .command('completion')
    .addArgument(new Argument('<shell>', 'shell to write for').choices(SHELLS))
    .action((shell: Shell) => {
      run({ command: 'completion', words: { shell, flags: {} } });
    });
  addHelp(command, {
    description: 'print a script that lets a shell complete our commands, flags and values',
    examples: [
      ['source <(securescan completion bash)', 'in ~/.bashrc'],
      ['source <(securescan completion zsh)', 'in ~/.zshrc, below compinit'],
      ['securescan completion fish > ~/.config/fish/completions/securescan.fish'],
    ],
    exitCodes: { 0: 'printed' },
  });
}
