import { TREE_SCAN_TYPES } from '@securescan/contracts';
import {
  assembleScan,
  NO_CONTEXT,
  NO_POLICY,
  summarise,
  type ScannerOutcome,
} from '@securescan/core';
import { BUDGETS, type Budgets } from './budgets';
import { digestOfRules } from './digest-of-rules';
import { GitSession } from './git-session';
import { locateFindings, type LocatedReports } from './locate-findings';
import { describeFailure, oneLine, withoutRoot } from './one-line';
import type { FileTree, HostPorts } from './ports';
import { SCANNERS } from './registry';
import { runBuiltinScanner } from './run-builtin-scanner';
import { runExternalTool } from './run-external-tool';
import { runFileScanners, type FileRuns } from './run-file-scanners';
import type { ScanProgress, ScanRequest, ScanResult } from './scan';
import { ScanCancelledError } from './scan-cancelled-error';
import type { BuiltinScanner, ExternalScanner, FileScanner, Scanner, ScanTarget } from './scanner';
import { runWithoutReport, type RunContext, type ScannerRun } from './scanner-run';
import { StopSwitch } from './stop-switch';
import { withSlots } from './with-slots';

const MAX_TAIL_LINES = 20;

type OnProgress = (progress: ScanProgress) => void;

type TreeRequest = ScanRequest & { readonly target: ScanTarget };

/** For scanners that look at a machine or at what a server answers: nobody walks `/` for them. */
const EMPTY_TREE: FileTree = {
  files: [],
  maxFileBytes: 0,
  notes: [],
  skipped: [],
  irregular: [],
  readText: () => Promise.resolve(null),
};

/** One scan while it runs: what its scanners share, and the switch that ends them all. */
interface Session {
  readonly request: TreeRequest;
  /** As the scan was given them, but that every child waits for a slot. */
  readonly ports: HostPorts;
  readonly files: FileTree;
  readonly git: GitSession;
  readonly stop: StopSwitch;
  readonly report: OnProgress;
  readonly budgets: Budgets;
  /** The scanners that are part of the product, and the digests of their rules. */
  readonly own: ReadonlyMap<string, string | null>;
}

/** Scanners other than our own, and budgets, for tests. */
export interface EngineOptions {
  readonly scanners?: readonly Scanner[];
  readonly budgets?: Budgets;
}

/**
 * Runs the scanners of the request and turns their reports into findings. A scanner that fails is an outcome, never an
 * error. Rejects with ScanCancelledError when the request's signal is aborted, and then nothing of the scan still runs.
 */
export async function runScan(
  request: ScanRequest,
  ports: HostPorts,
  onProgress: OnProgress,
  { scanners = SCANNERS, budgets = BUDGETS }: EngineOptions = {},
): Promise<ScanResult> {
  throwIfCancelled(request.signal);
  const { target } = request;
  if (target === null) {
    return ports.workspaces.withWorkspace((directory) =>
      runOnTree({ ...request, target: nowhere(directory) }, ports, onProgress, {
        scanners,
        budgets,
      }),
    );
  }
  return runOnTree({ ...request, target }, ports, onProgress, { scanners, budgets });
}

/** A scan that reads no files looks at an empty directory: no scanner has to ask whether there is one. */
function nowhere(directory: string): ScanTarget {
  return { root: directory, path: directory, project: '' };
}

async function runOnTree(
  request: TreeRequest,
  ports: HostPorts,
  onProgress: OnProgress,
  { scanners, budgets }: Required<EngineOptions>,
): Promise<ScanResult> {
  const stop = new StopSwitch(request.signal, budgets.scanMs);
  const slotted = withSlots(ports, request.lane);
  const git = new GitSession(slotted, request.target.root, stop.signal, request.repository ?? null);
  try {
    const selected = selectScanners(request, scanners);
    onProgress({ kind: 'scan-started', scanners: selected.map((scanner) => scanner.name) });
    const progress = guardProgress(onProgress, stop);
    const files = selected.some(readsTree) ? await ports.openTree(request.target) : EMPTY_TREE;
    const { report } = progress;
    const own = new Map(selected.flatMap(nameAndDigest));
    const session = { request, ports: slotted, files, git, stop, report, budgets, own };
    const read = await runAll(selected, session);
    if (progress.failure !== null) throw progress.failure.error;
    throwIfCancelled(request.signal);
    return await assemble(read, selected, scanners, session);
  } finally {
    stop.end();
    await git.quiet();
  }
}

