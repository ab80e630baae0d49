import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { StoredScanEvent } from '../../ports/live-feed.port';
import { ScanEventEntity } from './scan-event.entity';
import type { WireEvent } from './wire-events';

@Injectable()
export class ScanEventsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** Gives the event the next place in its scan's stream. Writers queue up, so no two take the same. */
  async append(
    tx: Transaction,
    scanId: string,
    event: WireEvent,
    ts: string,
  ): Promise<StoredScanEvent> {
    const last = await tx.manager.maximum(ScanEventEntity, 'seq', { scanId });
    const stored: StoredScanEvent = { scanId, seq: (last ?? 0) + 1, ts, ...event };
    await insertRows<Fields<ScanEventEntity>>(tx.manager, ScanEventEntity, [stored]);
    return stored;
  }

  /** In order, from after a place on. */
  async after(scanId: string, seq: number, limit: number): Promise<StoredScanEvent[]> {
    const rows = await this.database.manager.find(ScanEventEntity, {
      where: { scanId, seq: MoreThan(seq) },
      order: { seq: 'ASC' },
      take: limit,
    });
    // A row's payload belongs to its event: `append` wrote them together.
    return rows as unknown as StoredScanEvent[];
  }

  /** The last place that is taken, 0 where none is. */
  async lastSeq(scanId: string): Promise<number> {
    return (await this.database.manager.maximum(ScanEventEntity, 'seq', { scanId })) ?? 0;
  }
}
