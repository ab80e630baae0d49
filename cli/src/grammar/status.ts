import type { Command } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export interface StatusFlags {
  readonly json?: true;
}

export interface StatusWords {
  readonly flags: StatusFlags;
}

/** `securescan status` */
export function declareStatus(program: Command, run: Run<'status', StatusWords>): void {
  const command = program
    .command('status')
    .option('--json', 'print JSON, in the shape of GET /api/v1/dashboard/status')
    .action((flags: StatusFlags) => {
      run({ command: 'status', words: { flags } });
    });
  addHelp(command, {
    description: 'show which scanners can run on this machine',
    examples: [['securescan status'], ['securescan status --json']],
    exitCodes: { 0: 'shown, whatever is missing' },
  });
}
