import { beyondBounds, type JsonBounds } from '../json/json-bounds';
import { JsonReader } from '../json/json-reader';
import { refuseImport } from './import.errors';
import { MAX_DEPTH, MAX_VALUES } from './import-limits';
import type { ImportedDocument, ImportOptions } from './imported-document';
import { readReport } from './read-report';
import { readSarif } from './read-sarif';

const BOUNDS: JsonBounds = { depth: MAX_DEPTH, values: MAX_VALUES };
const TOO_MUCH: Readonly<Record<keyof JsonBounds, string>> = {
  depth: `its brackets stand more than ${String(MAX_DEPTH)} deep`,
  values: `it holds more than ${String(MAX_VALUES)} values`,
};

/**
 * Reads what another run of ours, or another tool, found: a JSON report of ours or a SARIF 2.1.0 log. Everything in it is
 * untrusted; what of it becomes an identity is computed here anew. Throws UserError IMPORT_INVALID.
 */
export function readImport(text: string, options: ImportOptions): ImportedDocument {
  const beyond = beyondBounds(text, BOUNDS);
  if (beyond !== null) throw refuseImport(TOO_MUCH[beyond]);
  const top = JsonReader.parse(text, refuseImport);
  if (!top.isObject) throw top.refusal('an object');
  if (!top.field('runs').isAbsent) return readSarif(top, options);
  if (!top.field('findings').isAbsent && !top.field('tool').isAbsent) return readReport(top);
  throw refuseImport(
    'it has neither "runs", as a SARIF log, nor "tool" and "findings", as our report',
  );
}
