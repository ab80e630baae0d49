import { Injectable, Logger } from '@nestjs/common';
import { type AuditAction, type JsonObject, targetOfScan } from '@securescan/contracts';
import { assertNever, compareCodePoints, type ScannerOutcome } from '@securescan/core';
import type { ScanConclusion } from '@securescan/host-node';
import type { AdviceCall, ScanProgress } from '@securescan/scan-engine';
import type { Fields } from '../../common/fields';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock, DocumentClock } from '../../ports/clock.port';
import { AuditLog, THE_SERVER } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import { auditDetailsOf } from './scan-audit';
import { CANCELLED_ON_REQUEST } from './scan-lifecycle';
import { toOutcomeRow, toSkipRow, toStoredNotices } from './scan.mapper';
import type { ScanEntity } from './scan.entity';
import { ScansRepository } from './scans.repository';

const MAX_ERROR_LENGTH = 2000;

/** Writes what becomes of a scan. Each step is one short transaction with the status, its rows and its event. */
@Injectable()
export class ScanRecorder {
  constructor(
    private readonly scans: ScansRepository,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
    private readonly shownClock: DocumentClock,
    private readonly audit: AuditLog,
    private readonly principals: PrincipalsService,
  ) {}

  /** @returns a recorder of progress, or `null` where somebody ended the scan before it began. */
  async begin(
    scan: Fields<ScanEntity>,
    scanners: readonly string[],
  ): Promise<ProgressRecorder | null> {
    const hasBegun = await this.units.run((tx) => this.start(tx, scan, scanners));
    return hasBegun ? new ProgressRecorder(scan.id, this.scans, this.units, this.audit) : null;
  }

  /** Stores an import as a scan that runs already: it never waits in the line of those that want scanners. */
  async beginImport(scan: Fields<ScanEntity>, actor: Actor): Promise<void> {
    await this.units.run(async (tx) => {
      const principalId = await this.principals.idOf(tx, actor);
      await this.scans.insert(tx, { ...scan, principalId });
      await tx.publish('scan.queued', { scanId: scan.id });
      await this.start(tx, scan, []);
    });
  }

  /** @returns whether the scan is now `completed`; false where it was ended meanwhile. */
  async complete(
    scan: Fields<ScanEntity>,
    result: ScanConclusion & { readonly targetInProject: string | null },
    startedMs: number,
  ): Promise<boolean> {
    const { outcomes, summary, notices, targetInProject } = result;
    return this.units.run(async (tx) => {
      const hasCompleted = await this.scans.changeStatus(tx, scan.id, 'completed', {
        completedAt: this.now(),
        targetInProject,
        findingsCount: summary.totalFindings,
        suppressedCount: summary.suppressedFindings,
        criticalCount: summary.bySeverity.critical,
        highCount: summary.bySeverity.high,
        mediumCount: summary.bySeverity.medium,
        lowCount: summary.bySeverity.low,
        infoCount: summary.bySeverity.info,
        riskScore: summary.riskScore,
        notices: toStoredNotices(notices),
        noticesCount: notices.length,
      });
      if (!hasCompleted) return false;
      await this.saveOutcomes(tx, scan.id, outcomes);
      await tx.publish('scan.completed', {
        scanId: scan.id,
        target: targetOf(scan),
        durationMs: this.clock.monotonicMs() - startedMs,
        findingsCount: summary.totalFindings,
        riskScore: summary.riskScore,
        scannersRun: summary.scannersRun,
        scannersSkipped: outcomes
          .filter((outcome) => outcome.status === 'skipped')
          .map((outcome) => outcome.scanner)
          .sort(compareCodePoints),
      });
      return true;
    });
  }

  /** @returns whether this ended the scan; false where it had ended already. */
  async fail(
    scanId: string,
    reason: string,
    outcomes: readonly ScannerOutcome[] = [],
  ): Promise<boolean> {
    const error = reason.slice(0, MAX_ERROR_LENGTH);
    return this.units.run(async (tx) => {
      const changes = { completedAt: this.now(), error };
      if (!(await this.scans.changeStatus(tx, scanId, 'failed', changes))) return false;
      await this.saveOutcomes(tx, scanId, outcomes);
      await tx.publish('scan.failed', { scanId, error });
      return true;
    });
  }

  /** @returns whether this ended the scan; false where it had ended already or does not exist. */
  async cancel(scanId: string, actor: Actor): Promise<boolean> {
    return this.units.run(async (tx) => {
      const changes = { completedAt: this.now(), error: CANCELLED_ON_REQUEST };
      if (!(await this.scans.changeStatus(tx, scanId, 'cancelled', changes))) return false;
      await this.recordDeed(tx, actor, { action: 'scan.cancelled', subjectId: scanId });
      await tx.publish('scan.cancelled', { scanId });
      return true;
    });
  }

