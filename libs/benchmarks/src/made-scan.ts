import { createHash } from 'node:crypto';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { SEVERITIES } from '@securescan/contracts';
import type { Finding } from '@securescan/core';
import { type OpenDatabase, ReadDatabase } from '../../../server/src/database/database';
import { UNIT_ROWS, insertRows } from '../../../server/src/database/insert-rows';
import { DomainEvents } from '../../../server/src/domain-events/domain-events';
import { UnitOfWork } from '../../../server/src/domain-events/unit-of-work';
import { FindingsRepository } from '../../../server/src/modules/findings/findings.repository';
import { ScanNumbersRepository } from '../../../server/src/modules/findings/scan-numbers.repository';
import { ScanEntity } from '../../../server/src/modules/scans/scan.entity';
import { FindingAliases } from '../../../server/src/modules/triage/finding-aliases.repository';
import { SystemClock } from '../../../server/src/platform/embedded/system-clock';

/* Scans made up for measuring: findings in canonical order, with few rules and many files, as real ones have. */

const SCANNERS = ['bandit', 'semgrep', 'trivy'] as const;
const RULES_OF_A_SCANNER = 14;
const SUPPRESSED_EVERY = 50;

const OTHER_REPORTER = { scanner: 'another', ruleId: 'same-defect' } as const;

export interface MadeScan {
  readonly id: string;
  readonly project: string;
  readonly findings: number;
  /** How many of a hundred findings two scanners report; left out: none. */
  readonly mergedPercent?: number;
  /** When it was asked for and when it completed. */
  readonly at?: string;
}

export function fingerprintOf(project: string, position: number): string {
  return createHash('sha256').update(`${project} ${position}`).digest('hex');
}

export function madeFinding(
  { project, findings, mergedPercent = 0 }: MadeScan,
  position: number,
): Finding {
  const share = (position / findings) * SEVERITIES.length;
  const severity = SEVERITIES[Math.floor(share)] ?? 'info';
  const scannerShare = (share % 1) * SCANNERS.length;
  const scanner = SCANNERS[Math.floor(scannerShare)] ?? 'trivy';
  const rule = Math.floor((scannerShare % 1) * RULES_OF_A_SCANNER);
  const ruleId = `${scanner}.rule-${String(rule).padStart(2, '0')}`;
  const fingerprint = fingerprintOf(project, position);
  return {
    id: createHash('sha256').update(fingerprint).digest('hex').slice(0, 32),
    fingerprint,
    occurrence: 1,
    scanner,
    scanType: scanner === 'trivy' ? 'dependency' : 'code',
    severity,
    title: `Query built from a request parameter in handler ${position}`,
    description: 'A value of the request becomes part of a statement without being bound. '.repeat(
      3,
    ),
    filePath: `src/modules/area-${position % 97}/handler-${position % 1009}.ts`,
    lineStart: (position % 800) + 1,
    lineEnd: (position % 800) + 3,
    ruleId,
    cwe: `CWE-${80 + rule}`,
    remediation: 'Bind the value as a parameter.',
    metadata: {
      confidence: 'high',
      snippet: 'db.query("SELECT * FROM t WHERE id = " + id)',
      ...(position % SUPPRESSED_EVERY === 7 ? { suppressed_by: 'config' } : {}),
    },
    complianceTags: rule % 2 === 0 ? ['OWASP-A03', 'PCI-6.2.4'] : ['OWASP-A05'],
    aliases: [
      ...(position % 100 < mergedPercent
        ? [{ ...OTHER_REPORTER, fingerprint: fingerprintOf(`${project} again`, position) }]
        : []),
      { scanner, ruleId, fingerprint },
    ],
  };
}

export function suppressedOf(findings: number): number {
  return Math.floor((findings - 8) / SUPPRESSED_EVERY) + 1;
}

/** What writes to a database and can count on being its only writer. */
export class ScanWriter {
  readonly repository: FindingsRepository;
  readonly units: UnitOfWork;
  private readonly aliases: FindingAliases;

  constructor(database: OpenDatabase) {
    const read = new ReadDatabase(database);
    this.repository = new FindingsRepository(read, new ScanNumbersRepository(read));
    this.aliases = new FindingAliases(read);
    const events = new DomainEvents(new EventEmitter2());
    this.units = new UnitOfWork(database, events, new SystemClock());
  }

  async begin({ id, project, at = '2026-01-01T00:00:00.000Z' }: MadeScan): Promise<void> {
    const row = Object.assign(new ScanEntity(), {
      id,
      origin: 'scan',
      project,
      scanTypes: ['code', 'dependency'],
      options: { semgrepRules: [], scanners: null },
      status: 'running',
      createdAt: at,
      completedAt: at,
      targetInProject: '.',
      findingsCount: 0,
      suppressedCount: 0,
      criticalCount: 0,
      highCount: 0,
      mediumCount: 0,
      lowCount: 0,
      infoCount: 0,
      noticesCount: 0,
    });
    await this.units.run((tx) => insertRows(tx.manager, ScanEntity, [row]));
  }

  async append({ id }: MadeScan, findings: readonly Finding[]): Promise<void> {
    for (let after = 0; after < findings.length; after += UNIT_ROWS) {
      const chunk = findings.slice(after, after + UNIT_ROWS);
      await this.units.run(async (tx) => {
        await this.repository.insert(tx, id, { findings: chunk, after });
        await this.aliases.note(tx, chunk);
      });
    }
  }

  async complete({ id, findings }: MadeScan): Promise<void> {
    const suppressedCount = suppressedOf(findings);
    const counts = { findingsCount: findings - suppressedCount, suppressedCount };
    await this.units.run((tx) =>
      tx.manager.update(ScanEntity, id, { ...counts, status: 'completed' }),
    );
  }

  /** A whole scan. */
  async write(scan: MadeScan): Promise<void> {
    const all = Array.from({ length: scan.findings }, (_, position) => madeFinding(scan, position));
    await this.begin(scan);
    await this.append(scan, all);
    await this.complete(scan);
  }
}
