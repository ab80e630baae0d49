import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../domain-events/unit-of-work';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { BillStore } from './bill-store.service';
import { BillsRepository } from './bills.repository';
import { SbomNotFoundError } from './sbom.errors';

@Injectable()
export class SbomCommands {
  constructor(
    private readonly bills: BillsRepository,
    private readonly store: BillStore,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Resolves when it is gone; from the first step on nobody sees it, and the next start ends what a stop leaves over. @throws SbomNotFoundError */
  async delete(id: string, actor: Actor): Promise<void> {
    const bill = await this.bills.find(id);
    if (bill === null) throw new SbomNotFoundError();
    await this.units.run(async (tx) => {
      if (!(await this.bills.hide(tx, id))) throw new SbomNotFoundError();
      await this.audit.record(tx, actor, {
        action: 'sbom.deleted',
        subjectType: 'sbom',
        subjectId: id,
        details: { project: bill.project, target: bill.targetPath },
      });
    });
    await this.store.removeHidden(id);
  }
}
