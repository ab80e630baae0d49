import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PROJECT_CONFIG_NAMES, UserError } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { InitWords } from '../grammar/init';
import { detectProject } from '../init/detect-project';
import { listNames } from '../init/list-names';
import {
  BASELINE_PATH,
  CONFIG_PATH,
  DEFAULT_THRESHOLD,
  planFiles,
  WORKFLOW_PATH,
} from '../init/plan-files';
import type { InitChoices, PlannedFile } from '../init/plan-files';
import { askQuestions } from '../init/questions';
import { findExisting, writeAll } from '../init/write-all';
import { readInitSettings } from '../options/init-settings';
import type { InitSettings } from '../options/init-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES } from '../output/exit-codes';
import type { ExitCode } from '../output/exit-codes';
import { oneRow, writeNotice } from '../output/terminal';
import type { Terminal } from '../output/terminal';

/** `securescan init [directory]`: asks where there is somebody to ask, then writes all files or none. */
export async function runInitCommand(
  { projectPath, flags }: InitWords,
  { terminal, cwd }: CommandContext,
): Promise<ExitCode> {
  const { settings, problems } = readInitSettings(flags);
  const root = resolve(cwd, projectPath);
  const rootProblem = await problemOfRoot(root);
  const all = [...(rootProblem === null ? [] : [rootProblem]), ...problems];
  if (all.length > 0) throw new UsageError(all);

  const { isForced, hasBaseline } = settings;
  // What is certainly in the way is told before anything is asked.
  await refuseExisting(root, hasBaseline ? [BASELINE_PATH] : [], isForced);
  const choices = await choose(root, settings, terminal);
  if (choices === null) {
    writeNotice(terminal, 'interrupted, nothing was written');
    return EXIT_CODES.interrupted;
  }
  const files = planFiles(choices);
  await refuseExisting(
    root,
    files.map(({ path }) => path),
    isForced,
  );
  await writeAll(root, files, isForced);
  await report(root, files, terminal);
  return EXIT_CODES.clean;
}

async function problemOfRoot(root: string): Promise<string | null> {
  try {
    return (await stat(root)).isDirectory() ? null : `${root} is not a directory.`;
  } catch {
    // Expected: a mistyped path.
    return `There is no directory ${root}; make it first.`;
  }
}

async function choose(
  root: string,
  settings: InitSettings,
  terminal: Terminal,
): Promise<InitChoices | null> {
  const detection = detectProject(await listNames(root));
  if (settings.mayAsk && process.stdin.isTTY) {
    return askQuestions(settings, detection, { input: process.stdin, output: terminal.stderr });
  }
  return {
    project: null,
    scanTypes: settings.scanTypes ?? detection.scanTypes,
    threshold: settings.threshold ?? DEFAULT_THRESHOLD,
    hasWorkflow: settings.hasWorkflow,
    hasBaseline: settings.hasBaseline,
  };
}

/** A configuration under another of its names would no longer count, and is in the way as well. */
async function refuseExisting(
  root: string,
  paths: readonly string[],
  isForced: boolean,
): Promise<void> {
  if (isForced) return;
  const existing = await findExisting(root, [...new Set([...PROJECT_CONFIG_NAMES, ...paths])]);
  if (existing.length === 0) return;
  throw new UserError(
    'USAGE_INVALID',
    `Nothing was written, because there is already: ${existing.join(', ')}. Give --force to replace them.`,
  );
}

async function report(
  root: string,
  files: readonly PlannedFile[],
  terminal: Terminal,
): Promise<void> {
  for (const { path } of files) writeNotice(terminal, `wrote ${path}`);
  const others = PROJECT_CONFIG_NAMES.filter((name) => name !== CONFIG_PATH);
  for (const name of await findExisting(root, others)) {
    writeNotice(terminal, `${name} no longer counts beside ${CONFIG_PATH}; remove it`);
  }
  if (files.some(({ path }) => path === WORKFLOW_PATH)) {
    writeNotice(
      terminal,
      `put the repository of SecureScan in place of OWNER/REPO in ${WORKFLOW_PATH} before you commit it`,
    );
  }
  writeNotice(terminal, oneRow(`next: securescan scan ${root}`, Infinity));
}
