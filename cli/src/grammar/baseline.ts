import type { Command } from 'commander';
import {
  addCompletenessOptions,
  addConfigOptions,
  addRunOptions,
  addScannerOptions,
  type ScanFlags,
} from '../options/scan-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface BaselineWords {
  readonly target: string;
  readonly flags: ScanFlags;
}

/** `securescan baseline [target]` */
export function declareBaseline(program: Command, run: Run<'baseline', BaselineWords>): void {
  const command = program
    .command('baseline')
    .argument('[target]', 'directory or file to scan (default: .)')
    .option(
      '--output-file <file>',
      "where to write it (default: the configuration's baseline, else .securescan/baseline.json of the project)",
    )
    .action((target: string | undefined, flags: ScanFlags) => {
      run({ command: 'baseline', words: { target: target ?? '.', flags } });
    });
  addRunOptions(addConfigOptions(addCompletenessOptions(addScannerOptions(command))));
  addHelp(command, {
    description: 'scan, and write down what is there, to be told from what comes later',
    examples: [
      ['securescan baseline'],
      ['securescan baseline src --type code --output-file known.json'],
    ],
    exitCodes: {
      0: 'written',
      3: 'incomplete: a scanner failed, and nothing was written',
    },
    remark: 'What a comment or the configuration suppresses is not part of it.',
  });
}
