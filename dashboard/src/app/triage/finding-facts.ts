import type { FindingBody, JsonValue } from '@securescan/contracts';

export interface SnippetLine {
  readonly number: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/** The lines of code that the engine stored with the finding, those of the finding itself marked; empty where there are none. */
export function snippetOf(finding: FindingBody): readonly SnippetLine[] {
  const snippet = finding.metadata['snippet'];
  if (!isRecord(snippet)) return [];
  const start = snippet['start_line'];
  const lines = snippet['lines'];
  if (typeof start !== 'number' || !Array.isArray(lines)) return [];
  const first = finding.line_start ?? -1;
  const last = finding.line_end ?? first;
  return lines
    .filter((line) => typeof line === 'string')
    .map((text, index) => {
      const number = start + index;
      return { number, text, isMarked: number >= first && number <= last };
    });
}

export interface Reference {
  readonly text: string;
  /** Whether it may be a link: only http and https may, for the text is a tool's. */
  readonly isLink: boolean;
}

/** What the scanner gave for further reading, each once, in its order. */
export function referencesOf(finding: FindingBody): readonly Reference[] {
  const references = finding.metadata['references'];
  if (!Array.isArray(references)) return [];
  const texts = references.filter((reference) => typeof reference === 'string');
  return [...new Set(texts)]
    .filter((text) => text !== '')
    .map((text) => ({ text, isLink: isWebAddress(text) }));
}

export interface Advice {
  readonly model: string;
  readonly text: string;
}

/** What a language model said of how to mend it, which nobody has checked; `null` where none was asked. */
export function adviceOf(finding: FindingBody): Advice | null {
  const advice = finding.metadata['ai_remediation'];
  if (!isRecord(advice) || typeof advice['text'] !== 'string') return null;
  const model = advice['model'];
  return { model: typeof model === 'string' ? model : 'unknown', text: advice['text'] };
}

/** The page of a weakness in MITRE's catalogue. */
export function cweAddress(cwe: string): string | null {
  const [, number] = /^CWE-(\d+)$/.exec(cwe) ?? [];
  return number === undefined ? null : `https://cwe.mitre.org/data/definitions/${number}.html`;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isRecord(value: JsonValue | undefined): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
