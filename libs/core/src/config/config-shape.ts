import { isAlias, isMap, isNode, isPair, isSeq, type Node, type ParsedNode } from 'yaml';

/** The deepest that a configuration goes is a list within a mapping within a list. */
const MAX_DEPTH = 6;
const MAX_NODES = 50_000;

export const TOO_DEEP = 'it is nested too deeply';

type Complain = (message: string, offset: number) => void;

/**
 * Complains about what YAML allows and a configuration has no need for: anchors, aliases, tags, depth, and a number of values
 * that nobody wrote by hand. Returns whether the values can be read.
 */
export function checkShape(top: ParsedNode | null, complain: Complain): boolean {
  const open: { readonly node: Node; readonly depth: number }[] = [];
  const add = (node: unknown, depth: number): void => {
    if (isNode(node)) open.push({ node, depth });
  };
  add(top, 1);
  for (let seen = 0; ; seen += 1) {
    const next = open.pop();
    if (next === undefined) return true;
    const offset = next.node.range?.[0] ?? 0;
    const refusal = seen >= MAX_NODES ? 'it has too many entries' : depthProblem(next.depth);
    if (refusal !== null) {
      complain(refusal, offset);
      return false;
    }
    complainOfNode(next.node, complain, offset);
    for (const child of childrenOf(next.node)) add(child, next.depth + 1);
  }
}

function depthProblem(depth: number): string | null {
  return depth > MAX_DEPTH ? TOO_DEEP : null;
}

function complainOfNode(node: Node, complain: Complain, offset: number): void {
  if (isAlias(node)) {
    complain(`the alias *${short(node.source)} is not followed; write the value out`, offset);
    return;
  }
  if ('anchor' in node && typeof node.anchor === 'string')
    complain(
      `the anchor &${short(node.anchor)} serves nothing here, because aliases are not followed; remove it`,
      offset,
    );
  if (node.tag !== undefined)
    complain(`the tag of this value is not known here; write the value alone`, offset);
}

function childrenOf(node: Node): readonly unknown[] {
  if (!isMap(node) && !isSeq(node)) return [];
  return node.items.flatMap((item: unknown) => (isPair(item) ? [item.key, item.value] : [item]));
}

function short(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
