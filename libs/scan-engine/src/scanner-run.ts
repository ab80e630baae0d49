import type { ParsedFinding, ScannerOutcome } from '@securescan/core';
import { budgetExceeded, type Budgets } from './budgets';
import { coverageOf, unreadFiles } from './coverage';
import type { FileTree, GitRepository, HostPorts } from './ports';
import type { Scanner, ScannerReport, ScanOptions, ScanTarget } from './scanner';

/** What every scanner of one scan gets to work with. */
export interface RunContext {
  readonly target: ScanTarget;
  readonly options: ScanOptions;
  readonly files: FileTree;
  readonly budgets: Budgets;
  readonly ports: HostPorts;
  readonly signal: AbortSignal;
  /** Opened at the first call, shared by all. */
  readonly git: () => Promise<GitRepository | null>;
  /** To be called once the scanner is known to run, right before it does. */
  readonly onStarted: () => void;
}

/** One scanner's part of a scan, before its findings are located. */
export interface ScannerRun {
  readonly outcome: ScannerOutcome;
  readonly findings: readonly ParsedFinding[];
  /** Every file that it left unread, by its path in the project. */
  readonly unread: ReadonlySet<string>;
}

type OutcomeFacts = Partial<ScannerOutcome> & Pick<ScannerOutcome, 'status'>;

/** Fills in what an outcome leaves out. */
export function outcomeOf(scanner: Scanner, facts: OutcomeFacts): ScannerOutcome {
  return {
    scanner: scanner.name,
    scanType: scanner.scanType,
    reason: null,
    installHint: null,
    version: null,
    rulePackDigest: null,
    durationMs: 0,
    exitCode: null,
    filesAssessed: null,
    filesSkipped: [],
    bytesAssessed: null,
    findingsCount: 0,
    notes: [],
    stderrTail: null,
    ...facts,
  };
}

/** The run of a scanner that did not come to a report. */
export function runWithoutReport(scanner: Scanner, facts: OutcomeFacts): ScannerRun {
  return { outcome: outcomeOf(scanner, facts), findings: [], unread: new Set() };
}

/** The run of a scanner whose work is the network, where that is switched off (D16). */
export function withoutNetwork(scanner: Scanner): ScannerRun {
  return runWithoutReport(scanner, {
    status: 'skipped',
    reason: `${scanner.name} needs the network, which is switched off`,
  });
}

/** The run of a scanner that did its work. */
export function completedRun(
  scanner: Scanner,
  report: ScannerReport,
  { target, files, budgets }: Pick<RunContext, 'target' | 'files' | 'budgets'>,
  facts: Omit<OutcomeFacts, 'status'>,
): ScannerRun {
  const most = budgets.scannerFindings;
  const findings = report.findings.slice(0, most);
  const cut = budgetExceeded(
    `reported only the first ${most} of ${report.findings.length} findings`,
  );
  const notes = findings.length < report.findings.length ? [cut, ...report.notes] : report.notes;
  const outcome = outcomeOf(scanner, {
    ...facts,
    ...coverageOf(report, target.root, files),
    status: 'completed',
    findingsCount: findings.length,
    notes,
  });
  return { outcome, findings, unread: unreadFiles(report, target.root) };
}
