import { Injectable } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { ScanConfig } from '../../config/scan.config';
import { ControlChannel } from '../../ports/control-channel.port';
import { JobQueue } from '../../ports/job-queue.port';
import { INTERRUPTED } from './scan-lifecycle';
import { ScanOrchestrator } from './scan-orchestrator';
import { ScanRecorder } from './scan-recorder';
import { ScansRepository } from './scans.repository';

/** How long a stop waits for killed scanners; what is left of them then is killed outright. */
const STOP_PATIENCE_MS = 1500;

/** Takes queued scans and runs them, and stops them when told to. */
@Injectable()
export class ScanRunProcessor {
  private readonly running = new Map<string, AbortController>();
  private cancellations: Subscription | null = null;

  constructor(
    private readonly jobs: JobQueue,
    private readonly control: ControlChannel,
    private readonly orchestrator: ScanOrchestrator,
    private readonly recorder: ScanRecorder,
    private readonly scans: ScansRepository,
    private readonly config: ScanConfig,
  ) {}

  start(): void {
    this.cancellations = this.control.messages('scan.cancel').subscribe(({ scanId }) => {
      this.running.get(scanId)?.abort();
    });
    this.jobs.process('scan.run', ({ scanId }) => this.run(scanId), {
      concurrency: this.config.concurrency,
    });
  }

  /** Ends every scan that waits or runs as interrupted, so that its stream ends too, and stops its scanners. */
  async stop(): Promise<void> {
    this.cancellations?.unsubscribe();
    const drained = this.jobs.drain(STOP_PATIENCE_MS);
    const open = await this.scans.openIds();
    await Promise.all(open.map((scanId) => this.recorder.fail(scanId, INTERRUPTED)));
    for (const controller of this.running.values()) controller.abort();
    await drained;
  }

  private async run(scanId: string): Promise<void> {
    const controller = new AbortController();
    this.running.set(scanId, controller);
    try {
      await this.orchestrator.run(scanId, controller.signal);
    } finally {
      this.running.delete(scanId);
    }
  }
}
