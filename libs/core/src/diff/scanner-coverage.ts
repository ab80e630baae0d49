import type { OutcomeStatus } from '@securescan/contracts';
import type { ScannerOutcome } from '../model/outcome';
import { compareCodePoints } from '../order/compare-code-points';

/** What one scanner covered in one scan, as far as a comparison must know it. */
export interface ScannerCoverage {
  readonly scanner: string;
  readonly status: OutcomeStatus;
  readonly reason: string | null;
  /** SHA-256 (hex) of its rules; `null` where it is not known. */
  readonly rulePackDigest: string | null;
  /** Its findings were cut at a budget: what it does not name it may have found all the same. */
  readonly isCut: boolean;
  /** Paths of files and directories that it left unread, as far as they are known by name. */
  readonly skippedFiles: ReadonlySet<string>;
  /** How many it left unread beside them. */
  readonly unnamedSkippedFiles: number;
}

/** What of an outcome tells coverage. */
export type CoveringOutcome = Pick<
  ScannerOutcome,
  'scanner' | 'status' | 'reason' | 'rulePackDigest' | 'filesSkipped' | 'notes'
>;

/** The words that the engine puts before everything that a budget cut. */
const BUDGET_NOTE = /^budget exceeded: reported only/;

/**
 * The coverage that an outcome tells. It names only some of the files that were skipped; whoever knows all of them gives
 * them as `skipped`.
 */
export function coverageOf(
  outcome: CoveringOutcome,
  skipped: ReadonlySet<string> | null = null,
): ScannerCoverage {
  const named = outcome.filesSkipped.flatMap(({ paths }) => paths);
  const count = outcome.filesSkipped.reduce((sum, group) => sum + group.count, 0);
  return {
    scanner: outcome.scanner,
    status: outcome.status,
    reason: outcome.reason,
    rulePackDigest: outcome.rulePackDigest,
    isCut: outcome.notes.some((note) => BUDGET_NOTE.test(note)),
    skippedFiles: skipped ?? new Set(named),
    unnamedSkippedFiles: skipped === null ? Math.max(0, count - named.length) : 0,
  };
}

/** How one scanner fared on both sides. */
export interface ScannerComparison {
  readonly scanner: string;
  /** `null` where it was not part of the scan. */
  readonly base: OutcomeStatus | null;
  readonly head: OutcomeStatus | null;
  /** Why the two sides cannot be compared by it, one line; `null` where they can. */
  readonly reason: string | null;
  /** What it would have said is missing from the comparison, and for other reasons than that neither side has it. */
  readonly isIncomplete: boolean;
  /** Its rules are not the same on both sides: what is new may be new to the rules alone. */
  readonly hasOtherRules: boolean;
}

/** Both sides' scanners, by name. Only those that completed on both can tell what is new or gone (ADR 0022). */
export class CoverageOfSides {
  readonly comparisons: readonly ScannerComparison[];
  private readonly base: ReadonlyMap<string, ScannerCoverage>;
  private readonly head: ReadonlyMap<string, ScannerCoverage>;

  constructor(base: readonly ScannerCoverage[], head: readonly ScannerCoverage[]) {
    this.base = byName(base);
    this.head = byName(head);
    this.comparisons = [...new Set([...this.base.keys(), ...this.head.keys()])]
      .sort(compareCodePoints)
      .map((scanner) => compareScanner(scanner, this.base.get(scanner), this.head.get(scanner)));
  }

  /**
   * True where the scanner completed on both sides, so that what it does not report at base is not there. A file that it left
   * unread at base does not matter: whoever brings a finding must not be able to hide it behind that.
   */
  canTellNew(scanner: string): boolean {
    return this.isComparable(scanner) && this.base.get(scanner)?.isCut === false;
  }

  /** True where the scanner completed on both sides, and would have told at head of what lies at one of the paths. */
  canTellGone(scanner: string, paths: readonly (string | null)[]): boolean {
    const [base, head] = [this.base.get(scanner), this.head.get(scanner)];
    return this.isComparable(scanner) && coversAll(head, base, paths);
  }

  private isComparable(scanner: string): boolean {
    return [this.base, this.head].every((side) => side.get(scanner)?.status === 'completed');
  }
}

function byName(coverages: readonly ScannerCoverage[]): ReadonlyMap<string, ScannerCoverage> {
  return new Map(coverages.map((coverage) => [coverage.scanner, coverage]));
}

/**
 * Whether a side would have reported what the other one did. Files that it skipped without naming them count against it only
 * where they are more than on the other side: the rest are taken for the same ones.
 */
function coversAll(
  side: ScannerCoverage | undefined,
  other: ScannerCoverage | undefined,
  paths: readonly (string | null)[],
): boolean {
  if (side === undefined || other === undefined || side.isCut) return false;
  if (side.unnamedSkippedFiles > other.unnamedSkippedFiles) return false;
  return !paths.some((path) => path !== null && isSkipped(path, side.skippedFiles));
}

/** A directory that could not be entered stands for all that lies in it, and `.` for everything. */
function isSkipped(path: string, skipped: ReadonlySet<string>): boolean {
  if (skipped.size === 0) return false;
  if (skipped.has(path) || skipped.has('.')) return true;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (skipped.has(path.slice(0, end))) return true;
  }
  return false;
}

function compareScanner(
  scanner: string,
  base: ScannerCoverage | undefined,
  head: ScannerCoverage | undefined,
): ScannerComparison {
  const facts = { scanner, base: base?.status ?? null, head: head?.status ?? null };
  const isPair = base !== undefined && head !== undefined && base.status === head.status;
  if (isPair && base.status === 'completed') {
    return {
      ...facts,
      reason: null,
      isIncomplete: false,
      hasOtherRules: haveOtherRules(base, head),
    };
  }
  // What neither side has for one and the same reason makes no difference between them.
  const isSameSkip = isPair && base.status === 'skipped' && base.reason === head.reason;
  const reason = isSameSkip ? wordsOf(base) : reasonOf(base, head);
  return { ...facts, reason, isIncomplete: !isSameSkip, hasOtherRules: false };
}

function haveOtherRules(base: ScannerCoverage, head: ScannerCoverage): boolean {
  const digests = [base.rulePackDigest, head.rulePackDigest];
  return !digests.includes(null) && digests[0] !== digests[1];
}

function reasonOf(base: ScannerCoverage | undefined, head: ScannerCoverage | undefined): string {
  const sides = [
    { name: 'base', coverage: base },
    { name: 'head', coverage: head },
  ];
  return sides
    .filter(({ coverage }) => coverage?.status !== 'completed')
    .map(({ name, coverage }) => `${wordsOf(coverage)} at ${name}`)
    .join(', ');
}

function wordsOf(coverage: ScannerCoverage | undefined): string {
  if (coverage === undefined) return 'was not part of the scan';
  const reason = coverage.reason === null ? '' : ` (${coverage.reason})`;
  return `${coverage.status === 'timed_out' ? 'timed out' : coverage.status}${reason}`;
}
