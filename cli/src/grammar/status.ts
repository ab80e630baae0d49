import type { Command } from 'commander';
import { addServerOptions, type ServerFlags } from '../options/server-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface StatusFlags extends ServerFlags {
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
  addServerOptions(command, 'ask this server instead (its key: SECURESCAN_API_KEY)');
  addHelp(command, {
    description: 'show which scanners can run on this machine',
    examples: [
      ['securescan status'],
      ['securescan status --json'],
      ['securescan status --server https://scan.example.com'],
    ],
    exitCodes: {
      0: 'shown, whatever is missing',
      3: 'the server gave no answer that can be used',
    },
  });
}
