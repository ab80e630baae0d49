import type { Command } from 'commander';
import { isKnownPlaceholder } from './completion/values';
import { createProgram } from './program';

interface Named {
  /** The words of the line that lead to it. */
  readonly line: string;
  readonly command: Command;
}

function everyCommand(command: Command, line: string): Named[] {
  return [
    { line, command },
    ...command.commands.flatMap((each) => everyCommand(each, `${line} ${each.name()}`)),
  ];
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (piece) => (text += piece) }).outputHelp();
  return text;
}

const PROGRAM = createProgram({ version: '1.2.3', run: () => undefined });
const COMMANDS = everyCommand(PROGRAM, 'securescan');

describe.each(COMMANDS)('$line', ({ line, command }) => {
  it('says what it does in one sentence, of which the list of commands makes a row', () => {
    expect(command.description()).toMatch(/^[A-Za-z][^\n]{10,}$/u);
    if (command !== PROGRAM) expect(command.description()).not.toMatch(/\.$/u);
  });

  it('shows examples that name it, and what its exit codes mean', () => {
    const help = helpOf(command);
    const [, examples = '', exits = ''] = /\nExamples:\n(.*)\nExit codes:\n(.*)/su.exec(help) ?? [];
    expect(examples).toContain(line);
    for (const code of ['0', '2', '70', '130'])
      expect(exits).toMatch(new RegExp(`\\b${code} `, 'u'));
  });

  it('describes each flag and argument', () => {
    for (const { flags, description } of command.options) {
      expect([flags, description]).toEqual([flags, expect.stringMatching(/^[^\n]{5,}$/u)]);
    }
    for (const argument of command.registeredArguments) {
      expect(argument.description).not.toBe('');
    }
  });

  it('names what flags and arguments take by a word that decides how it is completed', () => {
    const open = [
      ...command.options
        .filter(({ argChoices }) => argChoices === undefined)
        .map(({ flags }) => flags),
      ...command.registeredArguments
        .filter(({ argChoices }) => argChoices === undefined)
        .map((argument) => `<${argument.name()}>`),
    ];
    const words = open.flatMap((text) => /[<[]([a-z-]+)/u.exec(text)?.[1] ?? []);
    expect(words.filter((word) => word !== 'command' && !isKnownPlaceholder(word))).toEqual([]);
  });
});

it('has the commands that the documents promise', () => {
  const lines = COMMANDS.map(({ line }) => line);
  for (const name of ['scan', 'init', 'history', 'status', 'serve', 'completion', 'help']) {
    expect(lines).toContain(`securescan ${name}`);
  }
});
