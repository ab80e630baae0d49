import {
  OUTCOME_STATUSES,
  SCAN_TYPES,
  SEVERITIES,
  type OutcomeStatus,
  type ScanType,
  type Severity,
} from '@securescan/contracts';
import { coverageOf, type CoveringOutcome, type ScannerCoverage } from '../diff/scanner-coverage';
import { UserError } from '../errors';
import { findingId } from '../fingerprint/occurrence';
import { JsonReader, type RefuseJson } from '../json/json-reader';
import type { Finding, FindingAlias } from '../model/finding';
import { inCanonicalOrder } from '../order/canonical-order';
import { BASELINE_VERSION } from './baseline';

/** What a stored scan holds for a comparison: a baseline, or a report in JSON. */
export interface Snapshot {
  readonly kind: 'baseline' | 'report';
  readonly scanTypes: readonly ScanType[];
  /** `null` where the file does not say which scanners ran: it can suppress, but nothing can be compared with it. */
  readonly coverage: readonly ScannerCoverage[] | null;
  /** In canonical order. Of a baseline they have no text but the title. */
  readonly findings: readonly Finding[];
}

/** Of the reports' envelope; see `render/json.ts`. */
const REPORT_VERSION = 1;
const FINGERPRINT = /^[0-9a-f]{64}$/;

/**
 * Reads a baseline or a JSON report. A bare list, or a baseline whose entries hold nothing but fingerprints, will do for
 * suppression. Throws UserError SNAPSHOT_INVALID that names the file, the place and what to do.
 */
export function readSnapshot(text: string, fileName: string): Snapshot {
  const refuse: RefuseJson = (what) =>
    new UserError(
      'SNAPSHOT_INVALID',
      `${fileName} is no baseline and no JSON report of SecureScan: ${what}. Write it again with "securescan baseline" or "securescan scan --output json".`,
    );
  const top = JsonReader.parse(text, refuse);
  if (top.isList) {
    const findings = readFindings(top, refuse);
    return { kind: 'baseline', scanTypes: [], coverage: null, findings };
  }
  const kind = top.field('tool').isAbsent ? 'baseline' : 'report';
  checkVersion(top, kind, fileName);
  return {
    kind,
    scanTypes: top
      .field('scan_types')
      .optionalItems()
      .map((type) => word(type, SCAN_TYPES, refuse)),
    coverage: kind === 'report' ? readOutcomes(top, refuse) : readScanners(top, refuse),
    findings: readFindings(top.field('findings'), refuse),
  };
}

function checkVersion(top: JsonReader, kind: Snapshot['kind'], fileName: string): void {
  const version = top.field('version');
  const known = kind === 'baseline' ? BASELINE_VERSION : REPORT_VERSION;
  if (version.isAbsent || version.integer() === known) return;
  throw new UserError(
    'SNAPSHOT_INVALID',
    `${fileName} is of version ${String(version.integer())}, and this program reads version ${String(known)}; write it again with the version that you run now.`,
  );
}

function readFindings(list: JsonReader, refuse: RefuseJson): readonly Finding[] {
  const seen = new Map<string, number>();
  return inCanonicalOrder(
    list.items().map((item) => {
      const fingerprint = fingerprintIn(item, refuse);
      const place = (seen.get(fingerprint) ?? 0) + 1;
      seen.set(fingerprint, place);
      const told = item.field('occurrence');
      const occurrence = told.isAbsent ? place : told.integer();
      return readFinding(item, fingerprint, occurrence, refuse);
    }),
  );
}

