import { resolve } from 'node:path';
import type { Palette } from '@securescan/core';
import type { CommandContext } from '../command-context';
import type { ScanSettings } from '../options/scan-settings';
import { FileSink, StdoutSink } from './sink';
import { oneRow, stdoutPalette, writeNotice } from './terminal';

/** Puts a report where the line wants it. What renders it gets colours only where they can be seen. */
export async function writeReport(
  render: (options: { readonly palette?: Palette }) => Iterable<string>,
  { outputFile, isQuiet }: Pick<ScanSettings, 'outputFile' | 'isQuiet'>,
  { terminal, cwd }: CommandContext,
): Promise<void> {
  if (outputFile === null) {
    await new StdoutSink(terminal.stdout).write(render({ palette: stdoutPalette(terminal) }));
    return;
  }
  await new FileSink(resolve(cwd, outputFile)).write(render({}));
  if (!isQuiet) writeNotice(terminal, oneRow(`wrote ${outputFile}`, Infinity));
}
