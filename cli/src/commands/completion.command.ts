import { renderBash } from '../completion/bash';
import { shapesOf } from '../completion/command-tree';
import type { CommandShape } from '../completion/command-tree';
import { renderFish } from '../completion/fish';
import { renderZsh } from '../completion/zsh';
import type { CommandContext } from '../command-context';
import type { Shell } from '../grammar/completion';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';
import { createProgram } from '../program';

const SCRIPTS: Readonly<Record<Shell, (shapes: readonly CommandShape[]) => string>> = {
  bash: renderBash,
  zsh: renderZsh,
  fish: renderFish,
};

/** `securescan completion <shell>`: made from the grammar itself, so that it knows every command. */
export async function runCompletionCommand(
  shell: Shell,
  { terminal }: CommandContext,
): Promise<ExitCode> {
  const program = createProgram({ version: '', run: () => undefined });
  await new StdoutSink(terminal.stdout).write([SCRIPTS[shell](shapesOf(program))]);
  return EXIT_CODES.clean;
}
