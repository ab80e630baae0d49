import { hasComments, type DirectiveReading, type ParsedFinding } from '@securescan/core';
import { describeFailure } from './one-line';
import type { FileBatch, FileInspector, InspectedFile, TreeFile } from './ports';
import { openMachine } from './machine';
import type { FileScanner, ScannerReport, SkippedFile } from './scanner';
import { completedRun, runWithoutReport, type RunContext, type ScannerRun } from './scanner-run';
import type { SlotLane } from './slot-scheduler';
import { tidyNotes } from './scanners/notes';
import { withinLimit } from './within-limit';

/** A batch ends with the file that reaches either. Small, because a batch is what is done again when one file hangs. */
const BATCH_BYTES = 2_000_000;
const BATCH_FILES = 200;
const NOTHING: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };

export interface FileRunContext extends RunContext {
  readonly lane: SlotLane;
  readonly maxFileBytes: number;
  readonly onScannerStarted: (scanner: FileScanner) => void;
  readonly onScannerEnded: (run: ScannerRun) => ScannerRun;
}

/** What one scanner has gathered so far. */
interface Gathering {
  readonly scanner: FileScanner;
  readonly files: ReadonlySet<string>;
  readonly findings: ParsedFinding[];
  readonly assessed: string[];
  readonly skipped: SkippedFile[];
  readonly notes: string[];
  /** How the look beyond the files ended, where there was one. */
  beyond: ScannerReport | ScannerFailure | null;
}

interface ScannerFailure {
  readonly status: 'failed' | 'timed_out';
  readonly reason: string;
}

/** What one reading of the tree gave. */
export interface FileRuns {
  readonly runs: readonly ScannerRun[];
  /** Of all files whose names say that they have comments, whoever else wanted to see them. */
  readonly directives: DirectiveReading;
}

/** Runs all scanners of kind `file` over one reading of the tree, batch by batch, and reads what comments say. */
export async function runFileScanners(
  scanners: readonly FileScanner[],
  context: FileRunContext,
): Promise<FileRuns> {
  const startedAt = context.ports.monotonicMs();
  const selected = await Promise.all(scanners.map((scanner) => select(scanner, context)));
  const gatherings = selected.flatMap((one) => ('outcome' in one ? [] : [one]));
  const inspector = context.ports.openInspector();
  let directives: DirectiveReading;
  try {
    [directives] = await Promise.all([
      inspectAll(gatherings, inspector, context),
      ...gatherings.map((gathering) => lookBeyond(gathering, context)),
    ]);
  } finally {
    await inspector.close();
  }
  const durationMs = context.ports.monotonicMs() - startedAt;
  const runs = selected.map((one) =>
    context.onScannerEnded('outcome' in one ? one : finish(one, durationMs, context)),
  );
  return { runs, directives };
}

async function select(
  scanner: FileScanner,
  context: FileRunContext,
): Promise<Gathering | ScannerRun> {
  context.onScannerStarted(scanner);
  try {
    const { target, files, signal } = context;
    const selection = await scanner.select({ target, files, git: await context.git(), signal });
    return {
      scanner,
      files: new Set(selection.files),
      findings: [],
      assessed: [],
      skipped: [],
      notes: [...selection.notes],
      beyond: null,
    };
  } catch (error) {
    // Expected: nothing that a scanner foresees. Its defect must not take the other scanners with it.
    return runWithoutReport(scanner, { status: 'failed', reason: describeFailure(error) });
  }
}

async function inspectAll(
  gatherings: readonly Gathering[],
  inspector: FileInspector,
  context: FileRunContext,
): Promise<DirectiveReading> {
  const batches = batchesOf(gatherings, context);
  // One piece of work for each batch: other scans take their turns in between.
  const inspected = await Promise.all(
    batches.map((batch) =>
      context.lane.run(() => inspector.inspect(batch, context.signal), context.signal),
    ),
  );
  const byName = new Map(gatherings.map((gathering) => [gathering.scanner.name, gathering]));
  const files = inspected.flat();
  for (const file of files) gather(file, byName);
  return {
    directives: files.flatMap(({ directives }) => directives?.directives ?? []),
    problems: files.flatMap(({ directives }) => directives?.problems ?? []),
  };
}

