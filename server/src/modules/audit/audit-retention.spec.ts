import { Logger } from '@nestjs/common';
import {
  openTemporaryDatabase,
  type TemporaryDatabase,
} from '../../../test/support/temporary-database';
import { verifyAudit } from '../../admin/audit-verify.command';
import type { StoredRow } from '../../database/chain-hash';
import type { Clock } from '../../ports/clock.port';
import { PrincipalsService } from '../auth/principals.service';
import { AuditLog, THE_SERVER } from './audit-log.service';
import { AuditRetention } from './audit-retention.service';
import { RetentionSchedule } from './retention-schedule';

const DAY_MS = 86_400_000;

describe('retention of the audit log', () => {
  let temporary: TemporaryDatabase;
  let now: Date;
  const clock: Clock = { now: () => now, monotonicMs: () => 0 };
  const log = new AuditLog(new PrincipalsService(clock), clock);

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  /** Writes as many entries, all of them as old. */
  async function write(count: number, ageDays: number): Promise<void> {
    now = new Date(Date.now() - ageDays * DAY_MS);
    await temporary.unitOfWork.run(async (tx) => {
      for (let index = 0; index < count; index += 1) {
        await log.record(tx, THE_SERVER, {
          action: 'scan.deleted',
          subjectType: 'scan',
          subjectId: `aged ${ageDays}`,
          details: {},
        });
      }
    });
    now = new Date();
  }

  function retention(retentionDays: number | null): AuditRetention {
    return new AuditRetention(temporary.unitOfWork, log, clock, { retentionDays });
  }

  function rows(): Promise<StoredRow[]> {
    return temporary.read.manager.query<StoredRow[]>('SELECT * FROM audit_log ORDER BY seq');
  }

  async function isIntact(): Promise<boolean> {
    const { chains } = await verifyAudit(temporary.database.reader, []);
    return chains.every(({ problem }) => problem === null);
  }

  it('keeps everything for good where no age is set, and says nothing', async () => {
    await write(2, 9000);
    await retention(null).adopt();

    expect(await retention(null).apply(() => false)).toBe(0);
    expect(await rows()).toHaveLength(2);
  });

  it('writes a line when the age changes, and none when it stays', async () => {
    now = new Date();
    for (const days of [null, 90, 90, 30, null]) await retention(days).adopt();

    expect((await rows()).map((row) => [row['action'], row['actor'], row['details_json']])).toEqual(
      [
        ['retention.changed', 'server', '{"from_days":null,"to_days":90}'],
        ['retention.changed', 'server', '{"from_days":90,"to_days":30}'],
        ['retention.changed', 'server', '{"from_days":30,"to_days":null}'],
      ],
    );
  });

  it('removes what is past its age in small units, says so, and leaves a chain that holds', async () => {
    await write(600, 40);
    await write(2, 20);
    const thirty = retention(30);
    await thirty.adopt();

    expect(await thirty.apply(() => false)).toBe(600);
    const left = await rows();
    expect(left.map(({ seq }) => seq)).toEqual([601, 602, 603, 604, 605, 606]);
    expect(left.filter((row) => row['action'] === 'retention.applied')).toHaveLength(3);
    expect(JSON.parse(String(left.at(-1)?.['details_json']))).toMatchObject({
      days: 30,
      removed: 100,
      last_seq: 600,
    });
    expect(await isIntact()).toBe(true);
    expect(await thirty.apply(() => false)).toBe(0);
  });

  it('goes on behind its anchor when everything was past its age', async () => {
    now = new Date(Date.now() - 40 * DAY_MS);
    await retention(30).adopt();
    now = new Date();

    expect(await retention(30).apply(() => false)).toBe(1);
    await write(1, 0);
    expect((await rows()).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(await isIntact()).toBe(true);
  });

  it('keeps what stands behind a younger row, however old it says it is', async () => {
    await write(1, 10);
    await write(1, 40);
    await retention(30).adopt();

    expect(await retention(30).apply(() => false)).toBe(0);
  });

  it('ends between two units when the server stops', async () => {
    await write(600, 40);
    await retention(30).adopt();
    const answers = [false, true];

    expect(await retention(30).apply(() => answers.shift() ?? true)).toBe(250);
    expect(await isIntact()).toBe(true);
  });
});

describe('the schedule of retention', () => {
  beforeEach(() => {
    Logger.overrideLogger(false);
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('applies it at the start and every day until the stop, whatever becomes of a day', async () => {
    const calls: string[] = [];
    const retention = {
      adopt: () => Promise.resolve(void calls.push('adopt')),
      apply: () => {
        calls.push('apply');
        return calls.length === 3 ? Promise.reject(new Error('disk full')) : Promise.resolve(1);
      },
    };
    const schedule = new RetentionSchedule(retention as unknown as AuditRetention);

    await schedule.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(2 * DAY_MS);
    await schedule.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(2 * DAY_MS);

    expect(calls).toEqual(['adopt', 'apply', 'apply', 'apply']);
  });
});
