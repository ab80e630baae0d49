import { assertNever, OperationalError, UserError } from '@securescan/core';
import { describeFailure, lastWords } from './one-line';
import type { ProcessResult } from './ports';
import type { ExternalScanner, ScannerReport, ToolCommand, ToolPlan, Unavailable } from './scanner';
import {
  completedRun,
  runWithoutReport,
  withoutNetwork,
  type RunContext,
  type ScannerRun,
} from './scanner-run';
import { tidyNotes } from './scanners/notes';
import { probeVersion } from './tool-version';

const NOTHING_TO_READ: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

interface ResolvedRules {
  /** Empty where the scanner has no pack. */
  readonly rulePack: string;
  readonly rulePackDigest: string | null;
}

/** What became of one call. */
interface Call {
  readonly command: ToolCommand;
  readonly result: ProcessResult;
}

interface Execution {
  readonly plan: ToolPlan;
  readonly calls: readonly Call[];
  readonly rulePackDigest: string | null;
}

interface ToolFailure {
  readonly status: 'failed' | 'timed_out';
  readonly reason: string;
}

/**
 * Runs one external scanner from look-up to report. Whatever the tool does wrong is an outcome; only a cancelled scan leaves
 * a result that its caller must not use. Where one of several calls fails, the scanner failed, and what the others found is
 * kept.
 */
export async function runExternalTool(
  scanner: ExternalScanner,
  context: RunContext,
): Promise<ScannerRun> {
  const { options, files, ports, target } = context;
  // What the walk could not read might have been for this scanner.
  const nothing = { ...NOTHING_TO_READ, skipped: files.skipped };
  if (!scanner.appliesTo(files, options)) return completedRun(scanner, nothing, context, {});
  if (scanner.needsNetwork(options) && options.offline === true) {
    return withoutNetwork(scanner);
  }
  const executable = await ports.tools.locate(scanner.tool.executable, target.root);
  if (executable === null) {
    const reason = `${scanner.tool.executable} is not installed: it was found neither on PATH nor in the tools directory`;
    return runWithoutReport(scanner, {
      status: 'skipped',
      reason,
      installHint: scanner.tool.installHint,
    });
  }
  const [probe, execution] = await Promise.all([
    probeVersion(scanner.tool, executable, {
      ports,
      signal: context.signal,
      scannedRoot: target.root,
    }),
    ports.workspaces.withWorkspace((directory) => execute(scanner, executable, directory, context)),
  ]);
  return conclude(scanner, execution, probe.version, context);
}

/** Our own pack unless the user named rules; rules that come from a registry have no digest that we could vouch for. */
async function resolveRules(
  scanner: ExternalScanner,
  directory: string,
  { ports, options }: RunContext,
): Promise<ResolvedRules> {
  const named = scanner.userRules?.(options) ?? [];
  if (named.length === 0) {
    const pack = await ports.rulePack(scanner.name, directory);
    return { rulePack: pack?.path ?? '', rulePackDigest: pack?.digest ?? null };
  }
  if (scanner.needsNetwork(options)) return { rulePack: '', rulePackDigest: null };
  return { rulePack: '', rulePackDigest: await ports.digestPaths(named) };
}

/** `directory` holds the rule pack, which all calls share. */
async function execute(
  scanner: ExternalScanner,
  executable: string,
  directory: string,
  context: RunContext,
): Promise<Execution> {
  const { options, target, files } = context;
  const { rulePack, rulePackDigest } = await resolveRules(scanner, directory, context);
  const plan = await scanner.plan({
    target,
    options,
    files,
    rulePack,
    network: context.ports.network,
  });
  const tellStart = once(context.onStarted);
  const calls = await Promise.all(
    plan.commands.map(async (command) => {
      const call = { scanner, executable, command, rules: directory };
      return { command, result: await runCall(call, { ...context, onStarted: tellStart }) };
    }),
  );
  return { plan, calls, rulePackDigest };
}

interface CallOrder {
  readonly scanner: ExternalScanner;
  readonly executable: string;
  readonly command: ToolCommand;
  /** The directory of the rule pack. */
  readonly rules: string;
}

/** The tool sees a private HOME and working directory and an allow-listed environment; the tree configures nothing. */
function runCall(order: CallOrder, context: RunContext): Promise<ProcessResult> {
  const { scanner, executable, command, rules } = order;
  const { ports, options, target, signal } = context;
  const network = scanner.needsNetwork(options);
  const { readable = [], writable = [] } = scanner.directories?.(options) ?? {};
  return ports.workspaces.withWorkspace(async (workspace) => {
    if (command.files !== undefined) await ports.writeFiles(workspace, command.files);
    const result = await ports.processes.run({
      executable,
      args: command.args,
      cwd: workspace,
      env: {
        ...ports.childEnvironment({ network, scannedRoot: target.root }),
        ...scanner.tool.env,
        ...command.env,
        HOME: workspace,
        TMPDIR: workspace,
      },
      timeoutMs: scanner.timeLimitMs,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      signal,
      isolation: {
        readable: [rules, ...readableFor(scanner, context), ...readable],
        writable,
        network,
      },
      onStart: context.onStarted,
    });
    // The workspace's name is random, and a reason should read the same every time.
    const stderrTail = result.stderrTail.replaceAll(workspace, '~').replaceAll(rules, '~');
    return { ...result, stderrTail };
  });
}

