import Papa from 'papaparse';
import type { Finding } from '../model/finding';
import { suppressionOf } from '../model/suppression';
import type { ScanDocument } from './document';
import { escapeControls } from './escape-controls';

/** A column's name, and what it holds of a finding; numbers stay numbers, so that the guard leaves them alone. */
type Column = readonly [name: string, read: (finding: Finding) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['severity', ({ severity }) => severity],
  ['scanner', ({ scanner }) => scanner],
  ['title', ({ title }) => title],
  ['file', ({ filePath }) => filePath],
  ['line', ({ lineStart }) => lineStart],
  ['line_end', ({ lineEnd }) => lineEnd],
  ['rule_id', ({ ruleId }) => ruleId],
  ['cwe', ({ cwe }) => cwe],
  ['description', ({ description }) => description],
  ['remediation', ({ remediation }) => remediation],
  ['compliance_tags', ({ complianceTags }) => complianceTags.join(' ')],
  ['suppressed_by', (finding) => suppressionOf(finding)?.kind ?? null],
  ['suppression_reason', (finding) => suppressionOf(finding)?.reason ?? null],
  ['scan_type', ({ scanType }) => scanType],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['occurrence', ({ occurrence }) => occurrence],
  ['id', ({ id }) => id],
];

/**
 * A text that a spreadsheet would take for a formula: an apostrophe goes before it. Beside the characters that begin one, their
 * full-width twins, which some programs turn into them, and white space, which they skip.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/u;

const NEWLINE = '\r\n';
/** Whoever writes them out can do other things between two pieces. */
const RECORDS_OF_A_PIECE = 100;

/**
 * The findings as CSV (RFC 4180): a header, a record for each finding, every line ended by CRLF. No field holds a line break or
 * another control character, and none is a formula.
 */
export function* csvChunks({ findings }: Pick<ScanDocument, 'findings'>): Generator<string> {
  yield recordsOf([COLUMNS.map(([name]) => name)]);
  for (let first = 0; first < findings.length; first += RECORDS_OF_A_PIECE) {
    const some = findings.slice(first, first + RECORDS_OF_A_PIECE);
    yield recordsOf(some.map((finding) => COLUMNS.map(([, read]) => fieldOf(read(finding)))));
  }
}

function fieldOf(value: string | number | null): string | number {
  if (typeof value === 'number') return value;
  return value === null ? '' : escapeControls(value);
}

function recordsOf(records: (string | number)[][]): string {
  return Papa.unparse(records, { escapeFormulae: FORMULA, newline: NEWLINE }) + NEWLINE;
}
