import { Injectable } from '@nestjs/common';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { NUMBERS_OF_A_SCAN } from './scan-number.entity';

const NUMBER = `SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?`;

interface Row {
  readonly number: number;
}

/** Where the numbers of a scan's findings begin: the number of a finding is that plus its position. */
@Injectable()
export class ScanNumbersRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** `null` for a scan that never had a finding. */
  async start(scanId: string): Promise<number | null> {
    const rows = await this.database.manager.query<Row[]>(NUMBER, [scanId]);
    return startOf(rows);
  }

  /** The same for whoever writes; a scan that has no number yet gets the next. */
  async startForWriting({ manager }: Transaction, scanId: string): Promise<number> {
    const known = startOf(await manager.query<Row[]>(NUMBER, [scanId]));
    if (known !== null) return known;
    await manager.query(`INSERT INTO "scan_numbers" ("scan_id") VALUES (?)`, [scanId]);
    return startOf(await manager.query<Row[]>(NUMBER, [scanId])) ?? 0;
  }
}

function startOf([row]: readonly Row[]): number | null {
  return row === undefined ? null : row.number * NUMBERS_OF_A_SCAN;
}
