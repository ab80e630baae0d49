import { assembleFindings, summarise, type ScannerOutcome } from '@securescan/core';
import { GitSession } from './git-session';
import { locateFindings, type LocatedReports } from './locate-findings';
import { describeFailure, oneLine, withoutRoot } from './one-line';
import type { FileTree, HostPorts } from './ports';
import { SCANNERS } from './registry';
import { runBuiltinScanner } from './run-builtin-scanner';
import { runExternalTool } from './run-external-tool';
import type { ScanProgress, ScanRequest, ScanResult } from './scan';
import { ScanCancelledError } from './scan-cancelled-error';
import type { Scanner } from './scanner';
import { runWithoutReport, type RunContext, type ScannerRun } from './scanner-run';

type OnProgress = (progress: ScanProgress) => void;

/** One scan while it runs: what its scanners share, and the switch that ends them all. */
interface Session {
  readonly request: ScanRequest;
  readonly ports: HostPorts;
  readonly files: FileTree;
  readonly git: GitSession;
  readonly signal: AbortSignal;
  readonly report: OnProgress;
}

/**
 * Runs the scanners of the requested types and turns their reports into findings. A scanner that fails is an outcome, never
 * an error. Rejects with ScanCancelledError when the request's signal is aborted, and then nothing of the scan still runs.
 */
export async function runScan(
  request: ScanRequest,
  ports: HostPorts,
  onProgress: OnProgress,
  scanners: readonly Scanner[] = SCANNERS,
): Promise<ScanResult> {
  throwIfCancelled(request.signal);
  const stop = new AbortController();
  const onAbort = (): void => stop.abort();
  const git = new GitSession(ports, request.target.root, stop.signal);
  request.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const selected = scanners.filter((scanner) => request.scanTypes.includes(scanner.scanType));
    onProgress({ kind: 'scan-started', scanners: selected.map((scanner) => scanner.name) });
    const progress = guardProgress(onProgress, stop);
    const files = await ports.openTree(request.target);
    const session = { request, ports, files, git, signal: stop.signal, report: progress.report };
    const runs = await runInSlots(selected, request.slots, (scanner) =>
      runScanner(scanner, session),
    );
    if (progress.failure !== null) throw progress.failure.error;
    throwIfCancelled(request.signal);
    return await assemble(runs, selected, scanners, session);
  } finally {
    stop.abort();
    request.signal.removeEventListener('abort', onAbort);
    await git.quiet();
  }
}

/** A listener that throws ends the scan; its error comes out of `runScan` and not out of some scanner's outcome. */
function guardProgress(
  onProgress: OnProgress,
  stop: AbortController,
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
        stop.abort();
      }
    },
  };
  return guard;
}

async function runScanner(scanner: Scanner, session: Session): Promise<ScannerRun> {
  const { request, ports, files, git, signal, report } = session;
  if (isOver(signal)) return runWithoutReport(scanner, { status: 'failed', reason: 'cancelled' });
  const startedAt = ports.monotonicMs();
  const onStarted = (): void => report({ kind: 'scanner-started', scanner: scanner.name });
  const { target, options } = request;
  const captured = await capture(
    scanner,
    { target, options, files, ports, signal, git: () => git.open(), onStarted },
    startedAt,
  );
  const run = { ...captured, outcome: tidied(captured.outcome, target.root) };
  if (!isOver(signal)) report({ kind: 'scanner-ended', outcome: run.outcome });
  return run;
}

/** Reasons and notes are texts of tools: short, free of secrets, the same on every machine. */
function tidied(outcome: ScannerOutcome, root: string): ScannerOutcome {
  const tidy = (text: string): string => oneLine(withoutRoot(text, root));
  const reason = outcome.reason === null ? null : tidy(outcome.reason);
  return { ...outcome, reason, notes: outcome.notes.map(tidy) };
}

async function capture(
  scanner: Scanner,
  context: RunContext,
  startedAt: number,
): Promise<ScannerRun> {
  try {
    return await (scanner.kind === 'external'
      ? runExternalTool(scanner, context)
      : runBuiltinScanner(scanner, context));
  } catch (error) {
    // Expected: rules that do not exist, a repository that git cannot read. A defect of one scanner must not cost the others'
    // findings either, so everything becomes this scanner's outcome.
    const durationMs = context.ports.monotonicMs() - startedAt;
    return runWithoutReport(scanner, {
      status: 'failed',
      reason: describeFailure(error),
      durationMs,
    });
  }
}

/** Runs the work in order, at most `slots` at a time; the results keep the order of the items. */
async function runInSlots<T, R>(
  items: readonly T[],
  slots: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const slot = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  const width = Math.max(1, Math.min(Math.floor(slots), items.length));
  await Promise.all(Array.from({ length: width }, slot));
  return items.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}

async function assemble(
  runs: readonly ScannerRun[],
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
  const findings = assembleFindings(located.inputs);
  const outcomes = runs.map((run) => noteOutside(run.outcome, located));
  return {
    findings,
    outcomes,
    summary: summarise(findings, outcomes),
    isConclusive: outcomes.some((outcome) => outcome.status === 'completed'),
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

/** A function of its own, because the compiler takes a signal that it saw unaborted for unaborted for ever. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
