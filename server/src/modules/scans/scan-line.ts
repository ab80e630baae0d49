import { Injectable } from '@nestjs/common';
import { ScanConfig } from '../../config/scan.config';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import { newScan } from './new-scan';
import { isSameOrder } from './same-order';
import type { AdmittedRequest } from './scan-request.policy';
import { ScanQueueFullError } from './scans.errors';
import { ScansRepository } from './scans.repository';

/** Those who wait for their turn. */
@Injectable()
export class ScanLine {
  constructor(
    private readonly scans: ScansRepository,
    private readonly principals: PrincipalsService,
    private readonly units: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: ScanConfig,
  ) {}

  /**
   * Puts a scan at the end of the line, or joins the same one that waits there already. Throws ScanQueueFullError when the
   * line is too long.
   */
  async join(
    request: AdmittedRequest,
    actor: Actor,
  ): Promise<{ readonly scanId: string; readonly isJoined: boolean }> {
    return this.units.run(async (tx) => {
      const waiting = await this.scans.waiting(tx);
      const same = waiting.find((other) => isSameOrder(other, request));
      if (same !== undefined) return { scanId: same.id, isJoined: true };
      if (waiting.length >= this.config.maxQueued) throw new ScanQueueFullError(waiting.length);
      const principalId = await this.principals.idOf(tx, actor);
      const scan = { ...newScan(request, this.clock.now()), principalId };
      await this.scans.insert(tx, scan);
      await tx.publish('scan.queued', { scanId: scan.id });
      return { scanId: scan.id, isJoined: false };
    });
  }
}
