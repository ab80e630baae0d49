import type { Instruction } from 'dockerfile-ast';
import { programOf } from './program-of';
import { readShellCommands, type ShellCommand, type ShellPipeline } from './shell-commands';
import { joinContinuedLines, scriptLines, SourceText } from './source-text';

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh']);
/** `sh -c "bash -c '…'"`: deeper nesting than this is not followed. */
const MAX_NESTING = 3;
const HEREDOC = /<<-?\s*(["']?)(?<name>[A-Za-z_][\w.]*)\1/gu;

export function isShell(name: string): boolean {
  return SHELLS.has(name);
}

/** The commands that a RUN instruction runs: shell form, exec form, here-documents and scripts given to `sh -c`. */
export function instructionPipelines(run: Instruction, escape: string): ShellPipeline[] {
  const raw = run.getRawArgumentsContent();
  const start = run.getArgumentsRange()?.start.line;
  if (raw === null || start === undefined) return [];
  return withScripts(topLevelPipelines(raw.replaceAll('\r\n', '\n'), start + 1, escape), 0);
}

function topLevelPipelines(raw: string, line: number, escape: string): ShellPipeline[] {
  const exec = readExecForm(raw);
  if (exec !== null) {
    const endLine = line + raw.split('\n').length - 1;
    return exec.length === 0 ? [] : [[{ words: exec, line, endLine }]];
  }
  const names = Array.from(
    firstLineOf(raw).matchAll(HEREDOC),
    ({ groups }) => groups?.['name'] ?? '',
  );
  if (names.length > 0) return heredocPipelines(raw, line, names);
  return readShellCommands(joinContinuedLines(raw, line, escape));
}

/** `["sh", "-c", "…"]`; whatever is no list of texts is the shell form, as for the builder. */
function readExecForm(raw: string): string[] | null {
  const text = raw.replace(/\\\n/gu, ' ').trim();
  if (!text.startsWith('[')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : null;
  } catch {
    // Expected: `[ -f x ] && y` is a command of the shell.
    return null;
  }
}

/** The command line before the here-documents, and their bodies where a shell reads them. */
function heredocPipelines(raw: string, line: number, names: readonly string[]): ShellPipeline[] {
  const lines = raw.split('\n');
  const header = firstLineOf(raw).replace(HEREDOC, ' ');
  const headed = readShellCommands(singleLine(header, line));
  const reader = headed[0]?.[0] === undefined ? null : programOf(headed[0][0]);
  const isScript = reader === null || (isShell(reader.name) && reader.args.length === 0);
  const bodies: ShellPipeline[] = [];
  let at = 1;
  for (const name of names) {
    const end = lines.findIndex((text, index) => index >= at && text.trim() === name);
    const body = lines.slice(at, end === -1 ? lines.length : end);
    if (isScript && isShellScript(body[0])) {
      bodies.push(...readShellCommands(scriptLines(body.join('\n'), line + at)));
    }
    at = end === -1 ? lines.length : end + 1;
  }
  return [...headed, ...bodies];
}

function isShellScript(firstLine: string | undefined): boolean {
  if (firstLine?.startsWith('#!') !== true) return true;
  return firstLine.split(/[\s/]+/u).some((part) => isShell(part));
}

/** Adds the commands of scripts that are given to a shell as an argument, after the command that runs them. */
function withScripts(pipelines: readonly ShellPipeline[], depth: number): ShellPipeline[] {
  if (depth >= MAX_NESTING) return [...pipelines];
  return pipelines.flatMap((pipeline) => [
    pipeline,
    ...pipeline.flatMap((command) => {
      const script = scriptArgument(command);
      if (script === null) return [];
      const nested = readShellCommands(singleLine(script, command.line));
      return withScripts(
        nested.map((inner) => inner.map((one) => standingAt(one, command))),
        depth + 1,
      );
    }),
  ]);
}

/** `sh -c SCRIPT`, also `bash -euxo pipefail -c SCRIPT`. */
function scriptArgument(command: ShellCommand): string | null {
  const program = programOf(command);
  if (program === null || !isShell(program.name)) return null;
  const flag = program.args.findIndex((arg) => /^-[a-z]*c[a-z]*$/u.test(arg));
  return flag === -1 ? null : (program.args[flag + 1] ?? null);
}

function standingAt(command: ShellCommand, { line, endLine }: ShellCommand): ShellCommand {
  return { ...command, line, endLine };
}

function firstLineOf(raw: string): string {
  const end = raw.indexOf('\n');
  return end === -1 ? raw : raw.slice(0, end);
}

function singleLine(text: string, line: number): SourceText {
  const source = new SourceText();
  source.append(text, line);
  return source;
}