/** The tree, and the rules that the user named, where they are files. */
function readableFor(scanner: ExternalScanner, { target, options }: RunContext): string[] {
  const rules = scanner.userRules?.(options) ?? [];
  return [target.root, ...rules.filter((rule) => rule.startsWith('/'))];
}

function once(tell: () => void): () => void {
  let isTold = false;
  return () => {
    if (isTold) return;
    isTold = true;
    tell();
  };
}

function conclude(
  scanner: ExternalScanner,
  { plan, calls, rulePackDigest }: Execution,
  version: string | null,
  context: RunContext,
): ScannerRun {
  if (plan.cannotRun !== undefined) return cannotRun(scanner, plan.cannotRun, version);
  const judged = calls.map(({ command, result }) => ({
    command,
    result,
    report: judge(scanner, result, command),
  }));
  const failed = judged.find(({ report }) => 'status' in report);
  const told = failed ?? judged[0];
  const facts = {
    version,
    rulePackDigest,
    durationMs: Math.max(0, ...calls.map(({ result }) => result.durationMs)),
    exitCode: told?.result.exitCode ?? null,
    stderrTail: told?.result.stderrTail ?? null,
  };
  const reports = judged.flatMap(({ report }) => ('status' in report ? [] : [report]));
  const run = completedRun(scanner, together(reports, plan, context), context, facts);
  if (failed === undefined || !('status' in failed.report)) return run;
  const { status, reason } = failed.report;
  const where = calls.length > 1 ? failed.command.subject : undefined;
  const outcome = {
    ...run.outcome,
    status,
    reason: where === undefined ? reason : `${where}: ${reason}`,
  };
  return { ...run, outcome };
}

function cannotRun(
  scanner: ExternalScanner,
  { unavailable: reason, installHint }: Unavailable,
  version: string | null,
): ScannerRun {
  return runWithoutReport(scanner, { status: 'skipped', reason, installHint, version });
}

function together(
  reports: readonly ScannerReport[],
  plan: ToolPlan,
  { files }: RunContext,
): ScannerReport {
  const assessed = reports.map((report) => report.assessed);
  const unread = plan.commands.length === 0 ? files.skipped : [];
  return {
    findings: reports.flatMap((report) => report.findings),
    assessed: assessed.every((paths) => paths !== null) ? assessed.flat() : null,
    skipped: [...reports.flatMap((report) => report.skipped), ...(plan.skipped ?? []), ...unread],
    notes: tidyNotes([...reports.flatMap((report) => report.notes), ...(plan.notes ?? [])]),
  };
}

/** The report of a tool that ended well, or why there is none. */
function judge(
  scanner: ExternalScanner,
  result: ProcessResult,
  command: ToolCommand,
): ScannerReport | ToolFailure {
  switch (result.end) {
    case 'exited':
      return judgeExit(scanner, result, command);
    case 'timed_out':
      return {
        status: 'timed_out',
        reason: `${scanner.name} did not end within ${scanner.timeLimitMs / 1000} s`,
      };
    case 'output_too_large':
      return failed(`${scanner.name} wrote more than ${MAX_OUTPUT_BYTES / 1024 / 1024} MiB`);
    case 'cancelled':
      return failed(`${scanner.name} was cancelled`);
    case 'not_started':
      return failed(withWords(`${scanner.name} could not be started`, result));
    default:
      return assertNever(result.end);
  }
}

function judgeExit(
  scanner: ExternalScanner,
  result: ProcessResult,
  command: ToolCommand,
): ScannerReport | ToolFailure {
  if (result.exitCode === null)
    return failed(withWords(`${scanner.name} was killed by a signal`, result));
  if (!scanner.successExitCodes.includes(result.exitCode)) {
    return failed(withWords(`${scanner.name} ended with exit code ${result.exitCode}`, result));
  }
  try {
    return scanner.parse(result.stdout, command.subject ?? '', command.facts);
  } catch (error) {
    // Expected: TOOL_OUTPUT_INVALID for output that is not the tool's format. Anything else is a defect of our parser,
    // which must not take the other scanners' findings with it.
    const reason = describeFailure(error);
    const isExpected = error instanceof OperationalError || error instanceof UserError;
    return failed(isExpected ? reason : `${scanner.name}'s output could not be read: ${reason}`);
  }
}

function failed(reason: string): ToolFailure {
  return { status: 'failed', reason };
}

function withWords(what: string, result: ProcessResult): string {
  const words = lastWords(result.stderrTail);
  return words === '' ? what : `${what}: ${words}`;
}
