import type { Command } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export interface AuditVerifyWords {
  readonly flags: {
    readonly expectLast?: readonly string[];
    readonly json?: true;
  };
}

const EXIT_MEANINGS = {
  0: 'every row is as it was written',
  1: 'a row is not, or an expected one is gone',
};
const DATABASE =
  'Reads alone, so it works beside a running server. The database is that of SECURESCAN_DB_PATH, by default\n' +
  '~/.securescan/scans.db.';

/** `securescan audit`, a group of commands; alone it prints its help. */
export function declareAudit(program: Command, run: Run<'audit verify', AuditVerifyWords>): void {
  const group = program.command('audit').helpCommand(false);
  addHelp(group, {
    description: 'verify what the server on this machine has written down',
    examples: [['securescan audit verify']],
    exitCodes: EXIT_MEANINGS,
    remark: DATABASE,
  });
  const verify = group
    .command('verify')
    .option(
      '--expect-last <hash...>',
      'last hashes that earlier runs printed: the rows must still be there',
    )
    .option('--json', 'print JSON')
    .action((flags: AuditVerifyWords['flags']) => {
      run({ command: 'audit verify', words: { flags } });
    });
  addHelp(verify, {
    description: 'follow the chains of the audit log and of the history of verdicts',
    examples: [
      ['securescan audit verify'],
      ['securescan audit verify --json > verified.json', 'keep the last hashes elsewhere'],
      ['securescan audit verify --expect-last 5f0c…', 'the hash of an earlier run, as a whole'],
    ],
    exitCodes: EXIT_MEANINGS,
    remark:
      'Every row holds the hash of the one before, so a row that was changed, moved, put in or removed is named.\n' +
      'Only that rows are missing at the end, or that all was written anew, shows no other way than by a last\n' +
      `hash of an earlier run, kept where nobody can change both.\n\n${DATABASE}`,
  });
}
