import { Injectable } from '@nestjs/common';
import type { ScanBody, ScanRequestBody } from '@securescan/contracts';
import type { Actor } from '../auth/caller';
import { ScanDispatch } from './scan-dispatch';
import { ScanLine } from './scan-line';
import { toScanBody } from './scan.mapper';
import { ScanRecorder } from './scan-recorder';
import { ScanRemoval } from './scan-removal';
import { ScanRequestPolicy } from './scan-request.policy';
import { ScanAlreadyTerminalError, ScanNotFoundError, ScanNotTerminalError } from './scans.errors';
import { ScansRepository } from './scans.repository';

/** What callers may do to scans: ask for one, cancel it, delete it. */
@Injectable()
export class ScanCommands {
  constructor(
    private readonly policy: ScanRequestPolicy,
    private readonly scans: ScansRepository,
    private readonly line: ScanLine,
    private readonly recorder: ScanRecorder,
    private readonly dispatch: ScanDispatch,
    private readonly removal: ScanRemoval,
  ) {}

  /** Stores a pending scan and queues its run; the same one that still waits is joined instead. */
  async create(request: ScanRequestBody, actor: Actor): Promise<ScanBody> {
    const admitted = await this.policy.admit(request);
    const queued = await this.line.join(admitted, actor);
    if (!queued.isJoined) await this.dispatch.start(queued.scanId);
    const record = await this.scans.find(queued.scanId);
    if (record === null) throw new ScanNotFoundError();
    return toScanBody(record);
  }

  /** Ends a pending or running scan at once; its scanners are killed meanwhile. */
  async cancel(id: string, actor: Actor): Promise<ScanBody> {
    const isCancelled = await this.recorder.cancel(id, actor);
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    if (!isCancelled) throw new ScanAlreadyTerminalError(record.scan.status);
    await this.dispatch.stop(id);
    return toScanBody(record);
  }

  /** Hides an ended scan at once; its rows follow in short steps. */
  async delete(id: string, actor: Actor): Promise<void> {
    if (await this.recorder.hide(id, actor)) {
      this.removal.start(id);
      return;
    }
    const record = await this.scans.find(id);
    if (record === null) throw new ScanNotFoundError();
    throw new ScanNotTerminalError(record.scan.status);
  }
}
