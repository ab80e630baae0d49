import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root | Root['children'][number];

/** As GitHub's dialect is parsed, without positions. */
export function markdownTree(markdown: string): Root {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return withoutPositions(tree) as Root;
}

function withoutPositions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === 'position' ? undefined : one)));
}

/** Every node, parents first. */
export function nodesOf(node: Node): Node[] {
  const children: readonly Node[] = 'children' in node ? node.children : [];
  return [node, ...children.flatMap(nodesOf)];
}

/** The text outside of code, as the page shows it. */
export function textOf(node: Node): string {
  return nodesOf(node)
    .map((one) => (one.type === 'text' ? one.value : ' '))
    .join('')
    .replace(/^ +(?=\S)/, '');
}

/** The structure of a tree: what it is made of, and nothing of what it says. */
export function structureOf(node: Node): unknown {
  if (node.type === 'html') return `html ${node.value}`;
  if (!('children' in node)) return node.type;
  const shape = node.type === 'link' ? 'link' : node.type;
  return [shape, ...node.children.map(structureOf)];
}

const REACHES_OUT: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['mention', /(?:^|[^\w`])@[a-z\d]/iu],
  ['issue', /#\d/u],
  ['issue', /\bgh-\d/iu],
  ['commit', /\b[\da-f]{7,40}\b/iu],
  ['emoji', /:[\w+-]+:/u],
  ['address', /:\/\/|(?:mailto|xmpp):\w|\bwww\.|\w@\w/iu],
];

/** What GitHub would turn into links, notices and pictures once the page is made: looked for in text outside of code. */
export function reachesOut(text: string): string[] {
  return REACHES_OUT.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);
}
