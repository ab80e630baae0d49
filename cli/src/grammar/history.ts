import type { Command } from 'commander';
import { addServerOptions, type ServerFlags } from '../options/server-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface HistoryFlags extends ServerFlags {
  readonly limit?: string;
  readonly json?: true;
}

export interface HistoryWords {
  readonly flags: HistoryFlags;
}

/** `securescan history` */
export function declareHistory(program: Command, run: Run<'history', HistoryWords>): void {
  const command = program
    .command('history')
    .option('--limit <number>', 'show at most this many scans (default: 20)')
    .option('--json', 'print JSON, newest first')
    .action((flags: HistoryFlags) => {
      run({ command: 'history', words: { flags } });
    });
  addServerOptions(
    command,
    'show the scans of this server instead (SECURESCAN_SERVER_URL; its key: SECURESCAN_API_KEY)',
  );
  addHelp(command, {
    description: 'show the scans of the past, newest first',
    examples: [
      ['securescan history'],
      ['securescan history --limit 100 --json'],
      ['securescan history --server http://127.0.0.1:8000'],
    ],
    exitCodes: { 0: 'shown', 3: 'the server gave no answer that can be used' },
    remark: 'Each scan on this machine adds a line to ~/.securescan/history.jsonl.',
  });
}
