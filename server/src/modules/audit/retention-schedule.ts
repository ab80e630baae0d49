import { Injectable } from '@nestjs/common';
import { RepeatedWork } from '../../common/repeated-work';
import { AuditRetention } from './audit-retention.service';

const DAY_MS = 86_400_000;

/** Applies retention. */
@Injectable()
export class RetentionSchedule extends RepeatedWork {
  constructor(private readonly retention: AuditRetention) {
    const complaint = 'Old entries of the audit log are not all gone yet';
    super({ topic: 'retention', everyMs: DAY_MS, complaint });
  }

  /** Resolves once the age that is set holds; what is past it goes behind. */
  override async onApplicationBootstrap(): Promise<void> {
    await this.retention.adopt();
    await super.onApplicationBootstrap();
  }

  protected async work(isStopping: () => boolean): Promise<void> {
    const removed = await this.retention.apply(isStopping);
    if (removed > 0) this.logger.log(`${removed} entries of the audit log were past their age.`);
  }
}
