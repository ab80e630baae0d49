import type { Finding } from '../model/finding';
import { compareCodePoints } from '../order/compare-code-points';
import { reportersOf } from './group-findings';

/** A place in a file as the head has it. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** Where a line of the base is at head; for a line that is gone, where it was. */
export type PlaceAtHead = (place: Place) => Place;

/** For two sides of which nothing is known but their lines. */
export const SAME_PLACE: PlaceAtHead = (place) => place;

export interface Pair {
  readonly base: Finding;
  readonly head: Finding;
}

/** Beyond this many candidates the rest is paired in the order of the lines, so that a huge group costs no more than sorting. */
const MAX_CANDIDATES = 250_000;

/**
 * Says which findings at head are those of the base: the ones on the same line first, then by the nearest line. At most `most`
 * pairs. Deterministic for any order of the input.
 */
export function pairFindings(
  base: readonly Finding[],
  head: readonly Finding[],
  most: number,
  placeAtHead: PlaceAtHead = SAME_PLACE,
): readonly Pair[] {
  const [single, other] = [base[0], head[0]];
  if (single === undefined || other === undefined || most < 1) return [];
  if (base.length === 1 && head.length === 1) return [{ base: single, head: other }];
  const moved = base.map((finding) => placed(finding, placeAtHead)).sort(comparePlaced);
  const stayed = head.map((finding) => placed(finding, SAME_PLACE)).sort(comparePlaced);
  const matching = new Matching(moved, stayed, most);
  matching.takeSameLines();
  matching.takeNearest();
  return matching.pairs;
}

interface Placed {
  readonly finding: Finding;
  readonly path: string;
  readonly line: number;
}

function placed(finding: Finding, move: PlaceAtHead): Placed {
  const { filePath, lineStart } = finding;
  if (filePath === null) return { finding, path: '', line: 0 };
  if (lineStart === null) return { finding, path: move({ path: filePath, line: 1 }).path, line: 0 };
  return { finding, ...move({ path: filePath, line: lineStart }) };
}

function comparePlaced(a: Placed, b: Placed): number {
  return (
    compareCodePoints(a.path, b.path) ||
    a.line - b.line ||
    compareCodePoints(a.finding.fingerprint, b.finding.fingerprint) ||
    a.finding.occurrence - b.finding.occurrence
  );
}

/** Pairs in the making; what is taken is taken. */
class Matching {
  readonly pairs: Pair[] = [];
  private readonly isTaken = new Set<Placed>();

  constructor(
    private readonly base: readonly Placed[],
    private readonly head: readonly Placed[],
    private readonly most: number,
  ) {}

  takeSameLines(): void {
    const waiting = new Map<string, Placed[]>();
    for (const item of [...this.head].reverse()) {
      const key = keyOf(item);
      const items = waiting.get(key);
      if (items === undefined) waiting.set(key, [item]);
      else items.push(item);
    }
    for (const item of this.base) {
      const same = waiting.get(keyOf(item))?.pop();
      if (same !== undefined) this.take(item, same);
    }
  }

  takeNearest(): void {
    const base = this.base.filter((item) => !this.isTaken.has(item));
    const head = this.head.filter((item) => !this.isTaken.has(item));
    if (base.length * head.length > MAX_CANDIDATES) {
      base.forEach((item, index) => {
        const opposite = head[index];
        if (opposite !== undefined) this.take(item, opposite);
      });
      return;
    }
    const candidates = base.flatMap((left, leftIndex) =>
      head.map((right, rightIndex) => ({
        left,
        leftIndex,
        right,
        rightIndex,
        ...apart(left, right),
      })),
    );
    candidates.sort(
      (a, b) =>
        Number(a.isOfOthers) - Number(b.isOfOthers) ||
        Number(a.isElsewhere) - Number(b.isElsewhere) ||
        a.lines - b.lines ||
        a.leftIndex - b.leftIndex ||
        a.rightIndex - b.rightIndex,
    );
    for (const { left, right } of candidates) this.take(left, right);
  }

  private take(base: Placed, head: Placed): void {
    if (this.pairs.length >= this.most || this.isTaken.has(base) || this.isTaken.has(head)) return;
    this.isTaken.add(base).add(head);
    this.pairs.push({ base: base.finding, head: head.finding });
  }
}

/** How far two places are from each other; reports that no scanner shares are the last to be taken for the same. */
function apart(
  left: Placed,
  right: Placed,
): { isOfOthers: boolean; isElsewhere: boolean; lines: number } {
  const reporters = reportersOf(left.finding);
  return {
    isOfOthers: ![...reportersOf(right.finding)].some((scanner) => reporters.has(scanner)),
    isElsewhere: left.path !== right.path,
    lines: Math.abs(left.line - right.line),
  };
}

function keyOf({ finding, path, line }: Placed): string {
  return `${String(line)}\n${finding.fingerprint}\n${path}`;
}
