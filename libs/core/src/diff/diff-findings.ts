import type { Severity } from '@securescan/contracts';
import type { Finding } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import {
  countByReporter,
  countThings,
  groupFindings,
  reportersOf,
  type FindingGroup,
} from './group-findings';
import { pairFindings, SAME_PLACE, type Pair, type PlaceAtHead } from './pair-findings';
import { CoverageOfSides, type ScannerComparison, type ScannerCoverage } from './scanner-coverage';

/** One of the two scans that are compared. */
export interface DiffSide {
  readonly findings: readonly Finding[];
  readonly coverage: readonly ScannerCoverage[];
}

/** A finding that is on both sides, as head has it. */
export interface UnchangedFinding {
  readonly finding: Finding;
  /** `null` where it is the same. */
  readonly previousSeverity: Severity | null;
}

/** A finding of one side of which nobody can say whether the other side lacks it. */
export interface NotAssessedFinding {
  readonly finding: Finding;
  readonly side: 'base' | 'head';
}

/** What a change brought and took, each list in canonical order (ADR 0022). */
export interface FindingsDiff {
  readonly new: readonly Finding[];
  readonly fixed: readonly Finding[];
  readonly unchanged: readonly UnchangedFinding[];
  readonly notAssessed: readonly NotAssessedFinding[];
  /** Suppressed at head, and not so at base: what the change itself would silence. */
  readonly newlySuppressed: readonly Finding[];
  /** Suppressed on both sides. */
  readonly suppressed: readonly Finding[];
  readonly scanners: readonly ScannerComparison[];
}

/** Of both sides' files. Without it, lines are taken to be where they were and files to have their names. */
export interface MovedPlaces {
  readonly placeAtHead: PlaceAtHead;
  /** The name that a file of base has at head. */
  readonly pathAtHead: (path: string) => string;
}

const NOTHING_MOVED: MovedPlaces = {
  placeAtHead: SAME_PLACE,
  pathAtHead: (path) => path,
};

/**
 * Compares two scans. Counted is for each group of findings that any fingerprint connects: what is active at head beyond the
 * number that was active at base is new, and the other way fixed. Only scanners that completed on both sides can tell; the
 * rest is not assessed. The order of the input changes nothing.
 */
export function diffFindings(
  base: DiffSide,
  head: DiffSide,
  moved: MovedPlaces = NOTHING_MOVED,
): FindingsDiff {
  const sides = new CoverageOfSides(base.coverage, head.coverage);
  const sorted: Sorted = {
    new: [],
    fixed: [],
    unchanged: [],
    notAssessed: [],
    newlySuppressed: [],
    suppressed: [],
  };
  const ordered = [base, head].map(({ findings }) => inCanonicalOrder(findings));
  for (const group of groupFindings(ordered[0] ?? [], ordered[1] ?? [])) {
    new GroupComparison(group, sides, moved).sortInto(sorted);
  }
  return {
    new: inCanonicalOrder(sorted.new),
    fixed: inCanonicalOrder(sorted.fixed),
    unchanged: byFinding(sorted.unchanged),
    notAssessed: byFinding(sorted.notAssessed),
    newlySuppressed: inCanonicalOrder(sorted.newlySuppressed),
    suppressed: inCanonicalOrder(sorted.suppressed),
    scanners: sides.comparisons,
  };
}

type Sorted = {
  readonly [List in Exclude<keyof FindingsDiff, 'scanners'>]: FindingsDiff[List][number][];
};

function byFinding<T extends { readonly finding: Finding }>(items: readonly T[]): T[] {
  const places = new Map(items.map((item) => [item.finding, item]));
  return inCanonicalOrder(items.map(({ finding }) => finding)).flatMap(
    (finding) => places.get(finding) ?? [],
  );
}

/** What happened to the findings of one group. */
class GroupComparison {
  /** Scanners that report more of the group at head than at base. */
  private readonly risen: ReadonlySet<string>;

