import type { JsonReader } from '../json/json-reader';
import type { SourceSnippet } from '../pipeline/snippet';

/** As far as identity looks (ADR 0003). */
const MAX_MATCHED_LINES = 10;
const MAX_SNIPPET_LINES = 7;
/** Of a snippet; tools that quote whole files are cut. */
const MAX_QUOTED_CHARACTERS = 50_000;

/** Where in its file a result lies, and what the log quotes of it. */
export interface QuotedRegion {
  readonly lineStart: number | null;
  readonly lineEnd: number | null;
  /** The matched lines, as far as they are quoted; `null` where nothing is. */
  readonly sourceLines: readonly string[] | null;
  readonly snippet: SourceSnippet | null;
}

const NO_REGION: QuotedRegion = {
  lineStart: null,
  lineEnd: null,
  sourceLines: null,
  snippet: null,
};

interface Quote {
  readonly startLine: number;
  readonly lines: readonly string[];
}

/**
 * Reads a physicalLocation's regions (SARIF 3.29.4, 3.29.5). The context region comes first where it holds the matched lines: it
 * quotes whole lines, while the region itself may quote a part of one.
 */
export function readRegion(location: JsonReader): QuotedRegion {
  const region = location.field('region');
  const lineStart = lineIn(region, 'startLine');
  if (lineStart === null) return NO_REGION;
  const lineEnd = Math.max(lineStart, lineIn(region, 'endLine') ?? lineStart);
  const own = quoteIn(region);
  const context = quoteIn(location.field('contextRegion'));
  const matched = linesOf(context, lineStart, lineEnd) ?? linesOf(own, lineStart, lineEnd);
  const shown = context ?? own;
  return {
    lineStart,
    lineEnd,
    sourceLines: matched,
    snippet: shown === null ? null : aroundLine(shown, lineStart),
  };
}

function lineIn(region: JsonReader, name: string): number | null {
  if (region.isAbsent) return null;
  const field = region.field(name);
  return field.isAbsent ? null : field.line();
}

function quoteIn(region: JsonReader): Quote | null {
  const startLine = lineIn(region, 'startLine');
  if (startLine === null || region.field('snippet').isAbsent) return null;
  const text = region.field('snippet').field('text').optionalString();
  if (text === null || text.trim() === '') return null;
  const lines = text.slice(0, MAX_QUOTED_CHARACTERS).split('\n');
  return {
    startLine,
    lines: lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)),
  };
}

function linesOf(quote: Quote | null, start: number, end: number): readonly string[] | null {
  if (quote === null || start < quote.startLine) return null;
  const first = start - quote.startLine;
  const count = Math.min(end - start + 1, MAX_MATCHED_LINES);
  const lines = quote.lines.slice(first, first + count);
  return lines.length === 0 ? null : lines;
}

function aroundLine({ startLine, lines }: Quote, line: number): SourceSnippet {
  const first = Math.max(0, Math.min(line - startLine, lines.length - 1) - 3);
  const shown = lines.slice(first, first + MAX_SNIPPET_LINES);
  // A quote that ends with its last line's end has no further line.
  while (shown.at(-1)?.trim() === '') shown.pop();
  return { startLine: startLine + first, lines: shown };
}
