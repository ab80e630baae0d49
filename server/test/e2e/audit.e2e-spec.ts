import { join } from 'node:path';
import type { AuditEntryBody, ErrorBody, ScanBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import Database from 'better-sqlite3';
import { verifyAudit } from '../../src/admin/audit-verify.command';
import { UnitOfWork } from '../../src/domain-events/unit-of-work';
import { AuditLog } from '../../src/modules/audit/audit-log.service';
import type { Actor } from '../../src/modules/auth/caller';
import { openForReading } from '../../src/platform/embedded/sqlite-database';
import { everyPage } from '../support/every-page';
import { createScan, endOfScan, startTestServer, type TestServer, writeTree } from './test-server';

const ADA: Actor = {
  kind: 'key',
  subject: 'key-1',
  name: 'ada',
  email: null,
  requestId: 'r-1',
  address: '192.0.2.7',
};

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(async () => {
  await server.close();
});

async function audit(query = ''): Promise<AuditEntryBody[]> {
  return (await server.app.inject(`/api/v1/audit${query}`)).json<AuditEntryBody[]>();
}

/** Writes entries about the scans of these ids as somebody. */
async function write(actor: Partial<Actor>, ...subjectIds: string[]): Promise<void> {
  await server.app.get(UnitOfWork).run(async (tx) => {
    for (const subjectId of subjectIds) {
      await server.app
        .get(AuditLog, { strict: false })
        .record(
          tx,
          { ...ADA, ...actor },
          { action: 'scan.deleted', subjectType: 'scan', subjectId, details: {} },
        );
    }
  });
}

describe('what is written down', () => {
  it('is the deletion of a scan, with its request and what the scan was', async () => {
    await writeTree(server.root, { Dockerfile: 'FROM ubuntu:latest\n' });
    const scan = await endOfScan(server, (await createScan(server, server.root)).id);
    await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/scans/${scan.id}`,
      headers: { 'x-request-id': 'the-request' },
    });

    expect(await audit()).toEqual([
      {
        seq: 1,
        occurred_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
        action: 'scan.deleted',
        actor: 'anybody on this machine',
        principal_id: null,
        subject_type: 'scan',
        subject_id: scan.id,
        details: {
          project: scan.project,
          target: server.root,
          scan_types: ['iac'],
          created_at: scan.created_at,
          findings_count: scan.findings_count,
        },
        request_id: 'the-request',
        remote_address: '127.0.0.1',
        previous_hash: '0'.repeat(64),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('is that a scan was cancelled, without what its address holds beside host and path', async () => {
    const token = randomToken(32, 4);
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/scans',
      payload: {
        target_url: `http://127.0.0.1:9/shop?session=${token}`,
        scan_types: ['dast'],
      },
    });
    const { id, requested_by } = answer.json<ScanBody>();
    const cancelled = await server.app.inject({
      method: 'POST',
      url: `/api/v1/scans/${id}/cancel`,
    });

    expect([cancelled.statusCode, requested_by]).toEqual([200, null]);
    const entries = await audit();
    expect(entries).toMatchObject([
      { action: 'scan.cancelled', subject_id: id, details: { target: 'http://127.0.0.1:9/shop' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  });

  it('is nothing where nothing was done', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    await server.app.inject({ method: 'DELETE', url: `/api/v1/scans/${id}` });
    await server.app.inject({ method: 'POST', url: `/api/v1/scans/${id}/cancel` });

    expect(await audit()).toEqual([]);
  });
});

describe('the list', () => {
  it('comes in pages, newest first', async () => {
    await write({}, 's1', 's2', 's3', 's4', 's5');
    const seen: number[] = [];
    for await (const page of everyPage(server.app, '/api/v1/audit?limit=2')) {
      expect(page.headers['x-total-count']).toBe('5');
      seen.push(...page.json<AuditEntryBody[]>().map(({ seq }) => seq));
    }

    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it('is filtered by what was done, on what, by whom and when', async () => {
    await write({}, 's1', 's2');
    await write({ subject: 'key-2', name: 'bob' }, 's2');
    const [latest] = await audit('?limit=1');
    const at = latest?.occurred_at ?? '';
    const withZone = encodeURIComponent(at.replace('Z', '+00:00'));
    const seqs = async (query: string): Promise<number[]> =>
      (await audit(`?${query}`)).map(({ seq }) => seq);

    expect(await seqs('subject_id=s2')).toEqual([3, 2]);
    expect(await seqs('subject_id=s2&principal=ada&action=scan.deleted')).toEqual([2]);
    expect(await seqs('principal=bob')).toEqual([3]);
    expect(await seqs(`principal=${latest?.principal_id ?? ''}`)).toEqual([3]);
    expect(await seqs('action=key.created')).toEqual([]);
    expect(await seqs('subject_type=scan&limit=1')).toEqual([3]);
    expect(await seqs(`until=${withZone}`)).not.toContain(3);
    expect(await seqs(`since=${withZone}`)).toContain(3);
  });

  it.each([
    'action=scan.started',
    'subject_type=thing',
    'since=yesterday',
    'until=2026-13-01T00:00:00Z',
    'principal=',
    'limit=201',
    'who=ada',
  ])('refuses ?%s', async (query) => {
    const answer = await server.app.inject(`/api/v1/audit?${query}`);

    expect([answer.statusCode, answer.json<ErrorBody>().code]).toEqual([422, 'VALIDATION_FAILED']);
  });

  it('refuses the cursor of another list', async () => {
    const cursor = Buffer.from('["scans","x",1]').toString('base64url');

    expect((await server.app.inject(`/api/v1/audit?cursor=${cursor}`)).json()).toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });
});

describe('a verification beside the running server', () => {
  async function verify(...expected: string[]) {
    const source = await openForReading(join(server.directory, 'scans.db'));
    try {
      return await verifyAudit(source, expected);
    } finally {
      await source.destroy();
    }
  }

  /** Whoever may write to the file can do this; the triggers only keep the program from it. */
  function tamper(sql: string): void {
    const file = new Database(join(server.directory, 'scans.db'));
    const triggers = file
      .prepare<[], { name: string }>(`SELECT name FROM sqlite_master WHERE type = 'trigger'`)
      .all();
    for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`);
    file.exec(sql);
    file.close();
  }

  it('finds nothing where nothing was done, and the last hash of an earlier one', async () => {
    await write({}, 's1', 's2', 's3');
    const before = await verify();
    const hash = before.chains[0]?.last?.hash ?? '';
    await write({}, 's4');

    expect(before.chains.map(({ entries, problem }) => [entries, problem])).toEqual([
      [3, null],
      [0, null],
    ]);
    expect(await verify(hash)).toMatchObject({ unknownHashes: [], chains: [{ entries: 4 }, {}] });
  });

  it.each([
    [`UPDATE audit_log SET actor = 'eve' WHERE seq = 3`, { seq: 3, reason: 'row_changed' }],
    [`UPDATE audit_log SET actor = X'00ff' WHERE seq = 3`, { seq: 3, reason: 'row_changed' }],
    [`UPDATE audit_log SET details_json = '{ }' WHERE seq = 2`, { seq: 2, reason: 'row_changed' }],
    [`DELETE FROM audit_log WHERE seq IN (2, 3)`, { seq: 2, reason: 'row_missing' }],
    [`UPDATE retention SET audit_anchor_seq = 2`, { seq: 1, reason: 'row_returned' }],
    [
      `UPDATE retention SET audit_anchor_seq = 2,
        audit_anchor_hash = (SELECT hash FROM audit_log WHERE seq = 2);
      DELETE FROM audit_log WHERE seq <= 2`,
      { seq: 2, reason: 'anchor_unexplained' },
    ],
    [`DELETE FROM retention`, { seq: 0, reason: 'anchor_missing' }],
  ])('names the row after %s', async (sql, problem) => {
    await write({}, 's1', 's2', 's3', 's4');
    tamper(sql);

    expect((await verify()).chains[0]?.problem).toMatchObject(problem);
  });

  it('finds that the end was cut off only with a hash that was printed before', async () => {
    await write({}, 's1', 's2', 's3');
    const hash = (await verify()).chains[0]?.last?.hash ?? '';
    tamper(`DELETE FROM audit_log WHERE seq = 3`);

    expect((await verify()).chains[0]?.problem).toBeNull();
    expect((await verify(hash)).unknownHashes).toEqual([hash]);
  });
});
