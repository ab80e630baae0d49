import type { ShellCommand } from './shell-commands';
import { baseName } from '../paths';

/** What a command runs, without the words that only stand before it. */
export interface Program {
  /** The last part of its path: `/usr/bin/curl` is `curl`. */
  readonly name: string;
  readonly args: readonly string[];
  /** The words before it that start it, such as `sudo`, with their options. */
  readonly prefix: readonly string[];
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/u;
const SHELL_WORDS: ReadonlySet<string> = new Set([
  'if',
  'then',
  'else',
  'elif',
  'while',
  'until',
  'do',
  '!',
  '{',
  '}',
  'fi',
  'done',
]);
/** Programs that run the program named after their options; those options that take a value of their own. */
const WRAPPERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['sudo', new Set(['-u', '-g', '-h', '-p'])],
  ['env', new Set(['-u', '-C'])],
  ['nice', new Set(['-n'])],
  ['exec', new Set(['-a'])],
  ['nohup', new Set<string>()],
  ['command', new Set<string>()],
  ['time', new Set<string>()],
  ['eatmydata', new Set<string>()],
]);

/** The program of a command; `null` where it only sets variables or is a keyword of the shell. */
export function programOf({ words }: ShellCommand): Program | null {
  let at = 0;
  for (;;) {
    const word = words[at];
    if (word === undefined) return null;
    if (ASSIGNMENT.test(word) || SHELL_WORDS.has(word)) {
      at += 1;
      continue;
    }
    const name = baseName(word);
    const valued = WRAPPERS.get(name);
    if (valued === undefined) {
      return { name, args: words.slice(at + 1), prefix: words.slice(0, at) };
    }
    at = afterOptions(words, at + 1, valued);
  }
}

function afterOptions(
  words: readonly string[],
  start: number,
  valued: ReadonlySet<string>,
): number {
  let at = start;
  for (let word = words[at]; word?.startsWith('-') === true; word = words[at]) {
    at += valued.has(word) ? 2 : 1;
  }
  return at;
}

/** `NAME=value` before a command or after `export`, by name. */
export function assignmentsOf({ words }: ShellCommand): Map<string, string> {
  const assignments = new Map<string, string>();
  for (const word of words) {
    if (word === 'export' || word === 'env') continue;
    if (!ASSIGNMENT.test(word)) break;
    const end = word.indexOf('=');
    assignments.set(word.slice(0, end), word.slice(end + 1));
  }
  return assignments;
}