/** Those that were named, or all of the types; in registry order. */
export function selectScanners(
  { scanTypes, scanners: named }: Pick<ScanRequest, 'scanTypes' | 'scanners'>,
  scanners: readonly Scanner[] = SCANNERS,
): readonly Scanner[] {
  return scanners.filter(
    ({ name, scanType }) => scanTypes.includes(scanType) && (named?.includes(name) ?? true),
  );
}

function readsTree({ scanType }: Scanner): boolean {
  return TREE_SCAN_TYPES.includes(scanType);
}

/** What speaks to a program of somebody else's tells that program's version, and the rules are that program's. */
function nameAndDigest(scanner: Scanner): [string, string | null][] {
  if (scanner.kind === 'external') return [];
  const isRemote = scanner.kind === 'builtin' && scanner.service !== undefined;
  return isRemote ? [] : [[scanner.name, digestOfRules(scanner.rules)]];
}

/** All at the same time, as far as there are slots; the results are in the order of the scanners. */
async function runAll(selected: readonly Scanner[], session: Session): Promise<FileRuns> {
  const readers = selected.filter((scanner) => scanner.kind === 'file');
  const others = selected.filter((scanner) => scanner.kind !== 'file');
  const [read, ...runs] = await Promise.all([
    runReaders(readers, session),
    ...others.map((scanner) => runScanner(scanner, session)),
  ]);
  const byName = new Map([...read.runs, ...runs].map((run) => [run.outcome.scanner, run]));
  const inOrder = selected.flatMap(({ name }) => byName.get(name) ?? []);
  return { runs: inOrder, directives: read.directives };
}

/** A listener that throws ends the scan; its error comes out of `runScan` and not out of some scanner's outcome. */
function guardProgress(
  onProgress: OnProgress,
  stop: StopSwitch,
): { report: OnProgress; failure: { error: unknown } | null } {
  const guard: { report: OnProgress; failure: { error: unknown } | null } = {
    failure: null,
    report: (progress) => {
      if (guard.failure !== null) return;
      try {
        onProgress(progress);
      } catch (error) {
        // Expected: nothing. It is the caller's defect, kept until every child is gone.
        guard.failure = { error };
        stop.end();
      }
    },
  };
  return guard;
}

async function runScanner(
  scanner: ExternalScanner | BuiltinScanner,
  session: Session,
): Promise<ScannerRun> {
  const { stop, report } = session;
  if (stop.isOver) return ended(runWithoutReport(scanner, stop.outcome()), session);
  const onStarted = (): void => report({ kind: 'scanner-started', scanner: scanner.name });
  return ended(await capture(scanner, contextOf(session, onStarted), session), session);
}

async function runReaders(readers: readonly FileScanner[], session: Session): Promise<FileRuns> {
  const { request, report, stop } = session;
  try {
    return await runFileScanners(readers, {
      ...contextOf(session, () => undefined),
      lane: request.lane,
      maxFileBytes: session.files.maxFileBytes,
      onScannerStarted: ({ name }) => report({ kind: 'scanner-started', scanner: name }),
      onScannerEnded: (run) => ended(run, session),
    });
  } catch (error) {
    // Expected: the scan was cancelled or ran out of time, which ends the reading wherever it is.
    const outcome = stop.isOver
      ? stop.outcome()
      : ({ status: 'failed', reason: describeFailure(error) } as const);
    const runs = readers.map((scanner) => ended(runWithoutReport(scanner, outcome), session));
    return { runs, directives: NO_CONTEXT.directives };
  }
}

function contextOf(session: Session, onStarted: () => void): RunContext {
  const { request, ports, files, budgets, git, stop } = session;
  const { target, options } = request;
  const { signal } = stop;
  return { target, options, files, budgets, ports, signal, git: () => git.open(), onStarted };
}

