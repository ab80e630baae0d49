import { findBrowser } from '@securescan/host-node';
import type { CommandContext } from '../command-context';
import type { ScanSettings } from './scan-settings';

export interface BrowserReading {
  /** Absolute path; `null` where nothing is to be printed. */
  readonly browser: string | null;
  readonly problems: readonly string[];
}

/** What prints the report, and whatever stands in its way: known before anything is scanned. */
export function readPdfBrowser(
  { format, outputFile }: Pick<ScanSettings, 'format' | 'outputFile'>,
  { environment, terminal }: CommandContext,
  scannedRoot: string | undefined,
): BrowserReading {
  if (format !== 'pdf') return { browser: null, problems: [] };
  const { executable, problem } = findBrowser({
    named: environment.variable('SECURESCAN_CHROMIUM'),
    path: environment.variable('PATH'),
    scannedRoot,
  });
  const isForTerminal = outputFile === null && terminal.stdout.isTTY;
  return {
    browser: executable,
    problems: [
      ...(isForTerminal ? ['A terminal cannot show a PDF: name a file with --output-file.'] : []),
      ...(problem === null ? [] : [problem]),
    ],
  };
}
