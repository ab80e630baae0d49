import type { DirectNeeds, LockGraph, LockNode } from '../lock-graph';
import { pypiName } from '../../pypi-name';

/** For each package of a requirements file, who needs it. */
export type Reasons = Map<LockNode, readonly string[]>;

/**
 * The reasons that pip-compile and uv write into the comments behind a requirement: `# via flask, -r app.in`, or `# via` and one
 * of them in each following line.
 */
export function reasonsIn(comments: readonly string[]): string[] {
  const first = comments.findIndex((comment) => /^\s{0,8}via(?:\s|$)/u.test(comment));
  if (first === -1) return [];
  const inFirst = (comments[first] ?? '').trim().slice('via'.length);
  const below = comments.slice(first + 1);
  const end = below.findIndex((comment) => !/^ {2,8}\S/u.test(comment));
  return [...inFirst.split(','), ...(end === -1 ? below : below.slice(0, end))]
    .map((reason) => reason.trim())
    .filter((reason) => reason !== '');
}

/**
 * Turns the reasons round into needs. `null`, and nothing done, where a package has none: nobody can tell then whether what is said is
 * all of it.
 */
export function applyReasons(reasons: Reasons, graph: LockGraph): DirectNeeds | null {
  if (reasons.size === 0 || [...reasons.values()].some((list) => list.length === 0)) return null;
  const required: LockNode[] = [];
  for (const [node, list] of reasons) {
    for (const reason of list) {
      if (isOfProject(reason)) required.push(node);
      else if (!reason.startsWith('-')) {
        const needing = graph.named(pypiName(reason.replace(/\[.*$/u, '')));
        for (const other of needing) other.needs.add(node);
      }
    }
  }
  return { required, optional: [], dev: [] };
}

/** `-r app.in`, or a file that the project is built from: `app (pyproject.toml)`. */
function isOfProject(reason: string): boolean {
  return (
    /^(?:-r|--requirement)\s/u.test(reason) ||
    /\((?:pyproject\.toml|setup\.(?:py|cfg))\b/u.test(reason)
  );
}
