import type { JsonObject, Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import { budgetExceeded, BUDGETS, tooLarge } from '../../budgets';
import type { SystemEntry, SystemFiles } from '../../ports';
import type { InspectContext, ScannerReport } from '../../scanner';
import type { BaselineRule } from './rule';

/** Whether this machine is judged, or a directory that stands for one. */
export type Scope = 'host' | 'target';

/** Where a rule is broken, and what tells the case from others. */
export interface Evidence {
  /** What the case is about, as an account or a setting: with the path, its identity (D1). Never a secret. */
  readonly subject: string;
  /** What was found, as a sentence that ends the description. Never a secret. */
  readonly detail: string;
  /** Absolute, within the system. */
  readonly path?: string;
  readonly line?: number;
  /** Ends the title, in parentheses: behind a colon the redactor would take it for a password. */
  readonly name?: string;
  /** Where one case weighs more or less than the rule. */
  readonly severity?: Severity;
  readonly facts?: JsonObject;
}

/** What a program answered. */
export type Answer =
  | { readonly kind: 'output'; readonly stdout: string; readonly exitCode: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'trouble'; readonly reason: string };

/** Far more than any directory of settings holds; who fills one with more must not hold the scan up. */
const MAX_NAMES = 2_000;
const MAX_NAME_CHARACTERS = 120;
/** All files together: those of a real system are a small part of it, but files can include others again and again. */
const MAX_CHARACTERS = 16_000_000;

/**
 * One look at a system: reads its files, asks its programs, and keeps what was found, what was read and what could not be.
 * Everything here rejects once the scan's signal is aborted.
 */
export class Audit {
  readonly scope: Scope;
  private readonly system: SystemFiles;
  private readonly findings: ParsedFinding[] = [];
  private readonly notes = new Set<string>();
  private readonly assessed = new Set<string>();
  private readonly skipped = new Map<string, string>();
  private readonly findingsByPath = new Map<string, number>();
  private characters = 0;
  private hasSeenSystem = false;

  constructor(private readonly context: InspectContext) {
    const { options, target, machine } = context;
    this.scope = options.hostProbes === true || target.path === '/' ? 'host' : 'target';
    this.system = machine.openSystem(this.scope === 'host' ? '/' : target.path);
  }

  /** Whether any of the files that we look for is there, readable or not. */
  get isSystem(): boolean {
    return this.hasSeenSystem;
  }

  /** The text of a file; `null` where there is none, or, which then counts as skipped, where it cannot be read. */
  async read(path: string): Promise<string | null> {
    this.context.signal.throwIfAborted();
    const text = await this.system.readText(path);
    if (text === null) {
      const entry = await this.stat(path);
      const reason = entry === null ? await this.whyNowhere(path) : whyUnread(entry);
      if (reason !== null) this.skip(path, reason);
      return null;
    }
    this.characters += text.length;
    if (this.characters > MAX_CHARACTERS) {
      this.skip(path, budgetExceeded('the files before it have too much text'));
      return null;
    }
    this.hasSeenSystem = true;
    this.assessed.add(path);
    return text;
  }

  async stat(path: string): Promise<SystemEntry | null> {
    this.context.signal.throwIfAborted();
    return this.system.stat(path);
  }

  /** As `stat`, for one of the files by which we know a system. */
  async examine(path: string): Promise<SystemEntry | null> {
    const entry = await this.stat(path);
    if (entry !== null) this.hasSeenSystem = true;
    return entry;
  }

  /** Names of a directory; one that is there and cannot be listed counts as skipped. */
  async namesIn(path: string, most = MAX_NAMES): Promise<readonly string[]> {
    this.context.signal.throwIfAborted();
    const names = await this.system.list(path);
    if (names === null) {
      const entry = await this.stat(path);
      if (entry?.kind === 'directory') this.skip(path, 'a directory that cannot be listed');
      return [];
    }
    if (names.length > most) {
      this.noteCut(`only the first ${most} of ${names.length} entries of ${path} were read`);
    }
    return names.slice(0, most);
  }

  /** Runs a program that asks about this machine. */
  async ask(executable: string, args: readonly string[], timeLimitMs = 10_000): Promise<Answer> {
    this.context.signal.throwIfAborted();
    const result = await this.context.machine.run({ executable, args, timeLimitMs });
    if (result === null) return { kind: 'absent' };
    const { end, exitCode, stdout } = result;
    if (end === 'exited' && exitCode !== null) return { kind: 'output', stdout, exitCode };
    const reason = end === 'timed_out' ? 'did not answer in time' : 'could not be run';
    return { kind: 'trouble', reason };
  }

  note(text: string): void {
    this.notes.add(text);
  }

  /** Says that something was left out because there is too much of it. */
  noteCut(what: string): void {
    this.note(budgetExceeded(what));
  }

  skip(path: string, reason: string): void {
    this.hasSeenSystem = true;
    this.skipped.set(path, reason);
  }

  report(rule: BaselineRule, evidence: Evidence): void {
    const { subject, detail, path, line, name, facts = {} } = evidence;
    if (!this.hasRoomFor(path ?? '')) return;
    const filePath = path === undefined ? null : this.pathForReport(path);
    const lineStart = filePath === null ? null : (line ?? null);
    this.findings.push({
      ruleId: rule.id,
      severity: evidence.severity ?? rule.severity,
      title: name === undefined ? rule.title : `${rule.title} (${shown(name)})`,
      description: `${rule.description} ${detail}`,
      filePath,
      lineStart,
      lineEnd: lineStart,
      cwe: rule.cwe,
      remediation: rule.remediation,
      metadata: {
        baseline_scope: this.scope,
        references: [...rule.references],
        ...(path === undefined ? {} : { path }),
        ...(line === undefined ? {} : { line }),
        ...facts,
      },
      discriminator: [path, subject].filter((part) => part !== undefined).join(' '),
      // These files hold hashes, keys and passwords beside what is wrong with them.
      withholdsSource: true,
    });
  }

  private hasRoomFor(path: string): boolean {
    const count = this.findingsByPath.get(path) ?? 0;
    if (count < BUDGETS.fileFindings && this.findings.length < BUDGETS.scannerFindings) {
      this.findingsByPath.set(path, count + 1);
      return true;
    }
    this.noteCut(`only the first ${count} findings in ${path} were reported`);
    return false;
  }

  toReport(): ScannerReport {
    return {
      findings: this.findings,
      assessed: [...this.assessed].map((path) => this.pathOnMachine(path)),
      skipped: Array.from(this.skipped, ([path, reason]) => ({
        path: this.pathOnMachine(path),
        reason,
      })),
      notes: [...this.notes],
    };
  }

  /** A path of this machine lies outside most projects: then the finding has none, and says so in its text. */
  private pathForReport(path: string): string | null {
    const { root } = this.context.target;
    if (this.scope === 'target' || root === '/') return this.pathOnMachine(path);
    return path.startsWith(`${root}/`) ? path : null;
  }

  private pathOnMachine(path: string): string {
    return this.scope === 'host' ? path : `${this.context.target.path}${path}`;
  }

  /** A name without anything behind it, told from no name at all. */
  private async whyNowhere(path: string): Promise<string | null> {
    const end = path.lastIndexOf('/');
    const names = await this.system.list(path.slice(0, end) || '/');
    return names?.includes(path.slice(end + 1)) === true ? 'a link that leads nowhere' : null;
  }
}

function whyUnread({ kind, sizeBytes }: SystemEntry): string {
  if (kind !== 'file') return 'not a regular file';
  return sizeBytes > BUDGETS.fileBytes ? tooLarge(BUDGETS.fileBytes) : 'cannot be read';
}

/** A text from a file as titles and metadata show it: one line, and not without end. */
export function shown(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > MAX_NAME_CHARACTERS ? `${line.slice(0, MAX_NAME_CHARACTERS - 1)}…` : line;
}

/** An octal mode as `chmod` takes it. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
