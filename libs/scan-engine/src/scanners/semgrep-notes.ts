import type { JsonReader } from './json-reader';

/** One line for one entry of semgrep's `errors`: which file, what happened, by which rule. */
export function semgrepErrorNote(error: JsonReader): string {
  const path = error.field('path').optionalString();
  const what = describe(error);
  return path === null ? what : `${path}: ${what}`;
}

function describe(error: JsonReader): string {
  const rule = error.field('rule_id').optionalString();
  const byRule = rule === null ? '' : ` (rule ${rule})`;
  switch (error.field('type').firstString()) {
    case 'PartialParsing':
      return `only partly read, because of a syntax error${linesOf(error)}`;
    case 'Syntax error':
    case 'Lexical error':
    case 'Other syntax error':
    case 'AST builder error':
      return `not read, because of a syntax error${linesOf(error)}`;
    case 'Timeout':
    case 'Fixpoint timeout':
    case 'Timeout during interfile analysis':
      return `a rule ran out of time${byRule}`;
    case 'Out of memory':
    case 'OutOfMemory':
    case 'OOM during interfile analysis':
    case 'Stack overflow':
    case 'StackOverflow':
      return `a rule ran out of memory${byRule}`;
    default:
      return `${messageOf(error)}${byRule}`;
  }
}

function linesOf(error: JsonReader): string {
  const first = error.field('spans').optionalItems()[0];
  const line = first?.field('start').field('line').line() ?? null;
  return line === null ? '' : ` near line ${String(line)}`;
}

function messageOf(error: JsonReader): string {
  const message =
    error.field('message').optionalString() ?? error.field('long_msg').optionalString();
  return message?.split('\n', 1)[0] ?? 'an error without a message';
}
