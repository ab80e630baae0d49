import { mkdtempSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { objectOf, parsedJson, type Untyped } from '@securescan/core';
import type { CommandLine } from './command-line';
import type { Occasion, ScanRange } from './event';
import type { Inputs, Settings } from './inputs';

/** Where the reports of a run are. All of them are of one scan of each side. */
export interface ReportFiles {
  readonly directory: string;
  readonly json: string;
  readonly sarif: string;
  readonly comment: string;
  /** Of a change alone. */
  readonly review: string;
  /** The scan of the head, as a server takes it. */
  readonly head: string;
}

export interface Analysis {
  readonly range: ScanRange;
  readonly exitCode: number;
  readonly files: ReportFiles;
  /** The report as JSON; `null` where the command line could not make one. */
  readonly report: Untyped | null;
}

/** Scans each side once, and writes every report of it into a directory of the runner. */
export async function analyse(
  { range }: Pick<Occasion, 'range'>,
  settings: Settings,
  runCommand: CommandLine,
): Promise<Analysis> {
  const directory = mkdtempSync(join(settings.runner.temp, 'securescan-'));
  const file = (name: string): string => join(directory, name);
  const files: ReportFiles = {
    directory,
    json: file('report.json'),
    sarif: file('report.sarif'),
    comment: file('comment.md'),
    review: file('review.json'),
    head: file('head.json'),
  };
  const exitCode =
    range.kind === 'diff'
      ? await runCommand(diffWords(range, files, settings))
      : await runScan(files, settings, runCommand);
  const json = range.kind === 'diff' ? files.json : files.head;
  const report = existsSync(json) ? parsedJson(readFileSync(json, 'utf8')) : null;
  return { range, exitCode, files, report };
}

/** The JSON report that was read, as its parts are looked at. */
export function summaryOf({ report }: Analysis): Untyped {
  return objectOf(objectOf(report)['summary']);
}

function diffWords(
  { base, head }: Extract<ScanRange, { readonly kind: 'diff' }>,
  files: ReportFiles,
  { inputs, runner }: Settings,
): string[] {
  return [
    'diff',
    placeOf(inputs, runner.workspace),
    `--base-ref=${base}`,
    `--head-ref=${head}`,
    `--repo=${runner.repository}`,
    '--output=text',
    `--also=json=${files.json}`,
    `--also=sarif=${files.sarif}`,
    `--also=github-pr-comment=${files.comment}`,
    `--also=github-review=${files.review}`,
    `--head-report=${files.head}`,
    `--review-event=${inputs.reviewEvent}`,
    ...(inputs.hasSuggestions ? [] : ['--no-suggestions']),
    `--policy-from=${inputs.policyFrom}`,
    ...(inputs.failOnSeverity === '' ? [] : [`--fail-on-severity=${inputs.failOnSeverity}`]),
    ...commonWords(inputs),
  ];
}

/** A scan of everything gates nothing: the threshold is about what is new. */
async function runScan(
  files: ReportFiles,
  { inputs, runner }: Settings,
  runCommand: CommandLine,
): Promise<number> {
  const exitCode = await runCommand([
    'scan',
    placeOf(inputs, runner.workspace),
    '--output=json',
    `--output-file=${files.head}`,
    ...commonWords(inputs),
  ]);
  if (!existsSync(files.head)) return exitCode;
  const links = [`--repo=${runner.repository}`, `--sha=${runner.sha}`];
  await runCommand(['report', files.head, '--output=sarif', `--output-file=${files.sarif}`]);
  await runCommand([
    'report',
    files.head,
    '--output=github-pr-comment',
    `--output-file=${files.comment}`,
    ...links,
  ]);
  await runCommand(['report', files.head, '--output=text']);
  return exitCode === 1 ? 0 : exitCode;
}

function commonWords(inputs: Inputs): string[] {
  return [
    ...(inputs.scanTypes.length === 0 ? [] : [`--type=${inputs.scanTypes.join(',')}`]),
    ...(inputs.baseline === '' ? [] : [`--baseline=${inputs.baseline}`]),
    ...(inputs.project === '' ? [] : [`--project=${inputs.project}`]),
    ...(inputs.isIncompleteAllowed ? ['--allow-incomplete'] : []),
  ];
}

function placeOf({ workingDirectory }: Inputs, workspace: string): string {
  return resolve(workspace, workingDirectory);
}
