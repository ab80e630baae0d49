import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { escapeControls, ProjectConfigError, PROJECT_CONFIG_NAMES } from '@securescan/core';
import type { ConfigIssue } from '@securescan/core';
import {
  checkProjectConfig,
  findProjectConfig,
  readProjectConfigFile,
  resolveTarget,
} from '@securescan/host-node';
import type { ProjectConfigCheck, ProjectConfigFile } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import { shownPath } from '../options/chosen-config';
import { UsageError } from '../options/usage-error';
import { renderConfigSummary } from '../output/config-summary';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';

type Counts = ProjectConfigCheck['counts'];

/** `securescan config validate [path]`: the issues on standard error, what a valid configuration says on standard output. */
export async function runConfigValidateCommand(
  path: string | null,
  context: CommandContext,
): Promise<ExitCode> {
  const { cwd, environment, terminal } = context;
  if (environment.problems.length > 0) throw new UsageError(environment.problems);
  const checked = await check(path, context);
  const shown = shownPath(checked.file, cwd);
  const lines = [
    ...checked.issues.map((issue) => lineOf(shown, issue)),
    ...omittedLine(checked.issues.length, checked.counts),
    summaryOf(checked.counts),
  ];
  terminal.stderr.write(`${lines.map(escapeControls).join('\n')}\n`);
  if (checked.loaded === null) return EXIT_CODES.gateReached;
  const summary = renderConfigSummary(shown, checked.loaded);
  await new StdoutSink(terminal.stdout).write([summary]);
  return EXIT_CODES.clean;
}

type Checked = Pick<ProjectConfigCheck, 'loaded' | 'issues' | 'counts'> & { readonly file: string };

async function check(path: string | null, { cwd, environment }: CommandContext): Promise<Checked> {
  const place = await placeOf(path, cwd);
  try {
    const { file, root } = await place.find();
    const today = (environment.fakeNow ?? new Date()).toISOString().slice(0, 10);
    return { ...checkProjectConfig(file, root, today), file: file.file };
  } catch (error) {
    // Expected: the file cannot be read, which is an issue of it like any other.
    if (!(error instanceof ProjectConfigError)) throw error;
    const { problems: issues } = error;
    const counts = { error: issues.length, warning: 0, info: 0 };
    return { loaded: null, issues, counts, file: resolve(place.base, error.fileName) };
  }
}

interface Place {
  /** What the name in an error is relative to. */
  readonly base: string;
  readonly find: () => Promise<{ readonly file: ProjectConfigFile; readonly root: string }>;
}

async function placeOf(path: string | null, cwd: string): Promise<Place> {
  if (path !== null && !(await isDirectory(resolve(cwd, path)))) {
    return { base: cwd, find: () => readNamed(path, cwd) };
  }
  const target = await resolveTarget(path ?? '.', { cwd });
  const find = async (): ReturnType<Place['find']> => {
    const file = await findProjectConfig(target);
    if (file !== null) return { file, root: target.root };
    throw new UsageError([
      `There is no ${PROJECT_CONFIG_NAMES[0]} in ${shownPath(target.path, cwd)} or above it up to the project's root; write one with "securescan init", or name the file.`,
    ]);
  };
  return { base: target.root, find };
}

/** A named file belongs to the project that it stands in. */
async function readNamed(
  path: string,
  cwd: string,
): Promise<{ file: ProjectConfigFile; root: string }> {
  const { directory } = readProjectConfigFile(path, { cwd, root: null });
  const { root } = await resolveTarget(directory, { cwd });
  return { file: readProjectConfigFile(path, { cwd, root }), root };
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Expected: a typing error, which is told where the file is read.
    return false;
  }
}

function lineOf(file: string, { level, line, column, location, message }: ConfigIssue): string {
  return `${level}: ${file}:${line}:${column}: ${location ?? '-'}: ${message}`;
}

function omittedLine(shown: number, { error, warning, info }: Counts): string[] {
  const omitted = error + warning + info - shown;
  return omitted > 0 ? [`and ${omitted} more of the same kinds`] : [];
}

function summaryOf({ error, warning, info }: Counts): string {
  const verdict = error === 0 ? 'valid' : 'invalid';
  return `Config ${verdict}: ${error} error(s), ${warning} warning(s), ${info} info issue(s).`;
}
