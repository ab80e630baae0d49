import type { LockedPackage } from '../locked-package';

/** A package, or one of the project's own, with what it needs. */
export interface GraphNode {
  readonly dependencies: readonly string[];
  /** What may be missing. */
  readonly optional: readonly string[];
}

/** What the project's own packages need, by the kind of need. */
export interface GraphRoots {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly dev: readonly string[];
}

/**
 * For what each key is needed: `dev` where it is reached through needs of development alone, `optional` where every other way to it
 * leads through something that may be missing. What nothing leads to counts as required: somebody put it there for a reason.
 */
export function scopesOf(
  nodes: ReadonlyMap<string, GraphNode>,
  roots: GraphRoots,
): (key: string) => LockedPackage['scope'] {
  const required = reached(nodes, roots.required, false);
  const needed = reached(nodes, [...roots.required, ...roots.optional], true);
  const dev = reached(nodes, roots.dev, true);
  return (key) => {
    if (required.has(key)) return 'required';
    if (needed.has(key)) return 'optional';
    return dev.has(key) ? 'dev' : 'required';
  };
}

function reached(
  nodes: ReadonlyMap<string, GraphNode>,
  starts: readonly string[],
  throughOptional: boolean,
): ReadonlySet<string> {
  const seen = new Set<string>(starts);
  const pending = [...seen];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    const node = nodes.get(key);
    if (node === undefined) continue;
    for (const next of throughOptional
      ? [...node.dependencies, ...node.optional]
      : node.dependencies) {
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
  }
  return seen;
}

/** What is said of entries that a reader makes nothing of, if there are any. */
export function unreadNotes(count: number): string[] {
  if (count === 0) return [];
  return [`${counted(count, 'package')} whose name could not be told, and left out`];
}

/** `1 package`, `2 packages`. */
export function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${String(count)} ${what}s`;
}