/** What fails here makes the scanner one that failed; what it found in files is kept. */
async function lookBeyond(gathering: Gathering, context: FileRunContext): Promise<void> {
  const { scanner } = gathering;
  const { inspectBeyond } = scanner;
  if (inspectBeyond === undefined) return;
  const { target, files, options, signal } = context;
  try {
    const git = await context.git();
    const report = await withinLimit(scanner.timeLimitMs, signal, (limit) => {
      const machine = openMachine(context, limit);
      return inspectBeyond({ target, files, options, git, machine, signal: limit });
    });
    gathering.beyond = report ?? {
      status: 'timed_out',
      reason: `${scanner.name} did not end within ${scanner.timeLimitMs / 1000} s`,
    };
  } catch (error) {
    // Expected: git cannot read the repository.
    gathering.beyond = { status: 'failed', reason: describeFailure(error) };
  }
}

function batchesOf(gatherings: readonly Gathering[], context: FileRunContext): FileBatch[] {
  const batches: FileBatch[] = [];
  let files: { path: string; scanners: string[] }[] = [];
  let bytes = 0;
  const close = (): void => {
    if (files.length > 0) batches.push(toBatch(files, context));
    files = [];
    bytes = 0;
  };
  for (const file of context.files.files) {
    const scanners = wantedBy(file, gatherings);
    if (scanners.length === 0 && !hasComments(file.path)) continue;
    files.push({ path: file.path, scanners });
    bytes += Math.min(file.sizeBytes, context.maxFileBytes);
    if (bytes >= BATCH_BYTES || files.length >= BATCH_FILES) close();
  }
  close();
  return batches;
}

function wantedBy({ path }: TreeFile, gatherings: readonly Gathering[]): string[] {
  return gatherings.filter(({ files }) => files.has(path)).map(({ scanner }) => scanner.name);
}

function toBatch(files: FileBatch['files'], context: FileRunContext): FileBatch {
  const { budgets, target, maxFileBytes } = context;
  return {
    root: target.root,
    files,
    maxFileBytes,
    maxLineCharacters: budgets.lineCharacters,
    maxFileFindings: budgets.fileFindings,
    maxFileMs: budgets.fileMs * Math.ceil(maxFileBytes / budgets.fileBytes),
  };
}

function gather(file: InspectedFile, gatherings: ReadonlyMap<string, Gathering>): void {
  if (file.unread !== null) {
    for (const gathering of gatherings.values()) {
      if (!gathering.files.has(file.path)) continue;
      gathering.skipped.push({ path: file.path, reason: file.unread });
    }
  }
  for (const report of file.reports) {
    const gathering = gatherings.get(report.scanner);
    if (gathering === undefined) continue;
    gathering.findings.push(...report.findings);
    gathering.notes.push(...report.notes);
    if (report.skipped === null) gathering.assessed.push(file.path);
    else gathering.skipped.push({ path: file.path, reason: report.skipped });
  }
}

function finish(gathering: Gathering, durationMs: number, context: FileRunContext): ScannerRun {
  const { scanner, assessed, beyond } = gathering;
  const report = beyond === null || 'status' in beyond ? NOTHING : beyond;
  const run = completedRun(
    scanner,
    {
      findings: [...gathering.findings, ...report.findings],
      assessed,
      skipped: [...gathering.skipped, ...report.skipped, ...context.files.skipped],
      notes: tidyNotes([...gathering.notes, ...report.notes, ...context.files.notes]),
    },
    context,
    { durationMs },
  );
  if (beyond === null || !('status' in beyond)) return run;
  const { status, reason } = beyond;
  return { ...run, outcome: { ...run.outcome, status, reason } };
}
