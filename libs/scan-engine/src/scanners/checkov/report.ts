import type { JsonReader } from '@securescan/core';
import type { JsonObject, Severity } from '@securescan/contracts';
import type { ParsedFinding } from '@securescan/core';
import type { ScannerReport, SkippedFile } from '../../scanner';
import { readToolJson } from '../json-reader';
import { WHOLE_FILE } from '../whole-file';
import { topicOf } from './topics';

const SEVERITIES: ReadonlyMap<string, Severity> = new Map<string, Severity>([
  ['CRITICAL', 'critical'],
  ['HIGH', 'high'],
  ['MEDIUM', 'medium'],
  ['LOW', 'low'],
  ['INFO', 'info'],
]);
/** Checkov knows severities only with an account of its vendor. */
const SEVERITY_OF_UNKNOWN = 'medium';
const NO_COMMENT = 'No comment provided';
const POLICY_INDEX = 'https://www.checkov.io/5.Policy%20Index';
const FRAMEWORK_NAME = /^[a-z_]{1,40}$/u;
/** Frameworks whose checks are listed among those of another. */
const INDEX_PAGES: ReadonlyMap<string, string> = new Map([
  ['terraform_json', 'terraform'],
  ['terraform_plan', 'terraform'],
]);
/** It reads every JSON file of the tree, and calls those with comments in them broken plans. */
const READS_ANY_JSON = 'terraform_plan';
const MAX_KEYS = 5;
const EMPTY: ScannerReport = { findings: [], assessed: [], skipped: [], notes: [] };

/**
 * Reads what `checkov -o json` writes: one report, a list of them (one for each framework), or bare counts where it found
 * nothing to read. Throws ScannerOutputError for anything else.
 */
export function parseCheckov(stdout: string): ScannerReport {
  const output = readToolJson('checkov', stdout);
  if (stdout.trimStart().startsWith('[')) return together(output);
  if (!output.fieldNames().includes('results')) {
    output.field('resource_count').integer();
    return EMPTY;
  }
  return toReport(output);
}

function together(output: JsonReader): ScannerReport {
  const reports = output.items().map(toReport);
  // Counts take the place of an empty list, so one is nothing that checkov wrote.
  if (reports.length === 0) output.field('results');
  return {
    findings: reports.flatMap(({ findings }) => findings),
    assessed: [...new Set(reports.flatMap(({ assessed }) => assessed ?? []))],
    skipped: reports.flatMap(({ skipped }) => skipped),
    notes: [],
  };
}

function toReport(report: JsonReader): ScannerReport {
  const type = report.field('check_type').string();
  const results = report.field('results');
  const failed = results.field('failed_checks').items();
  const muted = results.field('skipped_checks').optionalItems();
  const passed = results.field('passed_checks').optionalItems();
  const read = [...passed, ...failed, ...muted].map((check) => pathOf(check));
  return {
    findings: [
      ...failed.map((check) => toFinding(check, type)),
      ...muted.map((check) => ({
        ...toFinding(check, type),
        mutedInSource: { reason: reasonOf(check) },
      })),
    ],
    assessed: [...new Set(read)],
    skipped: results
      .field('parsing_errors')
      .optionalItems()
      .flatMap((path) => toSkipped(path, type)),
    notes: [],
  };
}

function toSkipped(path: JsonReader, type: string): SkippedFile[] {
  const skipped = { path: path.string(), reason: 'not read, because of a syntax error' };
  return type === READS_ANY_JSON ? [] : [skipped];
}

function toFinding(check: JsonReader, type: string): ParsedFinding {
  const id = check.field('check_id').string();
  const name = sentenceOf(check.field('check_name').optionalString() ?? id);
  const resource = resourceOf(check);
  const topic = topicOf(id, name);
  const [lineStart, lineEnd] = linesOf(check);
  const isWholeFile = resource === WHOLE_FILE;
  return {
    ruleId: id,
    severity: severityOf(check) ?? topic.severity ?? SEVERITY_OF_UNKNOWN,
    title: name,
    description: descriptionOf(check, name, resource),
    filePath: pathOf(check),
    // The range is all of the file where something is missing from it: no line is to blame.
    lineStart: isWholeFile ? null : lineStart,
    lineEnd: isWholeFile ? null : lineEnd,
    cwe: topic.cwe,
    remediation: topic.remediation,
    metadata: metadataOf(check, type, resource),
    discriminator: isWholeFile ? WHOLE_FILE : `${resource} ${id}`,
  };
}

/** Absolute; `file_path` begins with a slash and is relative to whatever was scanned. */
function pathOf(check: JsonReader): string {
  return check.field('file_abs_path').optionalString() ?? check.field('file_path').string();
}

/**
 * The address of the resource, without the path of the file that some frameworks put in front: it would change with the
 * directory that is scanned.
 */
function resourceOf(check: JsonReader): string {
  const address = check.field('resource_address').optionalString();
  const resource = address ?? check.field('resource').optionalString() ?? '';
  const file = check.field('file_path').string();
  if (!resource.startsWith(file)) return resource === '' ? WHOLE_FILE : resource;
  const rest = resource.slice(file.length).replace(/^\./u, '');
  return rest === '' ? WHOLE_FILE : rest;
}

function linesOf(check: JsonReader): [start: number | null, end: number | null] {
  const [first, last] = check.field('file_line_range').optionalItems();
  const start = first?.line() ?? null;
  return [start, start === null ? null : Math.max(start, last?.line() ?? start)];
}

function severityOf(check: JsonReader): Severity | null {
  const result = check.field('check_result');
  const evaluated = result.isAbsent
    ? null
    : result.field('evaluated_keys_severity').optionalString();
  const printed = evaluated ?? check.field('severity').optionalString();
  return SEVERITIES.get(printed?.toUpperCase() ?? '') ?? null;
}

function reasonOf(check: JsonReader): string | null {
  const comment = check.field('check_result').field('suppress_comment').optionalString();
  return comment === null || comment.trim() === '' || comment === NO_COMMENT ? null : comment;
}

function descriptionOf(check: JsonReader, name: string, resource: string): string {
  const what = resource === WHOLE_FILE ? 'The file' : resource;
  const keys = evaluatedKeys(check);
  const where = keys.length === 0 ? '' : ` It looked at ${keys.join(', ')}.`;
  return `${what} does not meet the policy "${name}".${where}`;
}

function evaluatedKeys(check: JsonReader): string[] {
  const result = check.field('check_result');
  if (result.isAbsent) return [];
  const keys = result.field('evaluated_keys').optionalItems();
  return keys.map((key) => key.string()).slice(0, MAX_KEYS);
}

function metadataOf(check: JsonReader, type: string, resource: string): JsonObject {
  const guideline = check.field('guideline').optionalString();
  const page = FRAMEWORK_NAME.test(type) ? (INDEX_PAGES.get(type) ?? type) : 'all';
  return {
    check_type: type,
    resource,
    ...(guideline === null ? {} : { guideline }),
    references: [...(guideline === null ? [] : [guideline]), `${POLICY_INDEX}/${page}.html`],
  };
}

function sentenceOf(name: string): string {
  return name.replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
}
