import type { CommandContext } from './command-context';
import type { CommandName, CommandWords, Invocation } from './grammar/invocation';
import { readEnvironment } from './options/environment';
import { exitCodeOfError } from './output/exit-codes';
import { failureLines } from './output/failure';
import { writeNotice } from './output/terminal';
import type { Terminal } from './output/terminal';

/** Runs a command from its words to the process's exit code. Never rejects: whatever goes wrong is told on standard error. */
export async function runInvocation(invocation: Invocation): Promise<void> {
  const environment = readEnvironment();
  const { flags } = invocation.words;
  const hasNoColourFlag = 'color' in flags && !flags.color;
  const terminal: Terminal = {
    stdout: process.stdout,
    stderr: process.stderr,
    isColourUnwanted: environment.isColourUnwanted || hasNoColourFlag,
  };
  try {
    process.exitCode = await runCommand(invocation, { terminal, environment, cwd: process.cwd() });
  } catch (error) {
    // Expected: every error of ours ends here; what is not ours is told as a defect.
    for (const line of failureLines(error, environment.isDebug)) writeNotice(terminal, line);
    process.exitCode = exitCodeOfError(error);
  }
}

type Runners = {
  readonly [Name in CommandName]: (
    words: CommandWords[Name],
    context: CommandContext,
  ) => Promise<number>;
};

/** Each command's code is loaded when it is asked for. */
const RUNNERS: Runners = {
  scan: async ({ target, flags }, context) =>
    (await import('./commands/scan.command.js')).runScanCommand(target, flags, context),
  diff: async ({ target, flags }, context) =>
    (await import('./commands/diff.command.js')).runDiffCommand(target, flags, context),
  compare: async (words, context) =>
    (await import('./commands/compare.command.js')).runCompareCommand(words, context),
  baseline: async ({ target, flags }, context) =>
    (await import('./commands/baseline.command.js')).runBaselineCommand(target, flags, context),
  report: async ({ file, flags }, context) =>
    (await import('./commands/report.command.js')).runReportCommand(file, flags, context),
  sbom: async (words, context) =>
    (await import('./commands/sbom.command.js')).runSbomCommand(words, context),
  completion: async ({ shell }, context) =>
    (await import('./commands/completion.command.js')).runCompletionCommand(shell, context),
  'config validate': async ({ path }, context) =>
    (await import('./commands/config-validate.command.js')).runConfigValidateCommand(path, context),
  init: async (words, context) =>
    (await import('./commands/init.command.js')).runInitCommand(words, context),
  history: async ({ flags }, context) =>
    (await import('./commands/history.command.js')).runHistoryCommand(flags, context),
  'audit verify': async (words) =>
    (await import('./commands/audit-verify.command.js')).runAuditVerifyCommand(words),
  'keys create': async (words) =>
    (await import('./commands/keys.command.js')).runKeysCreateCommand(words),
  'keys list': async (words) =>
    (await import('./commands/keys.command.js')).runKeysListCommand(words),
  'keys revoke': async (words) =>
    (await import('./commands/keys.command.js')).runKeysRevokeCommand(words),
  push: async ({ file, flags }, context) =>
    (await import('./commands/push.command.js')).runPushCommand(file, flags, context),
  'triage list': async (words, context) =>
    (await import('./commands/triage-list.command.js')).runTriageListCommand(words, context),
  'triage set': async (words, context) =>
    (await import('./commands/triage-decide.command.js')).runTriageSetCommand(words, context),
  'triage comment': async (words, context) =>
    (await import('./commands/triage-decide.command.js')).runTriageCommentCommand(words, context),
  status: async ({ flags }, context) =>
    (await import('./commands/status.command.js')).runStatusCommand(flags, context),
  serve: async ({ flags }) => (await import('./commands/serve.command.js')).runServeCommand(flags),
};

function runCommand<Name extends CommandName>(
  { command, words }: Invocation<Name>,
  context: CommandContext,
): Promise<number> {
  return RUNNERS[command](words, context);
}
