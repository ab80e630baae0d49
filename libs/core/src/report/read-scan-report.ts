import {
  SCAN_TYPES,
  SUPPRESSION_NOTICE_KINDS,
  SUPPRESSION_NOTICE_SOURCES,
} from '@securescan/contracts';
import { UserError } from '../errors';
import { placeOfPath } from '../import/artifact-path';
import { JsonReader, type RefuseJson } from '../json/json-reader';
import type { Finding } from '../model/finding';
import { summarise } from '../pipeline/summarise';
import { toScanDocument, type ScanDocument } from '../render/document';
import { REPORT_VERSION } from '../render/json';
import type { SuppressionNotice } from '../suppression/suppression-notice';
import { readStoredFindings } from './stored-finding';
import { readStoredOutcome } from './stored-outcome';
import { storedWord } from './stored-word';

/**
 * Reads the JSON report of a scan, so that it can be written in any other format: what comes out as JSON again is the same, byte
 * for byte. Counts and score are made anew from the findings. Throws UserError SNAPSHOT_INVALID that names the file, the place and
 * what to do.
 */
export function readScanReport(text: string, fileName: string): ScanDocument {
  const refuse: RefuseJson = (what) =>
    new UserError(
      'SNAPSHOT_INVALID',
      `${fileName} is no JSON report of a scan: ${what}. Write one with "securescan scan --output json".`,
    );
  const top = JsonReader.parse(text, refuse);
  if (top.has('command')) throw refuse('it is the report of a comparison');
  const version = top.field('version').integer();
  if (version !== REPORT_VERSION) {
    throw refuse(
      `it is of version ${String(version)}, and this program reads version ${String(REPORT_VERSION)}`,
    );
  }
  const findings = readStoredFindings(top.field('findings'), refuse);
  for (const finding of findings) requirePlace(finding, refuse);
  const outcomes = top
    .field('scanner_outcomes')
    .items()
    .map((item) => readStoredOutcome(item, refuse));
  const summary = summarise(findings, outcomes);
  const told = top.field('summary').field('suppressed_findings').integer();
  return toScanDocument({
    toolVersion: top.field('tool').field('version').string(),
    target: top.field('target').string(),
    project: top.field('project').optionalString(),
    scanTypes: top
      .field('scan_types')
      .items()
      .map((type) => storedWord(type, SCAN_TYPES, refuse)),
    outcomes,
    // A report may leave suppressed findings out; they are counted all the same.
    summary: { ...summary, suppressedFindings: Math.max(summary.suppressedFindings, told) },
    findings,
    notices: top
      .field('suppression_notices')
      .items()
      .map((item) => readNotice(item, refuse)),
  });
}

/** Documents show no path that leads out of the project. */
function requirePlace({ filePath }: Finding, refuse: RefuseJson): void {
  if (filePath === null) return;
  const place = placeOfPath(filePath);
  if (place.kind === 'file' && place.path === filePath) return;
  throw refuse(`${JSON.stringify(filePath.slice(0, 200))} is no path within the project`);
}

function readNotice(item: JsonReader, refuse: RefuseJson): SuppressionNotice {
  return {
    kind: storedWord(item.field('kind'), SUPPRESSION_NOTICE_KINDS, refuse),
    source: storedWord(item.field('source'), SUPPRESSION_NOTICE_SOURCES, refuse),
    filePath: item.field('file_path').optionalString(),
    line: item.field('line').integer(),
    rule: item.field('rule').optionalString(),
    message: item.field('message').string(),
  };
}
