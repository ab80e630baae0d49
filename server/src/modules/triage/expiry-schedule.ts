import { Injectable } from '@nestjs/common';
import { RepeatedWork } from '../../common/repeated-work';
import { VerdictExpiry } from './verdict-expiry.service';

const MINUTE_MS = 60_000;

/** Looks for verdicts that have lapsed; what is not written down yet counts no longer all the same. */
@Injectable()
export class ExpirySchedule extends RepeatedWork {
  constructor(private readonly expiry: VerdictExpiry) {
    const complaint = 'Lapsed verdicts are not all written down yet';
    super({ topic: 'triage', everyMs: MINUTE_MS, complaint });
  }

  protected async work(isStopping: () => boolean): Promise<void> {
    const lapsed = await this.expiry.apply(isStopping);
    if (lapsed > 0) this.logger.log(`${lapsed} verdicts have lapsed.`);
  }
}
