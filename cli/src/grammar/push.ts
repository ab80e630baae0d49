import type { Command } from 'commander';
import { addServerOptions, type ServerFlags } from '../options/server-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface PushFlags extends ServerFlags {
  readonly project?: string;
  readonly json?: true;
  readonly quiet?: true;
}

export interface PushWords {
  readonly file: string;
  readonly flags: PushFlags;
}

/** `securescan push <file>` */
export function declarePush(program: Command, run: Run<'push', PushWords>): void {
  const command = program
    .command('push')
    .argument('<file>', 'report of a scan in JSON, or a SARIF log of any tool')
    .option('--project <name>', 'project that it is about (default: the one that it names)')
    .option('--json', 'print what the server stored as JSON')
    .option('-q, --quiet', 'no notices, only the id and errors')
    .action((file: string, flags: PushFlags) => {
      run({ command: 'push', words: { file, flags } });
    });
  addServerOptions(
    command,
    'server to give it to (SECURESCAN_SERVER_URL; its key: SECURESCAN_API_KEY)',
  );
  addHelp(command, {
    description: 'give a stored report to a server, as a scan of its own',
    examples: [
      ['securescan scan . --output json --output-file scan.json'],
      ['securescan push scan.json --server https://scan.example.com'],
      [
        'securescan push codeql.sarif --project github.com/ada/shop --server https://scan.example.com',
      ],
    ],
    exitCodes: { 0: 'stored', 3: 'the server gave no answer that can be used' },
    remark:
      'Prints the id of the scan. A report that is pushed twice is two scans. At most 32 MiB and 100,000 findings.',
  });
}
