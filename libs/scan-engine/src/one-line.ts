import { redactSecrets, SecureScanError } from '@securescan/core';

const MAX_CHARACTERS = 300;
const TERMINAL_SEQUENCE =
  /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;

/** Makes one short line of a text from outside: no terminal sequences, no control characters, no secrets. */
export function oneLine(text: string): string {
  const plain = redactSecrets(text)
    .replace(TERMINAL_SEQUENCE, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return plain.length > MAX_CHARACTERS ? `${plain.slice(0, MAX_CHARACTERS - 1)}…` : plain;
}

/** What a tool said last on standard error: the last line with a letter in it, or nothing. */
export function lastWords(stderr: string): string {
  const lines = stderr.split(/[\r\n]+/).map(oneLine);
  return lines.findLast((line) => /\p{L}/u.test(line)) ?? '';
}

/** One line that says why something threw. */
export function describeFailure(error: unknown): string {
  if (error instanceof SecureScanError) return oneLine(error.message);
  return oneLine(`unexpected failure: ${error instanceof Error ? error.message : String(error)}`);
}

/** What an outcome tells, without the place of the tree on this machine: the same tree reads the same anywhere. */
export function withoutRoot(text: string, root: string): string {
  return root === '/' ? text : text.replaceAll(`${root}/`, '').replaceAll(root, '.');
}
