import type { JsonReader } from '@securescan/core';

/** One line for one entry of semgrep's `errors`: which file, what happened, by which rule. */
export function semgrepErrorNote(error: JsonReader): string {
  const path = error.field('path').optionalString();
  const what = describe(error);
  return path === null ? what : `${path}: ${what}`;
}

type Explain = (error: JsonReader) => string;

const UNREAD: Explain = (error) => `not read, because of a syntax error${linesOf(error)}`;
const OUT_OF_TIME: Explain = (error) => `a rule ran out of time${ruleOf(error)}`;
const OUT_OF_MEMORY: Explain = (error) => `a rule ran out of memory${ruleOf(error)}`;

/** By the types that semgrep gives its errors; what is not here speaks for itself. */
const EXPLANATIONS: ReadonlyMap<string | null, Explain> = new Map([
  ['PartialParsing', (error) => `only partly read, because of a syntax error${linesOf(error)}`],
  ['Syntax error', UNREAD],
  ['Lexical error', UNREAD],
  ['Other syntax error', UNREAD],
  ['AST builder error', UNREAD],
  ['Timeout', OUT_OF_TIME],
  ['Fixpoint timeout', OUT_OF_TIME],
  ['Out of memory', OUT_OF_MEMORY],
  ['Stack overflow', OUT_OF_MEMORY],
]);

function describe(error: JsonReader): string {
  const explain = EXPLANATIONS.get(error.field('type').firstString());
  return explain === undefined ? `${messageOf(error)}${ruleOf(error)}` : explain(error);
}

function ruleOf(error: JsonReader): string {
  const rule = error.field('rule_id').optionalString();
  return rule === null ? '' : ` (rule ${rule})`;
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
