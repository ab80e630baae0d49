import type { Argument, Command, Option } from 'commander';
import { valuesOf } from './values';
import type { Values } from './values';

/** A flag in all its spellings, `-t` and `--type`. */
export interface FlagShape {
  readonly names: readonly string[];
  readonly description: string;
  /** `null` for a flag that takes no value. */
  readonly values: Values | null;
}

export interface CommandShape {
  /** The words that lead here, each after a slash; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly FlagShape[];
  /** Of the first argument that takes one of a few words, or a place on the disk. */
  readonly argument: Values;
}

/** Every command of a program with what may follow it, the program itself first. */
export function shapesOf(program: Command): CommandShape[] {
  return shapesBelow(program, { path: '', names: program.commands.map((each) => each.name()) });
}

interface Place {
  readonly path: string;
  /** Of the program's commands. */
  readonly names: readonly string[];
}

function shapesBelow(command: Command, { path, names }: Place): CommandShape[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const shape: CommandShape = {
    path,
    commands: commands.map((each) => ({ name: each.name(), description: each.description() })),
    flags: help.visibleOptions(command).map(flagOf),
    argument: argumentOf(help.visibleArguments(command), names),
  };
  return [
    shape,
    ...commands.flatMap((each) => shapesBelow(each, { path: `${path}/${each.name()}`, names })),
  ];
}

function flagOf(option: Option): FlagShape {
  const { short, long, description, flags, argChoices } = option;
  const placeholder = placeholderIn(flags);
  return {
    names: [short, long].filter((name) => name !== undefined),
    description,
    values: placeholder === null ? null : valuesOf(placeholder, argChoices),
  };
}

function argumentOf([first]: readonly Argument[], names: readonly string[]): Values {
  if (first?.name() === 'command') return { kind: 'words', words: names };
  return first === undefined ? { kind: 'none' } : valuesOf(first.name(), first.argChoices);
}

function placeholderIn(flags: string): string | null {
  return /[<[]([a-z-]+)(?:\.\.\.)?[>\]]/u.exec(flags)?.[1] ?? null;
}
