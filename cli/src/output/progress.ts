import { assertNever } from '@securescan/core';
import type { ScannerOutcome } from '@securescan/core';
import type { ScanProgress } from '@securescan/scan-engine';
import { oneRow } from './terminal';
import type { Terminal } from './terminal';

/** Shows how far a scan is, on standard error. */
export interface ProgressView {
  show(progress: ScanProgress): void;
  /** After this nothing moves on the screen any more. */
  close(): void;
}

const TICK_MS = 1000;
const DEFAULT_COLUMNS = 80;

/** Lines that move on a terminal, lines that stay anywhere else, none when nobody wants them. */
export function createProgressView(terminal: Terminal, isQuiet: boolean): ProgressView {
  if (isQuiet) return { show: () => undefined, close: () => undefined };
  return terminal.stderr.isTTY ? new MovingProgress(terminal) : new PlainProgress(terminal);
}

type ScannerState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly since: number }
  | { readonly kind: 'ended'; readonly outcome: ScannerOutcome };

class PlainProgress implements ProgressView {
  constructor(private readonly terminal: Terminal) {}

  show(progress: ScanProgress): void {
    if (progress.kind !== 'scanner-ended') return;
    const { outcome } = progress;
    this.terminal.stderr.write(`${oneRow(`${outcome.scanner}: ${outcomeWords(outcome)}`, 400)}\n`);
  }

  close(): void {
    // Every line was complete when it was written.
  }
}

/** One row per scanner, rewritten in place. */
class MovingProgress implements ProgressView {
  private readonly states = new Map<string, ScannerState>();
  private rows = 0;
  private isClosed = false;
  private readonly ticker: NodeJS.Timeout;

  constructor(private readonly terminal: Terminal) {
    this.ticker = setInterval(() => {
      this.draw();
    }, TICK_MS);
    this.ticker.unref();
  }

  show(progress: ScanProgress): void {
    switch (progress.kind) {
      case 'scan-started':
        for (const scanner of progress.scanners) this.states.set(scanner, { kind: 'waiting' });
        break;
      case 'scanner-started':
        this.states.set(progress.scanner, { kind: 'running', since: performance.now() });
        break;
      case 'scanner-ended':
        this.states.set(progress.outcome.scanner, { kind: 'ended', outcome: progress.outcome });
        break;
      default:
        assertNever(progress);
    }
    this.draw();
  }

  close(): void {
    if (this.isClosed) return;
    clearInterval(this.ticker);
    this.draw();
    this.isClosed = true;
  }

  private draw(): void {
    if (this.isClosed) return;
    const { stderr } = this.terminal;
    const columns = stderr.columns > 0 ? stderr.columns : DEFAULT_COLUMNS;
    const rows = progressRows(this.states, performance.now(), columns);
    const back = this.rows === 0 ? '' : `\u001b[${this.rows}A`;
    stderr.write(back + rows.map((row) => `\r\u001b[2K${row}\n`).join(''));
    this.rows = rows.length;
  }
}

/** The rows of a scan in progress. Pure. */
export function progressRows(
  states: ReadonlyMap<string, ScannerState>,
  now: number,
  columns: number,
): string[] {
  const width = Math.max(0, ...[...states.keys()].map((name) => name.length));
  return [...states].map(([name, state]) =>
    oneRow(`${markOf(state)} ${name.padEnd(width)}  ${stateWords(state, now)}`, columns),
  );
}

function markOf(state: ScannerState): string {
  if (state.kind === 'waiting') return '·';
  if (state.kind === 'running') return '›';
  switch (state.outcome.status) {
    case 'completed':
      return '✓';
    case 'skipped':
      return '-';
    case 'failed':
    case 'timed_out':
      return '✗';
    default:
      return assertNever(state.outcome.status);
  }
}

function stateWords(state: ScannerState, now: number): string {
  if (state.kind === 'waiting') return 'waiting';
  if (state.kind === 'running') return `running, ${Math.floor((now - state.since) / 1000)} s`;
  return outcomeWords(state.outcome);
}

/** How a scanner ended, in one sentence without its name. */
export function outcomeWords(outcome: ScannerOutcome): string {
  const reason = outcome.reason ?? 'no reason given';
  switch (outcome.status) {
    case 'completed': {
      const findings = `${outcome.findingsCount} ${outcome.findingsCount === 1 ? 'finding' : 'findings'}`;
      return `${findings}, ${(outcome.durationMs / 1000).toFixed(1)} s`;
    }
    case 'skipped':
      return `skipped, ${reason}${outcome.installHint === null ? '' : `; install it with: ${outcome.installHint}`}`;
    case 'failed':
      return `failed, ${reason}`;
    case 'timed_out':
      return `timed out, ${reason}`;
    default:
      return assertNever(outcome.status);
  }
}
