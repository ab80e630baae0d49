import type { FindingBody, JsonValue } from '@securescan/contracts';

export interface SnippetLine {
  readonly number: number;
  readonly text: string;
  readonly isMarked: boolean;
}

/** `src/a.ts:12`, or what there is of it. */
export function locationOf(finding: FindingBody): string | null {
  if (finding.file_path === null) return null;
  return finding.line_start === null
    ? finding.file_path
    : `${finding.file_path}:${finding.line_start}`;
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

/** Web addresses that the scanner gave for further reading. Anything but http and https is left out: the text is a tool's. */
export function referencesOf(finding: FindingBody): readonly string[] {
  const references = finding.metadata['references'];
  if (!Array.isArray(references)) return [];
  return references.filter((reference) => typeof reference === 'string').filter(isWebAddress);
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
