import { Injectable, Logger } from '@nestjs/common';
import { type ScannerOutcome, SecureScanError } from '@securescan/core';
import { resolveTarget, targetWithinRoot, type ScanConclusion } from '@securescan/host-node';
import type { ScanOptions, ScanTarget } from '@securescan/scan-engine';
import { Clock, DocumentClock } from '../../ports/clock.port';
import { ScanEngine } from '../scanners/scan-engine.service';
import type { ScanEntity } from './scan.entity';
import { ScanRecorder } from './scan-recorder';
import { ScanResults } from './scan-results';
import { ScansRepository } from './scans.repository';

/** Runs one scan from `pending` to its end: the engine's work, the rows it leaves and the facts it tells. */
@Injectable()
export class ScanOrchestrator {
  private readonly logger = new Logger(ScanOrchestrator.name);

  constructor(
    private readonly scans: ScansRepository,
    private readonly engine: ScanEngine,
    private readonly results: ScanResults,
    private readonly recorder: ScanRecorder,
    private readonly clock: Clock,
    private readonly documents: DocumentClock,
  ) {}

  /**
   * Resolves when the scan has ended, however it did. An aborted signal ends it early: who cancelled it has written the
   * status already, and an interruption is written by whoever interrupts.
   */
  async run(scanId: string, signal: AbortSignal): Promise<void> {
    const record = await this.scans.find(scanId);
    if (record === null || record.scan.status !== 'pending' || signal.aborted) return;
    try {
      await this.execute(record.scan, signal);
    } catch (error) {
      // Expected: a cancelled run, a target that has gone, a full disk. Whatever it is, the scan must end and say so.
      await this.fail(scanId, error, signal);
    }
  }

  private async execute(scan: ScanEntity, signal: AbortSignal): Promise<void> {
    const target = await this.targetOf(scan);
    const scanners = this.engine.scannersOf(scan.scanTypes, scan.options.scanners);
    const startedMs = this.clock.monotonicMs();
    const progress = await this.recorder.begin(scan, scanners);
    if (progress === null) return;
    const order = {
      target,
      scanTypes: scan.scanTypes,
      options: toScanOptions(scan),
      scanners: scan.options.scanners,
      today: this.documents.now().toISOString().slice(0, 10),
      wantsAdvice: scan.options.ai ?? false,
    };
    let stored = 0;
    const conclusion = await this.engine.run(order, {
      signal,
      onProgress: (event) => {
        progress.note(event);
      },
      onAdvice: (call) => {
        progress.noteAdvice(call);
      },
      onFindings: async (findings) => {
        await this.results.appendFindings(scan, findings, { after: stored, signal });
        stored += findings.length;
      },
      onBill: (parts) => this.results.appendBill(scan, parts, signal),
      onMissingBill: (reason) => {
        this.logger.warn({ scan_id: scan.id, reason }, 'A scan has no bill of materials.');
      },
    });
    await progress.settled();
    const targetInProject = target === null ? null : targetWithinRoot(target);
    await this.finish(scan, { ...conclusion, targetInProject }, startedMs);
  }

  /** Resolved anew: what stood there when the scan was asked for may be another thing now. */
  private async targetOf({ targetPath, project }: ScanEntity): Promise<ScanTarget | null> {
    if (targetPath === null) return null;
    return { ...(await resolveTarget(targetPath, { cwd: targetPath })), project };
  }

  private async finish(
    scan: ScanEntity,
    conclusion: ScanConclusion & { readonly targetInProject: string | null },
    startedMs: number,
  ): Promise<void> {
    const { isConclusive, outcomes } = conclusion;
    if (!isConclusive) {
      await this.recorder.fail(scan.id, reasonOf(outcomes), outcomes);
      return;
    }
    const hasCompleted = await this.recorder.complete(scan, conclusion, startedMs);
    if (!hasCompleted) await this.results.remove(scan.id);
  }

  private async fail(scanId: string, error: unknown, signal: AbortSignal): Promise<void> {
    if (!signal.aborted) {
      const isForeseen = error instanceof SecureScanError && error.kind !== 'defect';
      if (!isForeseen) this.logger.error({ err: error, scan_id: scanId }, 'A scan failed.');
      await this.recorder.fail(
        scanId,
        isForeseen
          ? error.message
          : `An internal error ended the scan; the log names it with ${scanId}.`,
      );
    }
    await this.results.remove(scanId);
  }
}

function toScanOptions({ options, targetUrl, targetHost }: ScanEntity): ScanOptions {
  const { semgrepRules, active = false, history = false, hostProbes = false } = options;
  return { semgrepRules, active, history, hostProbes, targetUrl, targetHost };
}

function reasonOf(outcomes: readonly ScannerOutcome[]): string {
  const reasons = outcomes.map(
    (outcome) => `${outcome.scanner}: ${outcome.reason ?? outcome.status}`,
  );
  return `No scanner completed (${reasons.join('; ')}).`;
}
