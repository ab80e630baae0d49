import { DIFF_FORMATS } from '@securescan/contracts';
import type { Command } from 'commander';
import {
  addConfigOptions,
  addGateOptions,
  addOutputOptions,
  addReviewOptions,
  addRunOptions,
  addScannerOptions,
  addSuppressionOptions,
  type ScanFlags,
} from '../options/scan-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface CompareWords {
  readonly baseline: string;
  readonly target: string;
  readonly flags: ScanFlags;
}

/** `securescan compare <baseline> [target]` */
export function declareCompare(program: Command, run: Run<'compare', CompareWords>): void {
  const command = program
    .command('compare')
    .argument('<file>', 'baseline, or a report in JSON')
    .argument('[target]', 'directory or file to scan (default: .)')
    .action((baseline: string, target: string | undefined, flags: ScanFlags) => {
      run({ command: 'compare', words: { baseline, target: target ?? '.', flags } });
    });
  addGateOptions(addReviewOptions(addOutputOptions(addScannerOptions(command), DIFF_FORMATS)));
  addRunOptions(addConfigOptions(addSuppressionOptions(command)));
  addHelp(command, {
    description: 'scan, and tell what came and went since a baseline',
    examples: [
      ['securescan compare .securescan/baseline.json'],
      ['securescan compare last-release.json src --fail-on-severity high'],
    ],
    exitCodes: {
      0: 'nothing new at or above --fail-on-severity',
      1: 'something new at or above it',
      3: 'incomplete: a scanner failed, or ran on one side only',
    },
    remark: 'Runs the scan types that the baseline records, unless --type names others.',
  });
}
