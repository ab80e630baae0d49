import { Injectable } from '@nestjs/common';
import { RepeatedWork } from '../../common/repeated-work';
import { OnDomainEvent } from '../../domain-events/on-domain-event';
import { DeliveryRetention } from './delivery-retention.service';

const HOUR_MS = 3_600_000;

/** Removes old deliveries, and those of webhooks that were deleted. */
@Injectable()
export class DeliveryRetentionSchedule extends RepeatedWork {
  constructor(private readonly retention: DeliveryRetention) {
    const complaint = 'Old deliveries are not all gone yet';
    super({ topic: 'webhooks', everyMs: HOUR_MS, complaint });
  }

  @OnDomainEvent('webhook.deleted', { when: 'after-commit' })
  webhookDeleted(): void {
    this.runSoon();
  }

  protected async work(isStopping: () => boolean): Promise<void> {
    const removed = await this.retention.apply(isStopping);
    if (removed > 0) this.logger.log(`${removed} deliveries were past their age.`);
  }
}
