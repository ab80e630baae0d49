import { Injectable } from '@nestjs/common';
import type { ScanBody } from '@securescan/contracts';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock, DocumentClock } from '../../ports/clock.port';
import { ControlChannel } from '../../ports/control-channel.port';
import { JobQueue } from '../../ports/job-queue.port';
import type { ScanRequestDto } from './dto/scan-request.dto';
import { CANCELLED_ON_REQUEST } from './scan-lifecycle';
import { toScanBody } from './scan.mapper';
import type { ScanEntity } from './scan.entity';
import { ScanRemoval } from './scan-removal';
import { type AdmittedRequest, ScanRequestPolicy } from './scan-request.policy';
import { ScanAlreadyTerminalError, ScanNotFoundError, ScanNotTerminalError } from './scans.errors';
import { ScansRepository } from './scans.repository';

/** What callers may do to scans: ask for one, cancel it, delete it. */
@Injectable()
export class ScanCommands {
  constructor(
    private readonly policy: ScanRequestPolicy,
    private readonly scans: ScansRepository,
    private readonly units: UnitOfWork,
    private readonly lines: ScanLines,
    private readonly removal: ScanRemoval,
    private readonly clock: Clock,
    private readonly shownClock: DocumentClock,
  ) {}

  /** Stores a pending scan and queues its run. */
  async create(request: ScanRequestDto): Promise<ScanBody> {
    const admitted = await this.policy.admit(request);
    const scan = newScan(admitted, request, this.clock.now());
    await this.units.run(async (tx) => {
      await this.scans.insert(tx, scan);
      await tx.publish('scan.queued', { scanId: scan.id });
    });
    await this.lines.queueRun(scan.id);
    return toScanBody({ scan, outcomes: [], skips: [] });
  }

  /** Ends a pending or running scan at once; its scanners are killed meanwhile. */
  async cancel(id: string): Promise<ScanBody> {
    const completedAt = this.shownClock.now().toISOString();
    const isCancelled = await this.units.run(async (tx) => {
      const changes = { completedAt, error: CANCELLED_ON_REQUEST };
      if (!(await this.scans.changeStatus(tx, id, 'cancelled', changes))) return false;
      await tx.publish('scan.cancelled', { scanId: id });
      return true;
    });
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    if (!isCancelled) throw new ScanAlreadyTerminalError(record.scan.status);
    await this.lines.stopRun(id);
    return toScanBody(record);
  }

  /** Hides an ended scan at once; its rows follow in short steps. */
  async delete(id: string): Promise<void> {
    const now = this.clock.now().toISOString();
    const isHidden = await this.units.run(async (tx) => {
      if (!(await this.scans.hide(tx, id, now))) return false;
      await tx.publish('scan.deleted', { scanId: id });
      return true;
    });
    if (isHidden) {
      this.removal.start(id);
      return;
    }
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    throw new ScanNotTerminalError(record.scan.status);
  }
}

/** The two lines to whoever runs scans: the queue that starts them and the channel that stops them. */
@Injectable()
export class ScanLines {
  constructor(
    private readonly jobs: JobQueue,
    private readonly control: ControlChannel,
  ) {}

  async queueRun(scanId: string): Promise<void> {
    await this.jobs.add('scan.run', { scanId });
  }

  async stopRun(scanId: string): Promise<void> {
    await this.control.send('scan.cancel', { scanId });
  }
}

function newScan(admitted: AdmittedRequest, request: ScanRequestDto, now: Date): ScanEntity {
  return {
    id: globalThis.crypto.randomUUID(),
    project: admitted.target.project,
    targetPath: admitted.target.path,
    targetUrl: request.target_url ?? null,
    targetHost: request.target_host ?? null,
    scanTypes: [...admitted.scanTypes],
    options: { semgrepRules: admitted.semgrepRules },
    status: 'pending',
    createdAt: now.toISOString(),
    startedAt: null,
    completedAt: null,
    hiddenAt: null,
    principalId: null,
    findingsCount: 0,
    criticalCount: 0,
    highCount: 0,
    mediumCount: 0,
    lowCount: 0,
    infoCount: 0,
    riskScore: null,
    summary: null,
    error: null,
  };
}
