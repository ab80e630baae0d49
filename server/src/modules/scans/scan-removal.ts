import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { FindingsService } from '../findings/findings.service';
import { ScansRepository } from './scans.repository';

/** Takes the rows of deleted and of unfinished scans away. What a stop leaves over is taken up at the next start. */
@Injectable()
export class ScanRemoval {
  private readonly logger = new Logger(ScanRemoval.name);
  private readonly running = new Set<Promise<void>>();
  private isStopping = false;

  constructor(
    private readonly scans: ScansRepository,
    private readonly findings: FindingsService,
    private readonly units: UnitOfWork,
  ) {}

  /** Begins to remove a hidden scan and returns at once. */
  start(id: string): void {
    this.track(id, () => this.units.run((tx) => this.scans.remove(tx, id)));
  }

  /** Begins to remove the findings of a scan that ended without a result, and returns at once. */
  startClearing(id: string): void {
    this.track(id, () => Promise.resolve());
  }

  /** Begins nothing more and resolves when nothing is being removed. */
  async settle(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.running);
  }

  private track(id: string, conclude: () => Promise<void>): void {
    if (this.isStopping) return;
    const removal = this.remove(id, conclude).finally(() => this.running.delete(removal));
    this.running.add(removal);
  }

  private async remove(id: string, conclude: () => Promise<void>): Promise<void> {
    try {
      await this.findings.removeAll(id, () => this.isStopping);
      if (!this.isStopping) await conclude();
    } catch (error) {
      // Expected: a full or broken disk. Nobody sees the rows, and the next start tries again.
      this.logger.warn(`The rows of the scan ${id} are not all gone yet: ${String(error)}`);
    }
  }
}
