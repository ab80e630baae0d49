import {
  OUTCOME_STATUSES,
  SCAN_TYPES,
  SEVERITIES,
  SUPPRESSION_NOTICE_KINDS,
  SUPPRESSION_NOTICE_SOURCES,
  type JsonObject,
} from '@securescan/contracts';
import { normaliseCwe } from '../fingerprint/normalise-cwe';
import type { JsonReader } from '../json/json-reader';
import type { ParsedFinding } from '../model/finding';
import { suppressionOf, type Suppression } from '../model/suppression';
import type { LocatedInput } from '../pipeline/assemble-findings';
import type { Reporter } from '../pipeline/reporters';
import type { SourceSnippet } from '../pipeline/snippet';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import { placeOfPath } from './artifact-path';
import type { ImportedDocument, ImportedTool } from './imported-document';
import {
  MAX_ID_CHARACTERS,
  MAX_ITEMS,
  MAX_METADATA_CHARACTERS,
  MAX_NOTE_CHARACTERS,
  MAX_NOTES,
  MAX_NOTICES,
  MAX_PATH_CHARACTERS,
  MAX_REMEDIATION_CHARACTERS,
  MAX_RESULTS,
  MAX_TEXT_CHARACTERS,
  MAX_TITLE_CHARACTERS,
} from './import-limits';
import { tidyField, tidyNote, tidyText } from './tidy-text';

const VERSION = 1;
const SCANNER_NAME = /^[a-z][a-z0-9_-]{0,63}$/;
const MAX_SNIPPET_LINES = 7;
const MAX_SNIPPET_LINE_CHARACTERS = 1_000;
const MAX_CONTEXT_CHARACTERS = 50_000;

/** Reads a JSON report of ours. Throws UserError IMPORT_INVALID that names the place of what is wrong. */
export function readReport(report: JsonReader): ImportedDocument {
  const version = report.field('version');
  if (version.isAbsent || version.integer() !== VERSION) throw version.refusal(String(VERSION));
  return {
    format: 'securescan',
    project: tidyField(report.field('project'), MAX_ID_CHARACTERS),
    scanTypes: report
      .field('scan_types')
      .itemsUpTo(SCAN_TYPES.length)
      .map((type) => wordIn(type, SCAN_TYPES)),
    tools: report.field('scanner_outcomes').itemsUpTo(MAX_ITEMS).map(readTool),
    inputs: present(report.field('findings')).itemsUpTo(MAX_RESULTS).map(readFinding),
    notices: report.field('suppression_notices').itemsUpTo(MAX_NOTICES).map(readNotice),
  };
}

function present(field: JsonReader): JsonReader {
  if (field.isAbsent) throw field.refusal('a list');
  return field;
}

function wordIn<T extends string>(field: JsonReader, words: readonly T[]): T {
  const text = field.isText ? field.string() : null;
  const known = words.find((word) => word === text);
  if (known === undefined) throw field.refusal(`one of ${words.join(', ')}`);
  return known;
}

function scannerIn(field: JsonReader): string {
  const name = field.string();
  if (!SCANNER_NAME.test(name)) throw field.refusal('the name of a scanner');
  return name;
}

function readTool(outcome: JsonReader): ImportedTool {
  const scanner = scannerIn(outcome.field('scanner'));
  const reason = tidyField(outcome.field('reason'), MAX_NOTE_CHARACTERS);
  return {
    scanner,
    name: scanner,
    version: tidyField(outcome.field('version'), MAX_ID_CHARACTERS),
    status: wordIn(outcome.field('status'), OUTCOME_STATUSES),
    reason: reason === null ? null : tidyNote(reason),
    findings_count: outcome.field('findings_count').count(),
    notes: outcome
      .field('notes')
      .itemsUpTo(MAX_ITEMS)
      .slice(0, MAX_NOTES)
      .map((note) => tidyNote(note.string())),
  };
}

function readNotice(notice: JsonReader): SuppressionNotice {
  return {
    kind: wordIn(notice.field('kind'), SUPPRESSION_NOTICE_KINDS),
    source: wordIn(notice.field('source'), SUPPRESSION_NOTICE_SOURCES),
    filePath: tidyField(notice.field('file_path'), MAX_PATH_CHARACTERS),
    line: notice.field('line').count(),
    rule: tidyField(notice.field('rule'), MAX_ID_CHARACTERS),
    message: tidyText(notice.field('message').string(), MAX_TEXT_CHARACTERS),
  };
}

