import { assertNever, OperationalError, UserError } from '@securescan/core';
import { describeFailure, lastWords } from './one-line';
import type { ProcessResult } from './ports';
import type { ExternalScanner, ScannerReport } from './scanner';
import { completedRun, runWithoutReport, type RunContext, type ScannerRun } from './scanner-run';
import { probeVersion } from './tool-version';

const NOTHING_TO_READ: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

interface ResolvedRules {
  /** Empty where the scanner has no pack. */
  readonly rulePack: string;
  readonly rulePackDigest: string | null;
}

interface Execution {
  readonly result: ProcessResult;
  readonly rulePackDigest: string | null;
}

interface ToolFailure {
  readonly status: 'failed' | 'timed_out';
  readonly reason: string;
}

/**
 * Runs one external scanner from look-up to report. Whatever the tool does wrong is an outcome; only a cancelled scan leaves
 * a result that its caller must not use.
 */
export async function runExternalTool(
  scanner: ExternalScanner,
  context: RunContext,
): Promise<ScannerRun> {
  const { options, files, ports, target } = context;
  const needsNetwork = scanner.needsNetwork(options);
  const kept = scanner.keptFrom?.(files) ?? [];
  if (!scanner.appliesTo(files)) {
    // What the walk could not read might have been for this scanner.
    const skipped = [...kept, ...files.skipped];
    return completedRun(scanner, { ...NOTHING_TO_READ, skipped }, context, {});
  }
  if (needsNetwork && options.offline === true) {
    return runWithoutReport(scanner, {
      status: 'skipped',
      reason: `${scanner.name} needs the network, which is switched off`,
    });
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
  const [probe, { result, rulePackDigest }] = await Promise.all([
    probeVersion(scanner.tool, executable, {
      ports,
      signal: context.signal,
      scannedRoot: target.root,
    }),
    ports.workspaces.withWorkspace((workspace) => execute(scanner, executable, workspace, context)),
  ]);
  const facts = {
    version: probe.version,
    rulePackDigest,
    durationMs: result.durationMs,
    exitCode: result.exitCode,
    stderrTail: result.stderrTail,
  };
  const judged = judge(scanner, result);
  if ('status' in judged) return runWithoutReport(scanner, { ...facts, ...judged });
  const skipped = [...judged.skipped, ...kept];
  return completedRun(scanner, { ...judged, skipped }, context, facts);
}

/** Our own pack unless the user named rules; rules that come from a registry have no digest that we could vouch for. */
async function resolveRules(
  scanner: ExternalScanner,
  workspace: string,
  { ports, options }: RunContext,
): Promise<ResolvedRules> {
  const named = scanner.userRules?.(options) ?? [];
  if (named.length === 0) {
    const pack = await ports.rulePack(scanner.name, workspace);
    return { rulePack: pack?.path ?? '', rulePackDigest: pack?.digest ?? null };
  }
  if (scanner.needsNetwork(options)) return { rulePack: '', rulePackDigest: null };
  return { rulePack: '', rulePackDigest: await ports.digestPaths(named) };
}

/** The tool sees a private HOME and working directory and an allow-listed environment; the tree configures nothing. */
async function execute(
  scanner: ExternalScanner,
  executable: string,
  workspace: string,
  context: RunContext,
): Promise<Execution> {
  const { ports, options, target, files, signal } = context;
  const { rulePack, rulePackDigest } = await resolveRules(scanner, workspace, context);
  const command = scanner.buildCommand({ target, options, files, rulePack });
  const network = scanner.needsNetwork(options);
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
    isolation: { readable: readableFor(scanner, context), network },
    onStart: context.onStarted,
  });
  // The workspace's name is random, and a reason should read the same every time.
  const stderrTail = result.stderrTail.replaceAll(workspace, '~');
  return { result: { ...result, stderrTail }, rulePackDigest };
}

/** The tree, and the rules that the user named, where they are files. */
function readableFor(scanner: ExternalScanner, { target, options }: RunContext): string[] {
  const rules = scanner.userRules?.(options) ?? [];
  return [target.root, ...rules.filter((rule) => rule.startsWith('/'))];
}

/** The report of a tool that ended well, or why there is none. */
function judge(scanner: ExternalScanner, result: ProcessResult): ScannerReport | ToolFailure {
  switch (result.end) {
    case 'exited':
      return judgeExit(scanner, result);
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

function judgeExit(scanner: ExternalScanner, result: ProcessResult): ScannerReport | ToolFailure {
  if (result.exitCode === null)
    return failed(withWords(`${scanner.name} was killed by a signal`, result));
  if (!scanner.successExitCodes.includes(result.exitCode)) {
    return failed(withWords(`${scanner.name} ended with exit code ${result.exitCode}`, result));
  }
  try {
    return scanner.parse(result.stdout);
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
