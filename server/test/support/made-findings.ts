import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SEVERITIES } from '@securescan/contracts';
import { type Finding, inCanonicalOrder, type ScannerOutcome } from '@securescan/core';
import { aFinding } from '@securescan/testing';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { FindingsService } from '../../src/modules/findings/findings.service';
import { ScanEntity } from '../../src/modules/scans/scan.entity';
import { toOutcomeRow } from '../../src/modules/scans/scan.mapper';
import { ScannerOutcomeEntity } from '../../src/modules/scans/scanner-outcome.entity';

const SCANNERS = ['bandit', 'semgrep', 'trivy'] as const;
const CHUNK = 150;

/** Findings that differ in everything a list can be narrowed by, in canonical order. */
export function madeFindings(count: number): Finding[] {
  const findings = Array.from({ length: count }, (_, index) =>
    aFinding({
      severity: SEVERITIES[index % 5] ?? 'info',
      scanner: SCANNERS[index % 3] ?? 'trivy',
      scanType: index % 3 === 2 ? 'dependency' : 'code',
      ruleId: `rule-${index % 11}`,
      title: `Defect ${index} of kind ${index % 7 === 0 ? 'rare "quoted" straße' : 'common'}`,
      description: index % 4 === 0 ? 'A request parameter reaches a query.' : 'Something else.',
      filePath: index % 13 === 0 ? null : `src/area-${index % 6}/file-${index % 17}.ts`,
      cwe: index % 10 === 0 ? null : `CWE-${70 + (index % 9)}`,
      complianceTags: ['OWASP-A03', 'PCI-6.2.4', 'SOC2-CC7.1'].slice(0, index % 4),
      metadata: index % 8 === 3 ? { suppressed_by: 'inline' } : {},
    }),
  );
  return inCanonicalOrder(findings);
}

/** What of a stored scan a test may say; the rest is as if nothing had been asked for. */
type StoredScan = Pick<ScanEntity, 'id' | 'project'> &
  Partial<ScanEntity> & { readonly outcomes?: readonly ScannerOutcome[] };

/** Puts a completed scan with the given findings into the database of a server. */
export async function storeScan(
  app: NestFastifyApplication,
  { outcomes = [], ...facts }: StoredScan,
  findings: readonly Finding[],
): Promise<void> {
  const { id } = facts;
  const units = app.get(UnitOfWork);
  const service = app.get(FindingsService, { strict: false });
  const suppressedCount = findings.filter(({ metadata }) => 'suppressed_by' in metadata).length;
  const scan = {
    scanTypes: ['code' as const],
    options: { semgrepRules: [], scanners: null },
    status: 'completed' as const,
    createdAt: '2026-01-01T00:00:00.000Z',
    findingsCount: findings.length - suppressedCount,
    suppressedCount,
    criticalCount: 0,
    highCount: 0,
    mediumCount: 0,
    lowCount: 0,
    infoCount: 0,
    ...facts,
  };
  await units.run(async (tx) => {
    await tx.manager.insert(ScanEntity, scan);
    const rows = outcomes.map((outcome, position) => toOutcomeRow(id, outcome, position));
    if (rows.length > 0) await tx.manager.insert(ScannerOutcomeEntity, rows);
  });
  const { signal } = new AbortController();
  for (let after = 0; after < findings.length; after += CHUNK) {
    await service.append(id, findings.slice(after, after + CHUNK), { after, signal });
  }
}
