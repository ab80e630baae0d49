import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { InstanceMark } from '../../ports/instance-mark.port';
import { InstanceSettingEntity } from './instance-setting.entity';

/** Set once a credential exists or has existed, and never unset: losing the last one must not open the doors. */
const LATCH = 'credentials.existed';

/** What this installation remembers about itself. */
@Injectable()
export class InstanceSettings {
  constructor(
    private readonly database: ReadDatabase,
    private readonly mark: InstanceMark,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a credential has ever existed here. The database says so, and the mark beside it where the database is another one
   * than it was. Rejects where the database does not answer.
   */
  async hasHadCredentials(): Promise<boolean> {
    if (!(await this.isLatched())) return this.mark.isSet();
    this.mark.set();
    return true;
  }

  /** What says that credentials existed, where the database of then is gone; `null` where it is not. */
  async signOfLoss(): Promise<string | null> {
    return this.mark.isSet() && !(await this.isLatched()) ? this.mark.place : null;
  }

  /** @returns whether the database did not know it before. */
  async noteCredentials(tx: Transaction): Promise<boolean> {
    if (await tx.manager.existsBy(InstanceSettingEntity, { key: LATCH })) return false;
    const updatedAt = this.clock.now().toISOString();
    await tx.manager.insert<object>(InstanceSettingEntity, { key: LATCH, value: true, updatedAt });
    this.mark.set();
    return true;
  }

  private async isLatched(): Promise<boolean> {
    return this.database.manager.existsBy(InstanceSettingEntity, { key: LATCH });
  }
}
