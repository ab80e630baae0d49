import type { Command } from 'commander';

/** A line to type, and what it does where that is not plain. */
export type Example = readonly [line: string, meaning?: string];

export interface CommandHelp {
  /** One sentence without its full stop, as it stands in the list of commands. */
  readonly description: string;
  readonly examples: readonly Example[];
  /** What this command's own codes mean; 2, 70 and 130 mean the same everywhere and are added. */
  readonly exitCodes: ExitMeanings;
  readonly remark?: string;
}

type ExitMeanings = Readonly<Partial<Record<0 | 1 | 3, string>>>;

const COMMON_EXITS = {
  2: 'usage or configuration',
  70: 'defect of SecureScan',
  130: 'interrupted',
};

/** Gives a command its description, and examples, exit codes and a remark below its flags. */
export function addHelp(
  command: Command,
  { description, examples, exitCodes, remark }: CommandHelp,
): Command {
  const parts = [
    `Examples:\n${exampleLines(examples)}`,
    `Exit codes:\n${exitLines({ ...exitCodes, ...COMMON_EXITS })}`,
    ...(remark === undefined ? [] : [remark]),
  ];
  return command.description(description).addHelpText('after', `\n${parts.join('\n\n')}`);
}

function exampleLines(examples: readonly Example[]): string {
  const width = Math.max(
    ...examples.map(([line, meaning]) => (meaning === undefined ? 0 : line.length)),
  );
  return examples
    .map(([line, meaning]) =>
      meaning === undefined ? `  $ ${line}` : `  $ ${line.padEnd(width)}   ${meaning}`,
    )
    .join('\n');
}

function exitLines(meanings: Readonly<Record<number, string>>): string {
  // Keys that are numbers are enumerated in ascending order.
  return Object.entries(meanings)
    .map(([code, meaning]) => `  ${code.padEnd(3)} ${meaning}`)
    .join('\n');
}
