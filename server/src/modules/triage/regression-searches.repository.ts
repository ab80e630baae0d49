import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { RegressionSearchEntity } from './regression-search.entity';

export type RegressionSearch = Readonly<Fields<RegressionSearchEntity>>;

/** How far scans have been looked through for regressions, where that is not to their end. */
@Injectable()
export class RegressionSearches {
  constructor(private readonly database: ReadDatabase) {}

  async open(): Promise<RegressionSearch[]> {
    return this.database.manager.find(RegressionSearchEntity, { order: { scanId: 'ASC' } });
  }

  /** `null` for one that has come to its end. */
  async stored({ manager }: Transaction, scanId: string): Promise<RegressionSearch | null> {
    return manager.findOneBy(RegressionSearchEntity, { scanId });
  }

  async put({ manager }: Transaction, search: RegressionSearch): Promise<void> {
    await manager.save(RegressionSearchEntity, { ...search });
  }

  async end({ manager }: Transaction, scanId: string): Promise<void> {
    await manager.delete(RegressionSearchEntity, { scanId });
  }
}
