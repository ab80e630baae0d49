import { randomToken } from '@securescan/testing';
import {
  openTemporaryDatabase,
  type TemporaryDatabase,
} from '../../../test/support/temporary-database';
import { hashOfRow, type StoredRow } from '../../database/chain-hash';
import type { Clock } from '../../ports/clock.port';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import { type AuditEntry, AuditLog } from './audit-log.service';
import { GENESIS_HASH } from './retention.entity';

const NOW = '2026-01-31T12:00:00.000Z';
const CLOCK: Clock = { now: () => new Date(NOW), monotonicMs: () => 0 };

const ADA: Actor = {
  kind: 'key',
  subject: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  name: 'ada',
  email: null,
  requestId: 'request-1',
  address: '192.0.2.7',
};

const DELETION: AuditEntry = {
  action: 'scan.deleted',
  subjectType: 'scan',
  subjectId: 'scan-1',
  details: { project: 'shop' },
};

describe('the audit log', () => {
  let temporary: TemporaryDatabase;
  const log = new AuditLog(new PrincipalsService(CLOCK), CLOCK);

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  function record(entry: Partial<AuditEntry> = {}, actor: Partial<Actor> = {}): Promise<void> {
    return temporary.unitOfWork.run((tx) =>
      log.record(tx, { ...ADA, ...actor }, { ...DELETION, ...entry }),
    );
  }

  function rows(): Promise<StoredRow[]> {
    return temporary.read.manager.query<StoredRow[]>('SELECT * FROM audit_log ORDER BY seq');
  }

  it('says who did what, on what, when and in which request', async () => {
    await record();

    const [principal] = await temporary.read.manager.query<{ id: string }[]>(
      'SELECT id FROM principals',
    );
    expect(await rows()).toEqual([
      {
        seq: 1,
        occurred_at: NOW,
        action: 'scan.deleted',
        principal_id: principal?.id,
        actor: 'ada',
        subject_type: 'scan',
        subject_id: 'scan-1',
        details_json: '{"project":"shop"}',
        request_id: 'request-1',
        remote_address: '192.0.2.7',
        previous_hash: GENESIS_HASH,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('names nobody where nobody has to be recognised', async () => {
    await record({}, { kind: 'open', subject: '', name: '', requestId: null, address: null });

    expect(await rows()).toMatchObject([{ principal_id: null, actor: null, request_id: null }]);
  });

  it('chains its rows, also over texts that the database stores in another way than they came', async () => {
    await record();
    await record({ details: { name: 'half \ud83d', nested: [{ b: 1, a: null, ä: '😀 \u2028' }] } });
    await record({}, { name: `lone \udc00 ${'x'.repeat(1000)}` });

    const stored = await rows();
    expect(stored.map(({ hash }) => hash)).toEqual(stored.map((row) => hashOfRow(row)));
    expect(stored.slice(1).map((row) => row['previous_hash'])).toEqual(
      stored.slice(0, -1).map(({ hash }) => hash),
    );
  });

  it('has no line of a change that was undone', async () => {
    await record();
    const undone = temporary.unitOfWork.run(async (tx) => {
      await log.record(tx, ADA, DELETION);
      throw new RangeError('the change failed');
    });

    await expect(undone).rejects.toThrow(RangeError);
    await record();
    expect((await rows()).map(({ seq }) => seq)).toEqual([1, 2]);
  });

  it('keeps no secret, however deep it is', async () => {
    const token = `ghp_${randomToken(36, 1)}`;
    const password = randomToken(20, 2);
    await record({
      details: {
        url: `https://ada:${password}@shop.example.com/`,
        list: [{ text: `token ${token}` }],
      },
    });

    const stored = JSON.stringify(await rows());
    expect(stored).toContain('shop.example.com');
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(password);
  });

  it('refuses details without measure', async () => {
    await expect(record({ details: { text: 'x'.repeat(70_000) } })).rejects.toThrow('too long');
  });
});
