import type { Command } from 'commander';
import { addHelp } from './help';

/** `securescan help [command...]`. Commander's own answers a mistyped name with the help of the whole program, as if all was well. */
export function declareHelpCommand(program: Command): void {
  const command = program
    .command('help')
    .argument('[command...]', 'whose help to print')
    .action((names: readonly string[]) => {
      commandAt(program, names).help();
    });
  addHelp(command, {
    description: 'print the help of a command',
    examples: [['securescan help scan']],
    exitCodes: { 0: 'printed' },
  });
}

/** The command that the names lead to. Throws CommanderError, once it has named the nearest, where there is none. */
function commandAt(program: Command, names: readonly string[]): Command {
  let at = program;
  for (const name of names) {
    const next = at.commands.find((each) => each.name() === name);
    if (next === undefined) return complainAbout(name, at);
    at = next;
  }
  return at;
}

function complainAbout(name: string, parent: Command): never {
  // As if it had been typed in place of a command: the complaint, and the name that may have been meant, are the same.
  if (parent.commands.length > 0) parent.parse([name], { from: 'user' });
  return parent.error(`error: '${parent.name()}' has no command '${name}'`);
}
