import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { InstanceSettingEntity } from './instance-setting.entity';

/** What this installation remembers about itself. */
@Injectable()
export class InstanceSettings {
  constructor(
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Rejects where the database does not answer. */
  async has(key: string): Promise<boolean> {
    return this.database.manager.existsBy(InstanceSettingEntity, { key });
  }

  /** @returns whether it was not set before. */
  async setOnce(tx: Transaction, key: string, value: unknown): Promise<boolean> {
    if (await tx.manager.existsBy(InstanceSettingEntity, { key })) return false;
    const updatedAt = this.clock.now().toISOString();
    await tx.manager.insert<object>(InstanceSettingEntity, { key, value, updatedAt });
    return true;
  }
}
