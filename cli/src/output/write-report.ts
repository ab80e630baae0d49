import { resolve } from 'node:path';
import {
  DIFF_RENDERERS,
  isDiffFormat,
  isScanFormat,
  SCAN_RENDERERS,
  type DiffDocument,
  type RenderOptions,
  type ScanDocument,
} from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { ScanSettings } from '../options/scan-settings';
import { UsageError } from '../options/usage-error';
import { FileSink, StdoutSink } from './sink';
import { oneRow, stdoutStyle, writeNotice } from './terminal';

/** Where a report goes, and what it looks like. */
export type ReportSettings = Pick<
  ScanSettings,
  'format' | 'outputFile' | 'isQuiet' | 'sarifLimits' | 'threshold'
>;

/** Puts the report of a scan where the line wants it. */
export function writeScan(
  document: ScanDocument,
  settings: ReportSettings,
  context: CommandContext,
): Promise<void> {
  const { format } = settings;
  if (!isScanFormat(format)) throw misplaced(format);
  const { render } = SCAN_RENDERERS[format];
  return writeReport((options) => render(document, options), settings, context);
}

/** Puts the report of a comparison where the line wants it. */
export function writeDiff(
  document: DiffDocument,
  settings: ReportSettings,
  context: CommandContext,
): Promise<void> {
  const { format } = settings;
  if (!isDiffFormat(format)) throw misplaced(format);
  const render = DIFF_RENDERERS[format];
  return writeReport((options) => render(document, options), settings, context);
}

function misplaced(format: string): UsageError {
  return new UsageError([`This command cannot write ${format}.`]);
}

/** What renders it gets colours and a width only where they can be seen. */
async function writeReport(
  render: (options: RenderOptions) => Iterable<string>,
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
