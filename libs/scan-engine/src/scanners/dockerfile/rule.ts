import type { Severity } from '@securescan/contracts';
import type { DockerfileInstruction, DockerfileModel } from './dockerfile-model';
import { programOf, type Program } from './program-of';
import type { ShellCommand } from './shell-commands';

/** One place where a rule is broken. */
export interface RuleMatch {
  /** `null` where something is missing from the file as a whole. */
  readonly line: number | null;
  readonly endLine?: number;
  /** What exactly was found, as a sentence that ends the description. Never a secret's value. */
  readonly detail: string;
  /** Where one case weighs less than the rule. */
  readonly severity?: Severity;
}

export interface DockerfileRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly description: string;
  readonly remediation: string;
  readonly cwe: string;
  readonly references: readonly string[];
  /** Pure; in the order of the file. */
  readonly check: (model: DockerfileModel) => RuleMatch[];
}

export interface RunningProgram extends Program {
  readonly command: ShellCommand;
  readonly instruction: DockerfileInstruction;
}

/** Every instruction of the file, whatever stage it belongs to, in order. */
export function allInstructions({ preamble, stages }: DockerfileModel): DockerfileInstruction[] {
  return [...preamble, ...stages.flatMap((stage) => [stage.from, ...stage.instructions])];
}

/** Every program that the RUN instructions start. */
export function programsOf(instructions: readonly DockerfileInstruction[]): RunningProgram[] {
  return instructions.flatMap((instruction) =>
    instruction.pipelines.flat().flatMap((command) => {
      const program = programOf(command);
      return program === null ? [] : [{ ...program, command, instruction }];
    }),
  );
}

/** The first argument that is no option: what `apt-get -y install` and `git clone` are told to do. */
export function subcommandOf({ args }: Program): string | undefined {
  return args.find((argument) => !argument.startsWith('-'));
}

/** A match on the lines of the command. */
export function at({ command }: RunningProgram, detail: string): RuleMatch {
  return { line: command.line, endLine: command.endLine, detail };
}
