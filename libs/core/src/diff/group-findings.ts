import type { Finding } from '../model/finding';
import { isActive } from '../model/suppression';

/** Findings of both sides that are one thing: connected by fingerprints that any of their reporters gave. */
export interface FindingGroup {
  readonly base: SideOfGroup;
  readonly head: SideOfGroup;
}

export interface SideOfGroup {
  readonly active: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

interface GrowingGroup {
  readonly base: { readonly active: Finding[]; readonly suppressed: Finding[] };
  readonly head: { readonly active: Finding[]; readonly suppressed: Finding[] };
}

/**
 * Puts the findings of two sides into groups, in the order of the first finding of each. Each keeps the order of its side.
 * Takes time in proportion to the number of aliases.
 */
export function groupFindings(
  base: readonly Finding[],
  head: readonly Finding[],
): readonly FindingGroup[] {
  const all = [...base, ...head];
  const sets = new DisjointSets(all.length);
  const firstWith = new Map<string, number>();
  all.forEach((finding, index) => {
    for (const fingerprint of fingerprintsOf(finding)) {
      const earlier = firstWith.get(fingerprint);
      if (earlier === undefined) firstWith.set(fingerprint, index);
      else sets.join(earlier, index);
    }
  });
  const groups = new Map<number, GrowingGroup>();
  all.forEach((finding, index) => {
    const root = sets.rootOf(index);
    const group = groups.get(root) ?? emptyGroup();
    groups.set(root, group);
    const side = index < base.length ? group.base : group.head;
    (isActive(finding) ? side.active : side.suppressed).push(finding);
  });
  return [...groups.values()];
}

function* fingerprintsOf({ fingerprint, aliases }: Finding): Generator<string> {
  yield fingerprint;
  for (const alias of aliases) if (alias.fingerprint !== fingerprint) yield alias.fingerprint;
}

function emptyGroup(): GrowingGroup {
  return { base: { active: [], suppressed: [] }, head: { active: [], suppressed: [] } };
}

/** Union-find with path halving: which numbers belong together. */
class DisjointSets {
  private readonly parents: Int32Array;

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, index) => index);
  }

  rootOf(index: number): number {
    let at = index;
    for (;;) {
      const parent = this.parents[at] ?? at;
      if (parent === at) return at;
      const grandparent = this.parents[parent] ?? parent;
      this.parents[at] = grandparent;
      at = grandparent;
    }
  }

  /** The smaller number stays the root, so that the order of the groups is the order of their first findings. */
  join(a: number, b: number): void {
    const [left, right] = [this.rootOf(a), this.rootOf(b)];
    this.parents[Math.max(left, right)] = Math.min(left, right);
  }
}

/**
 * How many things the findings of one side of a group are: the largest number that one scanner reports of them. Two scanners
 * that report one thing on neighbouring lines do not make two of it.
 */
export function countThings(findings: readonly Finding[]): number {
  if (findings.length <= 1) return findings.length;
  return Math.max(...countByReporter(findings).values());
}

/** How many of the findings each scanner reports. */
export function countByReporter(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    for (const scanner of reportersOf(finding)) counts.set(scanner, (counts.get(scanner) ?? 0) + 1);
  }
  return counts;
}

/** Each scanner that reports the finding, once. */
export function reportersOf({ scanner, aliases }: Finding): ReadonlySet<string> {
  return new Set([scanner, ...aliases.map((alias) => alias.scanner)]);
}
