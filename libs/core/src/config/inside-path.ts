import { quoted, type ConfigNode } from './config-node';
import { readLine } from './line-text';

const MAX_CHARACTERS = 1_000;
/** `auto`, and packs and single rules of semgrep's registry. */
const REGISTRY = /^(?:auto$|[pr]\/)/u;
const URL_LIKE = /^[a-z][a-z0-9+.-]+:\/\//iu;
const DRIVE = /^[a-z]:/iu;

/**
 * Reads a path that is relative to the directory of the configuration and stays inside the project, which begins `depth`
 * directories above. Returns it as POSIX path without `.` segments and without a slash at its end; it may begin with `..`.
 */
export function readInsidePath(node: ConfigNode, depth: number): string | null {
  const text = readLine(node, MAX_CHARACTERS);
  if (text === null) return null;
  const problem = problemOfPath(text);
  if (problem !== null) {
    node.wrong(`is ${quoted(text)}, ${problem}`);
    return null;
  }
  const path = normalised(text);
  if (levelsUp(path) <= depth) return path;
  node.wrong(`is ${quoted(text)}, which leaves the project; name a file or directory inside it`);
  return null;
}

/** As `readInsidePath`. What names rules of semgrep's registry is refused: a tree must not choose what a scan downloads. */
export function readRulePath(node: ConfigNode, depth: number): string | null {
  const text = node.text();
  if (text === null) return null;
  if (!REGISTRY.test(text)) return readInsidePath(node, depth);
  node.wrong(
    `is ${quoted(text)}, which names rules of semgrep's registry; a configuration names files of the project only, so pass it with --semgrep-rules or SECURESCAN_SEMGREP_RULES, or write ./${text} for a path`,
  );
  return null;
}

function problemOfPath(text: string): string | null {
  if (URL_LIKE.test(text)) return 'which is a URL; name a file or directory of the project';
  if (text.includes('\\')) return 'which has a backslash; write paths with /';
  if (text.startsWith('/') || DRIVE.test(text))
    return 'which is absolute; write it relative to the directory of this file';
  if (text.startsWith('~'))
    return 'which begins with ~; write it relative to the directory of this file';
  return null;
}

/** `a/../../b` is `../b`: links on the way are the business of whoever opens it. */
function normalised(text: string): string {
  const segments: string[] = [];
  for (const segment of text.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.length === 0 ? '.' : segments.join('/');
}

function levelsUp(path: string): number {
  return path.split('/').filter((segment) => segment === '..').length;
}
