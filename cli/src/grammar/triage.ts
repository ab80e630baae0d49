import { VERDICT_REASONS, VERDICTS } from '@securescan/contracts';
import { type Command, Option } from 'commander';
import { addServerOptions, type ServerFlags } from '../options/server-flags';
import { addHelp } from './help';
import type { Run } from './run';

/** Where a verdict holds, as text. */
export interface ProjectFlags {
  readonly project?: string;
  readonly everywhere?: true;
}

export interface TriageListFlags extends ServerFlags {
  readonly scan?: string;
  readonly project?: string;
  readonly status?: string;
  readonly severity?: string;
  readonly limit?: string;
  readonly json?: true;
}

export interface TriageSetFlags extends ServerFlags, ProjectFlags {
  readonly status: string;
  readonly note?: string;
  readonly reason?: string;
  readonly assignee?: string;
  readonly until?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export interface TriageCommentFlags extends ServerFlags, ProjectFlags {
  readonly json?: true;
}

export interface TriageListWords {
  readonly fingerprints: readonly string[];
  readonly flags: TriageListFlags;
}

export interface TriageSetWords {
  readonly fingerprints: readonly string[];
  readonly flags: TriageSetFlags;
}

export interface TriageCommentWords {
  readonly fingerprint: string;
  readonly text: string;
  readonly flags: TriageCommentFlags;
}

const SERVER =
  'server that holds the findings (SECURESCAN_SERVER_URL; its key: SECURESCAN_API_KEY)';
const UNUSABLE = 'the server gave no answer that can be used';
const PROJECT =
  'project that it is about (SECURESCAN_PROJECT, default: that of the working directory)';
const WHERE =
  'The project is that of the working directory, as a scan names it: by .securescan.yml, else by git.';

/** `securescan triage`, a group of commands; alone it prints its help. */
export function declareTriage(
  program: Command,
  run: Run<'triage list', TriageListWords> &
    Run<'triage set', TriageSetWords> &
    Run<'triage comment', TriageCommentWords>,
): void {
  const group = program.command('triage').helpCommand(false);
  addHelp(group, {
    description: 'see findings of a server and decide about them',
    examples: [
      ['securescan triage list --server https://scan.example.com'],
      ['securescan triage set 899fd7723ed2… --status false_positive --note "Test data"'],
    ],
    exitCodes: { 0: 'done', 3: UNUSABLE },
    remark: WHERE,
  });
  declareList(group, run);
  declareSet(group, run);
  declareComment(group, run);
}

function declareList(group: Command, run: Run<'triage list', TriageListWords>): void {
  const list = group
    .command('list')
    .argument('[fingerprint...]', 'show these, whatever scan they are of')
    .option('--scan <id>', "findings of this scan (default: the project's newest completed one)")
    .option('--project <name>', PROJECT)
    .option('--status <verdicts>', `only with these verdicts, with commas: ${VERDICTS.join(', ')}`)
    .option(
      '--severity <severity>',
      'only of these severities, with commas: critical, high, medium, low, info',
    )
    .option('--limit <number>', 'show at most this many findings (default: 200)')
    .option('--json', 'print JSON')
    .action((fingerprints: readonly string[], flags: TriageListFlags) => {
      run({ command: 'triage list', words: { fingerprints, flags } });
    });
  addHelp(addServerOptions(list, SERVER), {
    description: 'list findings with their verdicts',
    examples: [
      ['securescan triage list --status new --severity critical,high'],
      ['securescan triage list --scan 47a58c56-1d1f-46f4-84cd-d8662876fa8d --json'],
    ],
    exitCodes: { 0: 'listed', 3: UNUSABLE },
    remark: WHERE,
  });
}

function declareSet(group: Command, run: Run<'triage set', TriageSetWords>): void {
  const set = group
    .command('set')
    .argument('<fingerprint...>', 'what is decided about, up to 500')
    .addOption(
      new Option('--status <verdict>', 'what is decided').choices(VERDICTS).makeOptionMandatory(),
    )
    .option('--note <text>', 'why, in your words')
    .addOption(
      new Option('--reason <reason>', 'why, in a word that VEX has').choices(VERDICT_REASONS),
    )
    .option('--assignee <name>', 'who looks after it')
    .option('--until <time>', 'when it lapses by itself, as 2027-03-01T00:00:00Z (default: never)')
    .option('--dry-run', 'only tell what would change')
    .option('--json', 'print what came of it as JSON')
    .action((fingerprints: readonly string[], flags: TriageSetFlags) => {
      run({ command: 'triage set', words: { fingerprints, flags } });
    });
  addHelp(addServerOptions(addProjectOptions(set), SERVER), {
    description: 'decide about findings',
    examples: [
      ['securescan triage set 899fd7723ed2… --status false_positive --note "Test data"'],
      ['securescan triage set 899fd7723ed2… --status accepted_risk --everywhere --dry-run'],
    ],
    exitCodes: { 0: 'decided', 3: UNUSABLE },
    remark: `A decision replaces the one before as a whole. Unknown fingerprints end with 2, the others are decided.\n${WHERE}`,
  });
}

function declareComment(group: Command, run: Run<'triage comment', TriageCommentWords>): void {
  const comment = group
    .command('comment')
    .argument('<fingerprint>', 'what it is about')
    .argument('<text>', 'what is said')
    .option('--json', 'print the comment as JSON')
    .action((fingerprint: string, text: string, flags: TriageCommentFlags) => {
      run({ command: 'triage comment', words: { fingerprint, text, flags } });
    });
  addHelp(addServerOptions(addProjectOptions(comment), SERVER), {
    description: 'say something about a finding',
    examples: [['securescan triage comment 899fd7723ed2… "Asked the vendor"']],
    exitCodes: { 0: 'said', 3: UNUSABLE },
    remark: WHERE,
  });
}

function addProjectOptions(command: Command): Command {
  return command
    .option('--project <name>', PROJECT)
    .option('--everywhere', 'let it hold in every project that has none of its own');
}