function readFinding(item: JsonReader): LocatedInput {
  const scanner = scannerIn(item.field('scanner'));
  const lineStart = lineIn(item.field('line_start'));
  const { snippet, ...metadata } = metadataIn(item);
  const source = sourceOf(item, snippet !== undefined);
  const suppression = importedSuppression(metadata);
  const { own, others } = readReporters(item, scanner);
  const parsed: ParsedFinding = {
    ...textsIn(item),
    ruleId: item.field('rule_id').stringUpTo(MAX_ID_CHARACTERS).toWellFormed(),
    severity: wordIn(item.field('severity'), SEVERITIES),
    filePath: null,
    lineStart,
    lineEnd: lineIn(item.field('line_end')) ?? lineStart,
    cwe: weaknessIn(item),
    metadata,
    ...(own === null ? {} : { discriminator: own }),
  };
  return {
    scanner,
    scanType: wordIn(item.field('scan_type'), SCAN_TYPES),
    registryIndex: 0,
    parsed,
    filePath: pathIn(item.field('file_path')),
    sourceLines: linesOf(source, parsed),
    snippet: source,
    ...(suppression === null ? {} : { suppression }),
    ...(others.length === 0 ? {} : { reporters: others }),
  };
}

function lineIn(field: JsonReader): number | null {
  return field.isAbsent ? null : field.line();
}

function textsIn(item: JsonReader): Pick<ParsedFinding, 'title' | 'description' | 'remediation'> {
  return {
    title: tidyText(item.field('title').string(), MAX_TITLE_CHARACTERS),
    description: tidyField(item.field('description'), MAX_TEXT_CHARACTERS) ?? '',
    remediation: tidyField(item.field('remediation'), MAX_REMEDIATION_CHARACTERS),
  };
}

function pathIn(field: JsonReader): string | null {
  if (field.isAbsent) return null;
  const place = placeOfPath(field.stringUpTo(MAX_PATH_CHARACTERS));
  if (place.kind === 'file') return place.path;
  throw field.refusal('a path inside the project');
}

function metadataIn(item: JsonReader): JsonObject {
  const field = item.field('metadata');
  const metadata = field.optionalJson();
  if (JSON.stringify(metadata).length <= MAX_METADATA_CHARACTERS) return metadata;
  throw field.refusal(`an object of at most ${String(MAX_METADATA_CHARACTERS)} characters`);
}

function importedSuppression(metadata: JsonObject): Suppression | null {
  const told = suppressionOf({ metadata });
  if (told === null) return null;
  const reason = told.reason === null ? '' : `: ${tidyText(told.reason, MAX_TEXT_CHARACTERS)}`;
  return { kind: 'import', reason: `SecureScan, ${told.kind}${reason}` };
}

function sourceOf(item: JsonReader, hasSnippet: boolean): SourceSnippet | null {
  if (!hasSnippet) return null;
  const snippet = item.field('metadata').field('snippet');
  const lines = snippet.field('lines').itemsUpTo(MAX_SNIPPET_LINES);
  return {
    startLine: snippet.field('start_line').count(),
    lines: lines.map((line) => line.string().slice(0, MAX_SNIPPET_LINE_CHARACTERS)),
  };
}

/** The matched lines, as far as the stored code holds them. */
function linesOf(
  source: SourceSnippet | null,
  { lineStart, lineEnd }: ParsedFinding,
): readonly string[] | null {
  if (source === null || lineStart === null) return null;
  const first = lineStart - source.startLine;
  if (first < 0) return null;
  return source.lines.slice(first, first + Math.max(1, (lineEnd ?? lineStart) - lineStart + 1));
}

function weaknessIn(item: JsonReader): string | null {
  return normaliseCwe(tidyField(item.field('cwe'), MAX_ID_CHARACTERS));
}

interface Reporters {
  /** The finding's own line context, where the report shows it. */
  readonly own: string | null;
  readonly others: readonly Reporter[];
}

function readReporters(item: JsonReader, scanner: string): Reporters {
  const ruleId = item.field('rule_id').string();
  const cwe = weaknessIn(item);
  let own: string | null = null;
  const others: Reporter[] = [];
  for (const alias of item.field('aliases').itemsUpTo(MAX_ITEMS)) {
    const reporter = readReporter(alias, cwe);
    if (reporter.scanner === scanner && reporter.ruleId === ruleId) own ??= reporter.lineContext;
    else others.push(reporter);
  }
  return { own, others };
}

function readReporter(alias: JsonReader, cwe: string | null): Reporter {
  const context = alias.field('line_context').optionalString();
  return {
    scanner: scannerIn(alias.field('scanner')),
    ruleId: alias.field('rule_id').stringUpTo(MAX_ID_CHARACTERS).toWellFormed(),
    cwe: alias.has('cwe') ? weaknessIn(alias) : cwe,
    lineContext: context === null ? null : context.slice(0, MAX_CONTEXT_CHARACTERS),
  };
}
