import { Injectable } from '@nestjs/common';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import { insertRows } from '../../database/insert-rows';
import type { Transaction } from '../../domain-events/unit-of-work';
import type { StoredScanEvent } from '../../ports/live-feed.port';
import { ScanEventEntity } from './scan-event.entity';
import type { WireEvent } from './wire-events';

/** Asked by each stream that opens, often many at once, so by hand: the ORM would take several times as long. */
const AFTER = `SELECT "seq", "event", "payload_json", "ts" FROM "scan_events"
  WHERE "scan_id" = ? AND "seq" > ? ORDER BY "seq" LIMIT ?`;
const LAST = 'SELECT MAX("seq") AS "last" FROM "scan_events" WHERE "scan_id" = ?';

interface EventRow {
  readonly seq: number;
  readonly event: string;
  readonly payload_json: string;
  readonly ts: string;
}

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
    const rows = await this.database.manager.query<EventRow[]>(AFTER, [scanId, seq, limit]);
    return rows.map(({ payload_json, ...row }) => {
      const payload: unknown = JSON.parse(payload_json);
      // A row's payload belongs to its event: `append` wrote them together.
      return { scanId, ...row, payload } as StoredScanEvent;
    });
  }

  /** The last place that is taken, 0 where none is. */
  async lastSeq(scanId: string): Promise<number> {
    const rows = await this.database.manager.query<{ last: number | null }[]>(LAST, [scanId]);
    return rows[0]?.last ?? 0;
  }
}