/** Every member but the fingerprint has a value for where it is missing: it only helps to show or to pair the finding. */
function readFinding(
  item: JsonReader,
  fingerprint: string,
  occurrence: number,
  refuse: RefuseJson,
): Finding {
  const scanner = item.field('scanner').optionalString() ?? '';
  const ruleId = item.field('rule_id').optionalString() ?? '';
  const aliases = item
    .field('aliases')
    .optionalItems()
    .map((alias) => readAlias(alias, refuse));
  return {
    id: findingId(fingerprint, occurrence),
    scanner,
    scanType: optionalWord(item.field('scan_type'), SCAN_TYPES, refuse) ?? 'code',
    severity: severityIn(item, refuse),
    title: item.field('title').optionalString() ?? ruleId,
    description: item.field('description').optionalString() ?? '',
    filePath: item.field('file_path').optionalString(),
    lineStart: lineIn(item, 'line_start'),
    lineEnd: lineIn(item, 'line_end') ?? lineIn(item, 'line_start'),
    ruleId,
    cwe: item.field('cwe').optionalString(),
    remediation: item.field('remediation').optionalString(),
    metadata: item.field('metadata').optionalJson(),
    complianceTags: item
      .field('compliance_tags')
      .optionalItems()
      .map((tag) => tag.string()),
    fingerprint,
    occurrence,
    aliases: aliases.length > 0 ? aliases : [{ scanner, ruleId, fingerprint }],
  };
}

function readAlias(alias: JsonReader, refuse: RefuseJson): FindingAlias {
  return {
    scanner: alias.field('scanner').string(),
    ruleId: alias.field('rule_id').string(),
    fingerprint: fingerprintIn(alias, refuse),
  };
}

function fingerprintIn(item: JsonReader, refuse: RefuseJson): string {
  const fingerprint = item.field('fingerprint').string();
  if (FINGERPRINT.test(fingerprint)) return fingerprint;
  throw refuse('a fingerprint is not 64 hexadecimal digits');
}

function severityIn(item: JsonReader, refuse: RefuseJson): Severity {
  return optionalWord(item.field('severity'), SEVERITIES, refuse) ?? 'info';
}

function lineIn(item: JsonReader, name: string): number | null {
  const field = item.field(name);
  return field.isAbsent ? null : field.line();
}

function readOutcomes(top: JsonReader, refuse: RefuseJson): readonly ScannerCoverage[] {
  return top
    .field('scanner_outcomes')
    .items()
    .map((item) => coverageOf(readOutcome(item, refuse)));
}

function readOutcome(item: JsonReader, refuse: RefuseJson): CoveringOutcome {
  return {
    scanner: item.field('scanner').string(),
    status: statusIn(item, refuse),
    reason: item.field('reason').optionalString(),
    rulePackDigest: item.field('rule_pack_digest').optionalString(),
    filesSkipped: item
      .field('files_skipped')
      .optionalItems()
      .map((group) => ({
        reason: group.field('reason').string(),
        count: group.field('count').integer(),
        paths: group
          .field('paths')
          .items()
          .map((path) => path.string()),
      })),
    notes: item
      .field('notes')
      .optionalItems()
      .map((note) => note.string()),
  };
}

function readScanners(top: JsonReader, refuse: RefuseJson): readonly ScannerCoverage[] | null {
  const scanners = top.field('scanners');
  if (scanners.isAbsent) return null;
  return scanners.items().map((item) =>
    coverageOf({
      scanner: item.field('name').string(),
      status: statusIn(item, refuse),
      reason: item.field('reason').optionalString(),
      rulePackDigest: null,
      filesSkipped: [],
      notes: [],
    }),
  );
}

function statusIn(item: JsonReader, refuse: RefuseJson): OutcomeStatus {
  return word(item.field('status'), OUTCOME_STATUSES, refuse);
}

function optionalWord<T extends string>(
  item: JsonReader,
  words: readonly T[],
  refuse: RefuseJson,
): T | null {
  return item.isAbsent ? null : word(item, words, refuse);
}

function word<T extends string>(item: JsonReader, words: readonly T[], refuse: RefuseJson): T {
  const text = item.string();
  const known = words.find((candidate) => candidate === text);
  if (known !== undefined) return known;
  throw refuse(`${JSON.stringify(text.slice(0, 100))} is none of ${words.join(', ')}`);
}
