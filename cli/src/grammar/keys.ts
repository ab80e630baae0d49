import { SCOPES, type Scope } from '@securescan/contracts';
import { type Command, Option } from 'commander';
import { addHelp } from './help';
import type { Run } from './run';

export interface KeysCreateWords {
  readonly name: string;
  readonly flags: {
    readonly scope?: readonly Scope[];
    readonly expires?: string;
    readonly json?: true;
  };
}

export interface KeysListWords {
  readonly flags: { readonly json?: true };
}

export interface KeysRevokeWords {
  readonly id: string;
  readonly flags: object;
}

const NEEDS_STOP = 'the server must be stopped; while it runs, use POST and DELETE /api/v1/keys';

/** `securescan keys`, a group of commands; alone it prints its help. */
export function declareKeys(
  program: Command,
  run: Run<'keys create', KeysCreateWords> &
    Run<'keys list', KeysListWords> &
    Run<'keys revoke', KeysRevokeWords>,
): void {
  const group = program.command('keys').helpCommand(false);
  addHelp(group, {
    description: 'make, list and revoke the keys of the server on this machine',
    examples: [
      ['securescan keys create "ci of shop" --scope read --scope write'],
      ['securescan keys list'],
    ],
    exitCodes: { 0: 'done' },
    remark: 'The database is that of SECURESCAN_DB_PATH, by default ~/.securescan/scans.db.',
  });
  declareCreate(group, run);
  declareList(group, run);
  declareRevoke(group, run);
}

function declareCreate(group: Command, run: Run<'keys create', KeysCreateWords>): void {
  const create = group
    .command('create')
    .argument('<name>', 'what the key is for')
    .addOption(
      new Option(
        '--scope <scope...>',
        'what its holder may do (default: read; all for the first key)',
      ).choices(SCOPES),
    )
    .option('--expires <time>', 'when it ends by itself, as 2027-03-01T00:00:00Z (default: never)')
    .option('--json', 'print the key with what is known of it as JSON')
    .action((name: string, flags: KeysCreateWords['flags']) => {
      run({ command: 'keys create', words: { name, flags } });
    });
  addHelp(create, {
    description: 'make a key and print it, this once',
    examples: [
      ['securescan keys create "first key"'],
      [
        'securescan keys create "ci of shop" --scope read --scope write --expires 2027-03-01T00:00:00Z',
      ],
    ],
    exitCodes: { 0: 'made' },
    remark: `Needs the database alone: ${NEEDS_STOP}.`,
  });
}

function declareList(group: Command, run: Run<'keys list', KeysListWords>): void {
  const list = group
    .command('list')
    .option('--json', 'print JSON')
    .action((flags: KeysListWords['flags']) => {
      run({ command: 'keys list', words: { flags } });
    });
  addHelp(list, {
    description: 'list keys, newest first, revoked ones too',
    examples: [['securescan keys list']],
    exitCodes: { 0: 'listed' },
    remark: 'Reads alone, so it works beside a running server.',
  });
}

function declareRevoke(group: Command, run: Run<'keys revoke', KeysRevokeWords>): void {
  const revoke = group
    .command('revoke')
    .argument('<id>', 'id of the key, as keys list shows it')
    .action((id: string) => {
      run({ command: 'keys revoke', words: { id, flags: {} } });
    });
  addHelp(revoke, {
    description: 'end a key for good',
    examples: [['securescan keys revoke 8fJq2LxWyb']],
    exitCodes: { 0: 'revoked, or it was before' },
    remark: `Needs the database alone: ${NEEDS_STOP}.`,
  });
}
