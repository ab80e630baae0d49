import type { ApiClient } from '@securescan/api-client';
import {
  VERDICT_REASONS,
  VERDICTS,
  type BulkDecisionBody,
  type BulkDecisionRequestBody,
} from '@securescan/contracts';
import type { CommandContext } from '../command-context';
import type { ProjectFlags, TriageCommentWords, TriageSetWords } from '../grammar/triage';
import { interruptible } from '../interruption';
import type { ServerFlags } from '../options/server-flags';
import { requireServerAccess } from '../options/server-access';
import { checkFingerprints, readProject } from '../options/triage-settings';
import { UsageError } from '../options/usage-error';
import { EXIT_CODES, type ExitCode } from '../output/exit-codes';
import { StdoutSink } from '../output/sink';
import { oneRow, writeNotice } from '../output/terminal';
import { clientOf } from '../remote/client';

const MAX_FINGERPRINTS = 500;

/** `securescan triage set`: one decision about the fingerprints of the line. */
export async function runTriageSetCommand(
  { fingerprints, flags }: TriageSetWords,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context;
  const problems: string[] = [];
  if (fingerprints.length > MAX_FINGERPRINTS) problems.push('Name at most 500 fingerprints.');
  const { decided, project } = await atServer(
    { fingerprints, flags, problems },
    context,
    (client, where, signal) =>
      client.decide({ ...decisionOf(flags), fingerprints: [...fingerprints], ...where }, signal),
  );
  const text =
    flags.json === true ? JSON.stringify(decided, null, 2) : decisionWords(decided, project);
  await new StdoutSink(terminal.stdout).write([`${text}\n`]);
  for (const fingerprint of decided.unknown) {
    writeNotice(terminal, oneRow(`the server knows no finding ${fingerprint}`, 400));
  }
  return decided.unknown.length === 0 ? EXIT_CODES.clean : EXIT_CODES.usage;
}

/** `securescan triage comment`: a text about a fingerprint. */
export async function runTriageCommentCommand(
  { fingerprint, text, flags }: TriageCommentWords,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal } = context;
  const problems: string[] = [];
  if (text.trim() === '') problems.push('The comment is empty.');
  const { decided } = await atServer(
    { fingerprints: [fingerprint], flags, problems },
    context,
    (client, where, signal) => client.comment(fingerprint, { text, ...where }, signal),
  );
  const shown = flags.json === true ? JSON.stringify(decided, null, 2) : oneRow(decided.id, 400);
  await new StdoutSink(terminal.stdout).write([`${shown}\n`]);
  return EXIT_CODES.clean;
}

interface DecisionLine {
  readonly fingerprints: readonly string[];
  readonly flags: ServerFlags & ProjectFlags;
  /** What is known to be wrong already. */
  readonly problems: string[];
}

/** Checks what all such lines have in common, and sends what the line says. Throws UsageError. */
async function atServer<T>(
  { fingerprints, flags, problems }: DecisionLine,
  context: CommandContext,
  send: (client: ApiClient, where: { project?: string }, signal: AbortSignal) => Promise<T>,
): Promise<{ readonly decided: T; readonly project: string | null }> {
  const { variable } = context.environment;
  const access = requireServerAccess(flags, { variable, cwd: context.cwd }, problems);
  checkFingerprints(fingerprints, problems);
  const project = await readProject(flags, context, problems);
  if (problems.length > 0) throw new UsageError(problems);
  const decided = await interruptible(
    (signal) => send(clientOf(access), project === null ? {} : { project }, signal),
    () => undefined,
  );
  return { decided, project };
}

/** The grammar has checked the words; what is left out is taken away. Pure. */
function decisionOf(flags: TriageSetWords['flags']): BulkDecisionRequestBody {
  const { note, assignee, until, dryRun } = flags;
  const status = VERDICTS.find((known) => known === flags.status) ?? 'new';
  const reason = VERDICT_REASONS.find((known) => known === flags.reason);
  return {
    status,
    ...(note === undefined ? {} : { note }),
    ...(reason === undefined ? {} : { reason }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(until === undefined ? {} : { until }),
    ...(dryRun === true ? { dry_run: true } : {}),
  };
}

function decisionWords(
  { matched, changed, dry_run: isDry }: BulkDecisionBody,
  project: string | null,
): string {
  const where = project === null ? 'everywhere' : `in ${project}`;
  return oneRow(
    `${changed} of ${matched} ${matched === 1 ? 'verdict' : 'verdicts'} ${isDry ? 'would change' : 'changed'} ${where}`,
    Infinity,
  );
}
