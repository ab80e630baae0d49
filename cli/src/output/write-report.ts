import { resolve } from 'node:path';
import {
  DIFF_RENDERERS,
  isDiffFormat,
  isScanFormat,
  SCAN_RENDERERS,
  type DiffDocument,
  type GitHubPlace,
  type RenderOptions,
  type ReviewRequest,
  type ScanDocument,
} from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { printReport } from './print-report';
import { FileSink, StdoutSink } from './sink';
import { oneRow, stdoutStyle, writeNotice } from './terminal';

/** Where a report goes, and what it looks like. */
export type ReportSettings = Pick<
  ScanSettings,
  | 'browser'
  | 'format'
  | 'frameworks'
  | 'outputFile'
  | 'isQuiet'
  | 'sarifLimits'
  | 'threshold'
  | 'github'
>;

/** Puts the report of a scan where the line wants it. */
export function writeScan(
  document: ScanDocument,
  settings: ReportSettings,
  context: CommandContext,
): Promise<void> {
  const { format } = settings;
  if (format === 'pdf') return writePdf(document, settings, context);
  if (!isScanFormat(format)) throw misplaced(format);
  const { render } = SCAN_RENDERERS[format];
  const github = placeOf(settings, null);
  const { frameworks } = settings;
  return writeReport(
    (options) => render(document, { ...options, github, frameworks }),
    settings,
    context,
  );
}

/** Puts the report of a comparison where the line wants it. A review is written as far as it is known. */
export function writeDiff(
  { document, review }: { readonly document: DiffDocument; readonly review: ReviewRequest | null },
  settings: ReportSettings,
  context: CommandContext,
): Promise<void> {
  const { format } = settings;
  if (!isDiffFormat(format)) throw misplaced(format);
  const render = DIFF_RENDERERS[format];
  const github = placeOf(settings, document);
  const further = review === null ? { github } : { github, review };
  return writeReport((options) => render(document, { ...options, ...further }), settings, context);
}

/** The line before what was compared, and that before the environment, which knows the commit of a merge at best. */
function placeOf({ github }: ReportSettings, document: DiffDocument | null): GitHubPlace {
  return {
    serverUrl: github.serverUrl,
    repository: github.repository ?? undefined,
    headCommit: github.commit ?? document?.head.commit ?? github.commitOfEnvironment ?? undefined,
    baseCommit: github.baseCommit ?? document?.base.commit ?? undefined,
  };
}

async function writePdf(
  document: ScanDocument,
  settings: ReportSettings,
  context: CommandContext,
): Promise<void> {
  const { browser, frameworks } = settings;
  if (browser === null) throw misplaced('pdf');
  const page = SCAN_RENDERERS.html.render(document, { frameworks });
  const pdf = await printReport(page, browser, context.terminal);
  return writeReport(() => [pdf], settings, context);
}

function misplaced(format: string): UsageError {
  return new UsageError([`This command cannot write ${format}.`]);
}

/** What renders it gets colours and a width only where they can be seen. */
async function writeReport(
  render: (options: RenderOptions) => Iterable<string | Uint8Array>,
  { outputFile, isQuiet, sarifLimits, threshold }: ReportSettings,
  { terminal, cwd }: CommandContext,
): Promise<void> {
  const options: RenderOptions = {
    sarifLimits,
    ...(threshold === null ? {} : { failureThreshold: threshold }),
  };
  if (outputFile === null) {
    const style = stdoutStyle(terminal);
    await new StdoutSink(terminal.stdout).write(render({ ...options, style }));
    return;
  }
  await new FileSink(resolve(cwd, outputFile)).write(render(options));
  if (!isQuiet) writeNotice(terminal, oneRow(`wrote ${outputFile}`, Infinity));
}
