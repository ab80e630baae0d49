import { SCAN_TYPES, SCOPES, SEVERITIES, OUTPUT_FORMATS, VERDICTS } from '@securescan/contracts';
import { REVIEW_EVENTS, SARIF_LIMITS } from '@securescan/core';
import { SCANNERS } from '@securescan/scan-engine';

/** What may stand in one place of a line. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' }
  | { readonly kind: 'directories' }
  /** Nothing that can be guessed. */
  | { readonly kind: 'none' };

const FILES: Values = { kind: 'files' };
const DIRECTORIES: Values = { kind: 'directories' };
const NONE: Values = { kind: 'none' };

/** The word between the brackets of a flag or argument decides what completes it; a test asks for every one in use. */
const BY_PLACEHOLDER: ReadonlyMap<string, Values> = new Map([
  ['type', wordsOf(SCAN_TYPES)],
  ['types', wordsOf(SCAN_TYPES)],
  ['scope', wordsOf(SCOPES)],
  ['severity', wordsOf(SEVERITIES)],
  ['verdicts', wordsOf(VERDICTS)],
  ['format', wordsOf(OUTPUT_FORMATS)],
  ['event', wordsOf(REVIEW_EVENTS)],
  ['limits', wordsOf(SARIF_LIMITS)],
  ['scanner', wordsOf(SCANNERS.map(({ name }) => name))],
  ['file', FILES],
  ['format=file', NONE],
  ['target', FILES],
  ['rules', FILES],
  ['directory', DIRECTORIES],
  ['address', NONE],
  ['fingerprint', NONE],
  ['hash', NONE],
  ['host', NONE],
  ['id', NONE],
  ['name', NONE],
  ['number', NONE],
  ['port', NONE],
  ['url', NONE],
  ['ref', NONE],
  ['repo', NONE],
  ['sha', NONE],
  ['text', NONE],
  ['time', NONE],
]);

/** What completes a placeholder: its own choices before what its name stands for. Files where nobody knows it. */
export function valuesOf(placeholder: string, choices: readonly string[] | undefined): Values {
  return choices === undefined ? (BY_PLACEHOLDER.get(placeholder) ?? FILES) : wordsOf(choices);
}

export function isKnownPlaceholder(placeholder: string): boolean {
  return BY_PLACEHOLDER.has(placeholder);
}

function wordsOf(words: readonly string[]): Values {
  return { kind: 'words', words };
}
