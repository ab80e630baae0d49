import { openTemporaryDatabase } from '../../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../../test/support/temporary-database';
import { AuditLogEntity } from '../../modules/audit/audit-log.entity';
import { GENESIS_HASH, RetentionEntity } from '../../modules/audit/retention.entity';
import { FindingStateHistoryEntity } from '../../modules/triage/finding-state-history.entity';
import { TRIGGER_NAMES, createTriggers } from './sqlite/append-only-triggers';

const LONG_AGO = '2020-01-01T00:00:00.000Z';

const TABLES = [
  {
    table: 'audit_log',
    row: (seq: number, writtenAt: string) => ({
      entity: AuditLogEntity,
      values: {
        ...chained(seq),
        occurredAt: writtenAt,
        action: 'x',
        subjectType: 'x',
        details: {},
      },
    }),
    retention: (days: number | null, seq: number, hash: string): Partial<RetentionEntity> => ({
      auditDays: days,
      auditAnchorSeq: seq,
      auditAnchorHash: hash,
    }),
  },
  {
    table: 'finding_state_history',
    row: (seq: number, writtenAt: string) => ({
      entity: FindingStateHistoryEntity,
      values: {
        ...chained(seq),
        changedAt: writtenAt,
        fingerprint: 'f',
        cause: 'decision' as const,
      },
    }),
    retention: (days: number | null, seq: number, hash: string): Partial<RetentionEntity> => ({
      historyDays: days,
      historyAnchorSeq: seq,
      historyAnchorHash: hash,
    }),
  },
];

function hashOf(seq: number): string {
  return seq === 0 ? GENESIS_HASH : `hash-${seq}`;
}

function chained(seq: number): { seq: number; previousHash: string; hash: string } {
  return { seq, previousHash: hashOf(seq - 1), hash: hashOf(seq) };
}

describe.each(TABLES)('$table', ({ table, row, retention }) => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
    await append(1, LONG_AGO);
    await append(2, LONG_AGO);
    await append(3, new Date().toISOString());
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  async function append(seq: number, writtenAt: string): Promise<void> {
    const { entity, values } = row(seq, writtenAt);
    await temporary.unitOfWork.run((tx) => tx.manager.insert<object>(entity, values));
  }

  function execute(sql: string): Promise<unknown> {
    return temporary.unitOfWork.run((tx) => tx.manager.query(sql));
  }

  async function keep(days: number | null, anchor: number, hash = hashOf(anchor)): Promise<void> {
    await temporary.unitOfWork.run((tx) =>
      tx.manager.update(RetentionEntity, { id: 1 }, retention(days, anchor, hash)),
    );
  }

  async function sequence(): Promise<number[]> {
    const rows = await temporary.read.manager.query<{ seq: number }[]>(
      `SELECT seq FROM ${table} ORDER BY seq`,
    );
    return rows.map(({ seq }) => seq);
  }

  it('refuses to change a row', async () => {
    await expect(execute(`UPDATE ${table} SET hash = 'other' WHERE seq = 1`)).rejects.toThrow(
      'only grows',
    );
    await expect(execute(`UPDATE OR REPLACE ${table} SET seq = 1 WHERE seq = 2`)).rejects.toThrow(
      'only grows',
    );
  });

  it.each(['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE', 'REPLACE'])(
    'refuses %s over an existing row',
    async (verb) => {
      const columns = (
        await temporary.read.manager.query<{ name: string }[]>(
          `SELECT name FROM pragma_table_info('${table}')`,
        )
      )
        .map(({ name }) => name)
        .join(', ');

      await expect(
        execute(`${verb} INTO ${table} (${columns}) SELECT ${columns} FROM ${table} WHERE seq = 2`),
      ).rejects.toThrow('only grows');
    },
  );

  it('refuses a row that leaves a gap, or does not know the hash before it', async () => {
    await expect(append(5, LONG_AGO)).rejects.toThrow('continue its chain');
    const { entity, values } = row(4, LONG_AGO);
    await expect(
      temporary.unitOfWork.run((tx) =>
        tx.manager.insert<object>(entity, { ...values, previousHash: 'invented' }),
      ),
    ).rejects.toThrow('continue its chain');
  });

  it('keeps everything for good unless an age is set', async () => {
    await keep(null, 3);

    await expect(execute(`DELETE FROM ${table} WHERE seq = 1`)).rejects.toThrow(
      'not past its retention',
    );
  });

  it('lets rows go that are past their age and behind the anchor, and goes on from there', async () => {
    await keep(30, 2);

    await execute(`DELETE FROM ${table} WHERE seq <= 2`);
    await append(4, LONG_AGO);

    expect(await sequence()).toEqual([3, 4]);
  });

  it('refuses to delete a row that is young, or past its age but before the anchor', async () => {
    await keep(30, 1);
    await expect(execute(`DELETE FROM ${table} WHERE seq = 2`)).rejects.toThrow(
      'not past its retention',
    );
    await keep(30, 3);
    await expect(execute(`DELETE FROM ${table}`)).rejects.toThrow('not past its retention');

    expect(await sequence()).toEqual([1, 2, 3]);
  });

  it('continues behind the anchor when the last row has gone', async () => {
    await append(4, LONG_AGO);
    await keep(1, 4);
    await execute(`DELETE FROM ${table} WHERE seq <> 3`);

    await expect(append(4, LONG_AGO)).rejects.toThrow('only grows');
    await append(5, LONG_AGO);
    expect(await sequence()).toEqual([3, 5]);
  });

  it('moves the anchor forward only, to a row that is there', async () => {
    await keep(30, 2);
    await expect(keep(30, 1)).rejects.toThrow('must be a later row');
    await expect(keep(30, 2, 'invented')).rejects.toThrow('must be a later row');
    await expect(keep(30, 99)).rejects.toThrow('must be a later row');
  });

  it('keeps the one row that governs it', async () => {
    await expect(execute('DELETE FROM retention')).rejects.toThrow('one row');
    await expect(
      execute('INSERT OR REPLACE INTO retention SELECT * FROM retention'),
    ).rejects.toThrow('one row');
    await expect(keep(0, 0)).rejects.toThrow('CHECK constraint failed');
  });
});

describe('createTriggers', () => {
  it('brings back what the rebuild of a table has dropped', async () => {
    const temporary = await openTemporaryDatabase();
    try {
      const runner = temporary.database.writer.createQueryRunner();
      await runner.query('DROP TRIGGER trg_audit_log_update');

      await createTriggers(runner);

      const rows = await temporary.read.manager.query<{ n: number }[]>(
        `SELECT count(*) AS n FROM sqlite_master WHERE type = 'trigger'
          AND tbl_name IN ('audit_log', 'finding_state_history', 'retention')`,
      );
      expect(rows).toEqual([{ n: TRIGGER_NAMES.length }]);
    } finally {
      await temporary.dispose();
    }
  });
});