  /** @returns whether there was an ended scan to hide. */
  async hide(scanId: string, actor: Actor): Promise<boolean> {
    return this.units.run(async (tx) => {
      const hiddenAt = this.clock.now().toISOString();
      if (!(await this.scans.hide(tx, scanId, hiddenAt))) return false;
      await this.recordDeed(tx, actor, { action: 'scan.deleted', subjectId: scanId });
      await tx.publish('scan.deleted', { scanId });
      return true;
    });
  }

  private async recordDeed(
    tx: Transaction,
    actor: Actor,
    deed: { readonly action: AuditAction; readonly subjectId: string },
  ): Promise<void> {
    const scan = await this.scans.row(tx, deed.subjectId);
    const details = auditDetailsOf(scan);
    await this.audit.record(tx, actor, { ...deed, subjectType: 'scan', details });
  }

  private async start(
    tx: Transaction,
    scan: Fields<ScanEntity>,
    scanners: readonly string[],
  ): Promise<boolean> {
    const times = { startedAt: this.now(), begunAt: this.clock.now().toISOString() };
    if (!(await this.scans.changeStatus(tx, scan.id, 'running', times))) return false;
    await tx.publish('scan.started', {
      scanId: scan.id,
      target: targetOf(scan),
      scanTypes: scan.scanTypes,
      scanners,
    });
    return true;
  }

  private async saveOutcomes(
    tx: Transaction,
    scanId: string,
    outcomes: readonly ScannerOutcome[],
  ): Promise<void> {
    await this.scans.saveOutcomes(
      tx,
      outcomes.map((outcome, position) => toOutcomeRow(scanId, outcome, position)),
      outcomes
        .filter((outcome) => outcome.status === 'skipped')
        .map((outcome) => toSkipRow(scanId, outcome)),
    );
  }

  private now(): string {
    return this.shownClock.now().toISOString();
  }
}

/** Tells the engine's progress as facts, in its order, while the engine goes on. */
export class ProgressRecorder {
  private readonly logger = new Logger(ProgressRecorder.name);
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly scanId: string,
    private readonly scans: ScansRepository,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  note(progress: ScanProgress): void {
    this.tail = this.tail.then(() => this.record(progress));
  }

  /** What left the server is written down whatever becomes of the scan. */
  noteAdvice(call: AdviceCall): void {
    this.tail = this.tail.then(() => this.recordAdvice(call));
  }

  /** Resolves when everything noted so far is stored. */
  async settled(): Promise<void> {
    await this.tail;
  }

  private async record(progress: ScanProgress): Promise<void> {
    try {
      await this.units.run(async (tx) => {
        // Nothing follows the event that ends a stream, so what a cancelled run still tells is left out.
        if (await this.scans.isRunning(tx, this.scanId)) await this.publish(tx, progress);
      });
    } catch (error) {
      // Expected: a full disk. Lost progress must not end a scan whose result may still be stored.
      this.logger.warn(`Progress of the scan ${this.scanId} was not stored: ${String(error)}`);
    }
  }

  private async recordAdvice(call: AdviceCall): Promise<void> {
    const entry = {
      action: 'ai.asked',
      subjectType: 'scan',
      subjectId: this.scanId,
      details: adviceDetails(call),
    } as const;
    try {
      await this.units.run((tx) => this.audit.record(tx, THE_SERVER, entry));
    } catch (error) {
      // Expected: a full disk. The log of the process is then what is left to say it.
      this.logger.error(
        `A call to a language model was not audited: ${JSON.stringify(call)}`,
        String(error),
      );
    }
  }

  private async publish(tx: Transaction, progress: ScanProgress): Promise<void> {
    const { scanId } = this;
    switch (progress.kind) {
      case 'scan-started':
        // The change to `running` has told it.
        return;
      case 'scanner-started':
        await tx.publish('scanner.started', { scanId, scanner: progress.scanner });
        return;
      case 'scanner-ended':
        await tx.publish('scanner.ended', { scanId, outcome: progress.outcome });
        return;
      default:
        assertNever(progress);
    }
  }
}

function targetOf(scan: Fields<ScanEntity>): string {
  return targetOfScan({
    target_path: scan.targetPath,
    target_url: scan.targetUrl,
    target_host: scan.targetHost,
    origin: scan.origin,
    project: scan.project,
  });
}

function adviceDetails(call: AdviceCall): JsonObject {
  return {
    model: call.model,
    origin: call.origin,
    fingerprint: call.fingerprint,
    rule_id: call.ruleId,
    findings: call.findings,
    sent_bytes: call.sentBytes,
    received_bytes: call.receivedBytes,
    duration_ms: call.durationMs,
    status: call.status,
    reason: call.reason,
  };
}