/** Tells how a scanner ended. One that the scan's own end caught is told as what it was: out of time. */
function ended(run: ScannerRun, { request, ports, own, stop, report }: Session): ScannerRun {
  const { scanner, status } = run.outcome;
  const isCaught = stop.isOutOfTime && (status === 'failed' || status === 'timed_out');
  const facts = isCaught ? stop.outcome() : {};
  const digest = own.get(scanner);
  const rules =
    digest === undefined ? {} : { version: ports.productVersion, rulePackDigest: digest };
  const outcome = tidied({ ...run.outcome, ...facts, ...rules }, request.target.root);
  if (!request.signal.aborted) report({ kind: 'scanner-ended', outcome });
  return { ...run, outcome };
}

/** Reasons and notes are texts of tools: short, free of secrets, the same on every machine. */
function tidied(outcome: ScannerOutcome, root: string): ScannerOutcome {
  const tidy = (text: string): string => oneLine(withoutRoot(text, root));
  const reason = outcome.reason === null ? null : tidy(outcome.reason);
  return {
    ...outcome,
    reason,
    notes: outcome.notes.map(tidy),
    stderrTail: tidyTail(outcome, root),
  };
}

/** Line by line, so that what a tool said stays readable; nothing where it said nothing. */
function tidyTail({ stderrTail }: ScannerOutcome, root: string): string | null {
  const lines = (stderrTail ?? '')
    .split(/\r?\n|\r/u)
    .map((line) => oneLine(withoutRoot(line, root)));
  return (
    lines
      .filter((line) => line !== '')
      .slice(-MAX_TAIL_LINES)
      .join('\n') || null
  );
}

async function capture(
  scanner: ExternalScanner | BuiltinScanner,
  context: RunContext,
  { ports }: Session,
): Promise<ScannerRun> {
  const startedAt = ports.monotonicMs();
  try {
    return await (scanner.kind === 'external'
      ? runExternalTool(scanner, context)
      : runBuiltinScanner(scanner, context));
  } catch (error) {
    // Expected: rules that do not exist, a repository that git cannot read. A defect of one scanner must not cost the others'
    // findings either, so everything becomes this scanner's outcome.
    const durationMs = ports.monotonicMs() - startedAt;
    return runWithoutReport(scanner, {
      status: 'failed',
      reason: describeFailure(error),
      durationMs,
    });
  }
}

async function assemble(
  { runs, directives }: FileRuns,
  selected: readonly Scanner[],
  registry: readonly Scanner[],
  session: Session,
): Promise<ScanResult> {
  const reports = selected.flatMap((scanner, index) => {
    const run = runs[index];
    const registryIndex = registry.indexOf(scanner);
    return run === undefined ? [] : [{ scanner, registryIndex, findings: run.findings }];
  });
  const located = await locateFindings(reports, session.request.target.root, session.files);
  throwIfCancelled(session.request.signal);
  const { policy = NO_POLICY, formerPaths = NO_CONTEXT.formerPaths } = session.request;
  const hasCovered = coverageCheck(runs);
  const { frameworks = [] } = session.request.options;
  const context = { policy, formerPaths, directives, hasCovered, frameworks };
  const { findings, notices } = assembleScan(located.inputs, context);
  const outcomes = runs.map((run) => noteOutside(run.outcome, located));
  return {
    findings,
    notices,
    outcomes,
    unread: new Map(runs.map(({ outcome, unread }) => [outcome.scanner, unread])),
    summary: summarise(findings, outcomes),
    isConclusive: outcomes.some((outcome) => outcome.status === 'completed'),
  };
}

/** Whether a scanner would have said what there is to say of a file. */
function coverageCheck(
  runs: readonly ScannerRun[],
): (scanner: string, filePath: string | null) => boolean {
  const byName = new Map(runs.map((run) => [run.outcome.scanner, run]));
  return (scanner, filePath) => {
    const run = byName.get(scanner);
    if (run?.outcome.status !== 'completed') return false;
    return filePath === null || !run.unread.has(filePath);
  };
}

function noteOutside(outcome: ScannerOutcome, { outside }: LocatedReports): ScannerOutcome {
  const count = outside.get(outcome.scanner) ?? 0;
  if (count === 0) return outcome;
  const note = `${count} findings named a path outside the project root, which was left out`;
  return { ...outcome, notes: [...outcome.notes, note] };
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ScanCancelledError();
}
