import { SCAN_OUTPUTS } from '@securescan/contracts';
import type { Command } from 'commander';
import { addGitHubOptions, addOutputOptions, type ScanFlags } from '../options/scan-flags';
import { addHelp } from './help';
import type { Run } from './run';

/** The flags of `report` as text. */
export type ReportFlags = Pick<
  ScanFlags,
  'output' | 'outputFile' | 'sarifLimits' | 'repo' | 'sha' | 'hideSuppressed' | 'quiet'
> & { readonly color: boolean };

export interface ReportWords {
  readonly file: string;
  readonly flags: ReportFlags;
}

/** `securescan report <file>` */
export function declareReport(program: Command, run: Run<'report', ReportWords>): void {
  const command = program
    .command('report')
    .argument('<file>', 'report of a scan in JSON')
    .action((file: string, flags: ReportFlags) => {
      run({ command: 'report', words: { file, flags } });
    });
  addGitHubOptions(addOutputOptions(command, SCAN_OUTPUTS))
    .option('--hide-suppressed', 'do not list suppressed findings')
    .option('-q, --quiet', 'no notices, only the report and errors')
    .option('--no-color', 'no colours (NO_COLOR)');
  addHelp(command, {
    description: 'write a stored scan in another format',
    examples: [
      ['securescan scan . --output json --output-file scan.json'],
      ['securescan report scan.json --output sarif --output-file scan.sarif'],
      ['securescan report scan.json --output pdf --output-file scan.pdf'],
      ['securescan report scan.json'],
    ],
    exitCodes: { 0: 'written' },
    remark: 'Scans nothing: one scan gives every format, with the same bytes as the scan itself.',
  });
}
