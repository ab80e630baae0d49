import {
  toScanDocument,
  type Finding,
  type ScanDocument,
  type ScannerOutcome,
  type SuppressionNotice,
} from '@securescan/core';
import type { SuppressionNoticeBody } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import type { ScanEntity } from '../scans/scan.entity';
import type { ScanRecord } from '../scans/scan.mapper';
import { toSummaryBody } from '../scans/scan.mapper';
import type { ScannerOutcomeEntity } from '../scans/scanner-outcome.entity';

/** What a scan is about that judges the machine it runs on, as the command line says it. */
const THIS_MACHINE = 'this machine';

/** A stored scan as what every report is rendered from; counts are the stored ones, whatever is listed. */
export function toDocument(
  record: ScanRecord,
  findings: readonly Finding[],
  toolVersion: string,
): ScanDocument {
  const { scan, outcomes } = record;
  const summary = toSummaryBody(record);
  const { critical, high, medium, low, info } = summary;
  return toScanDocument({
    toolVersion,
    target: targetOf(scan),
    project: scan.project,
    scanTypes: scan.scanTypes,
    outcomes: [...outcomes].sort((a, b) => a.position - b.position).map(toOutcome),
    summary: {
      totalFindings: summary.total_findings,
      suppressedFindings: summary.suppressed_findings,
      bySeverity: { critical, high, medium, low, info },
      riskScore: summary.risk_score,
      scannersRun: summary.scanners_run,
    },
    findings,
    notices: (scan.notices ?? []).map(toNotice),
  });
}

function targetOf({
  targetInProject,
  targetPath,
  targetUrl,
  targetHost,
  origin,
}: Fields<ScanEntity>): string {
  if (targetInProject !== null) return targetInProject;
  // Of an import nothing is known, and of an older scan only a path of the machine.
  if (targetPath !== null || origin === 'import') return '.';
  return targetUrl ?? targetHost ?? THIS_MACHINE;
}

function toOutcome({
  scanId: _scan,
  position: _position,
  ...outcome
}: Fields<ScannerOutcomeEntity>): ScannerOutcome {
  return outcome;
}

function toNotice({ file_path: filePath, ...notice }: SuppressionNoticeBody): SuppressionNotice {
  return { ...notice, filePath };
}