  constructor(
    private readonly group: FindingGroup,
    private readonly sides: CoverageOfSides,
    private readonly moved: MovedPlaces,
  ) {
    const before = countByReporter(group.base.active);
    const after = countByReporter(group.head.active);
    this.risen = new Set(
      [...after].filter(([name, count]) => count > (before.get(name) ?? 0)).map(([name]) => name),
    );
  }

  sortInto(sorted: Sorted): void {
    const { base, head } = this.group;
    const [before, after] = [countThings(base.active), countThings(head.active)];
    const pairs = this.pair(base.active, head.active, Math.min(before, after));
    const muted = this.muted();
    sorted.newlySuppressed.push(...muted);
    sorted.suppressed.push(...without(head.suppressed, muted));
    this.sortHead(pairs, after - before, sorted);
    this.sortBase(pairs, before - after, muted, sorted);
  }

  private pair(base: readonly Finding[], head: readonly Finding[], most: number): readonly Pair[] {
    return pairFindings(base, head, most, this.moved.placeAtHead);
  }

  /** Suppressed ones at head beyond the number that was suppressed at base. */
  private muted(): readonly Finding[] {
    const { base, head } = this.group;
    const [before, after] = [countThings(base.suppressed), countThings(head.suppressed)];
    if (after <= before) return [];
    const pairs = this.pair(base.suppressed, head.suppressed, before);
    return without(
      head.suppressed,
      pairs.map((pair) => pair.head),
    ).slice(0, after - before);
  }

  private sortHead(pairs: readonly Pair[], surplus: number, sorted: Sorted): void {
    const { head } = this.group;
    for (const pair of pairs) {
      const { severity } = pair.base;
      const previousSeverity = severity === pair.head.severity ? null : severity;
      sorted.unchanged.push({ finding: pair.head, previousSeverity });
    }
    const unpaired = without(
      head.active,
      pairs.map((pair) => pair.head),
    );
    const most = Math.max(0, surplus);
    const told = unpaired.filter((finding) => this.isNewTold(finding)).slice(0, most);
    const untold = without(unpaired, told).slice(0, most - told.length);
    sorted.new.push(...told);
    for (const finding of untold) sorted.notAssessed.push({ finding, side: 'head' });
    for (const finding of without(unpaired, [...told, ...untold])) {
      sorted.unchanged.push({ finding, previousSeverity: null });
    }
  }

  /** What is gone may have been suppressed by the change: that explains as many as were. */
  private sortBase(
    pairs: readonly Pair[],
    gone: number,
    muted: readonly Finding[],
    sorted: Sorted,
  ): void {
    const unpaired = without(
      this.group.base.active,
      pairs.map((pair) => pair.base),
    );
    const explained = this.pair(unpaired, muted, Math.max(0, gone)).map((pair) => pair.base);
    const left = without(unpaired, explained).slice(0, Math.max(0, gone - explained.length));
    for (const finding of left) {
      if (this.isGoneTold(finding)) sorted.fixed.push(finding);
      else sorted.notAssessed.push({ finding, side: 'base' });
    }
  }

  /** One reporter is enough that completed on both sides and said less of the group at base. */
  private isNewTold(finding: Finding): boolean {
    return [...reportersOf(finding)].some(
      (scanner) => this.risen.has(scanner) && this.sides.canTellNew(scanner),
    );
  }

  /** Every reporter must have looked again. */
  private isGoneTold(finding: Finding): boolean {
    const { filePath } = finding;
    const paths = [filePath, filePath === null ? null : this.moved.pathAtHead(filePath)];
    return [...reportersOf(finding)].every((scanner) => this.sides.canTellGone(scanner, paths));
  }
}

function without<T>(items: readonly T[], taken: readonly T[]): readonly T[] {
  if (taken.length === 0) return items;
  const gone = new Set(taken);
  return items.filter((item) => !gone.has(item));
}
