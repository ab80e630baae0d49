import { SCAN_TYPES, type ScanType } from '@securescan/contracts';
import { coverageOf, type ScannerCoverage } from '../diff/scanner-coverage';
import { UserError } from '../errors';
import { JsonReader, type RefuseJson } from '../json/json-reader';
import type { Finding } from '../model/finding';
import type { ScannerOutcome } from '../model/outcome';
import { REPORT_VERSION } from '../render/json';
import { readStoredFindings } from '../report/stored-finding';
import { readStoredOutcome, statusIn } from '../report/stored-outcome';
import { storedWord } from '../report/stored-word';
import { BASELINE_VERSION } from './baseline';

/** What a stored scan holds for a comparison: a baseline, or a report in JSON. */
export interface Snapshot {
  readonly kind: 'baseline' | 'report';
  readonly scanTypes: readonly ScanType[];
  /** `null` where the file does not say which scanners ran: it can suppress, but nothing can be compared with it. */
  readonly coverage: readonly ScannerCoverage[] | null;
  /** How the scanners ended; empty for a baseline, which does not tell as much. */
  readonly outcomes: readonly ScannerOutcome[];
  /** In canonical order. Of a baseline they have no text but the title. */
  readonly findings: readonly Finding[];
}

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
    const findings = readStoredFindings(top, refuse);
    return { kind: 'baseline', scanTypes: [], coverage: null, outcomes: [], findings };
  }
  const kind = top.field('tool').isAbsent ? 'baseline' : 'report';
  checkVersion(top, kind, fileName);
  const outcomes = kind === 'report' ? readOutcomes(top, refuse) : [];
  return {
    kind,
    scanTypes: top
      .field('scan_types')
      .optionalItems()
      .map((type) => storedWord(type, SCAN_TYPES, refuse)),
    coverage:
      kind === 'report'
        ? outcomes.map((outcome) => coverageOf(outcome))
        : readScanners(top, refuse),
    outcomes,
    findings: readStoredFindings(top.field('findings'), refuse),
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

function readOutcomes(top: JsonReader, refuse: RefuseJson): readonly ScannerOutcome[] {
  return top
    .field('scanner_outcomes')
    .items()
    .map((item) => readStoredOutcome(item, refuse));
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
