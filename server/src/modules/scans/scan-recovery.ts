import { Injectable, Logger } from '@nestjs/common';
import { defaultJournalDirectory, sweepRunJournal } from '@securescan/host-node';
import { BillStore } from '../sbom/bill-store.service';
import { INTERRUPTED } from './scan-lifecycle';
import { ScanRecorder } from './scan-recorder';
import { ScanRemoval } from './scan-removal';
import { ScansRepository } from './scans.repository';

/** Puts right what an earlier process left when it died. */
@Injectable()
export class ScanRecovery {
  private readonly logger = new Logger(ScanRecovery.name);

  constructor(
    private readonly scans: ScansRepository,
    private readonly recorder: ScanRecorder,
    private readonly removal: ScanRemoval,
    private readonly bills: BillStore,
  ) {}

  /** Resolves when every unfinished scan has ended as interrupted; clearing its rows away goes on behind. */
  async recover(): Promise<void> {
    const interrupted = await this.scans.openIds();
    for (const scanId of interrupted) await this.recorder.fail(scanId, INTERRUPTED);
    if (interrupted.length > 0) {
      this.logger.warn(
        `${interrupted.length} scans were interrupted by the last stop and have failed.`,
      );
    }
    await this.bills.discardUnfinished();
    await Promise.all([this.sweep(), this.clear()]);
  }

  private async sweep(): Promise<void> {
    const swept = await sweepRunJournal(defaultJournalDirectory());
    if (swept.groupsKilled > 0 || swept.directoriesRemoved > 0) {
      this.logger.warn(
        `Cleared away ${swept.groupsKilled} processes and ${swept.directoriesRemoved} directories of an earlier run.`,
      );
    }
  }

  private async clear(): Promise<void> {
    for (const scanId of await this.scans.unsuccessfulIdsWithFindings()) {
      this.removal.startClearing(scanId);
    }
    for (const scanId of await this.scans.hiddenIds()) this.removal.start(scanId);
  }
}
