import { openTemporaryDatabase } from '../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../test/support/temporary-database';

const NOW = '2026-01-01T00:00:00.000Z';

/** One row of everything, each connected to the others where the schema lets it. */
const ROWS = [
  `INSERT INTO principals (id, kind, subject, display_name, created_at)
    VALUES ('p', 'key', 'k', 'Ada', '${NOW}')`,
  `INSERT INTO api_keys (id, principal_id, name, prefix, key_hash, scopes_json, created_at)
    VALUES ('k', 'p', 'ci', 'ssk_1', 'hash', '[]', '${NOW}')`,
  `INSERT INTO scans (id, project, scan_types, options_json, status, created_at, principal_id, findings_count,
    critical_count, high_count, medium_count, low_count, info_count)
    VALUES ('s', 'shop', '[]', '{}', 'completed', '${NOW}', 'p', 1, 0, 1, 0, 0, 0)`,
  `INSERT INTO scanner_outcomes (scan_id, scanner, position, scan_type, status, duration_ms, findings_count, notes_json)
    VALUES ('s', 'secrets', 0, 'code', 'completed', 1, 1, '[]')`,
  `INSERT INTO scanner_skips (scan_id, name, reason) VALUES ('s', 'semgrep', 'not installed')`,
  `INSERT INTO scan_events (scan_id, seq, event, payload_json, ts) VALUES ('s', 1, 'scan.start', '{}', '${NOW}')`,
  `INSERT INTO findings (number, scan_id, id, fingerprint, occurrence, scanner, scan_type, severity, title,
    description, rule_id, metadata_json, compliance_tags_json, aliases_json)
    VALUES (16777216, 's', 'f', 'fp', 1, 'secrets', 'code', 'high', 't', 'd', 'r', '{}', '[]', '[]')`,
  `INSERT INTO finding_states (fingerprint, status, updated_at, principal_id) VALUES ('fp', 'triaged', '${NOW}', 'p')`,
  `INSERT INTO project_finding_states (project, fingerprint, status, updated_at)
    VALUES ('shop', 'fp', 'wont_fix', '${NOW}')`,
  `INSERT INTO finding_comments (id, fingerprint, text, created_at) VALUES ('c', 'fp', 'seen', '${NOW}')`,
  `INSERT INTO finding_state_history (seq, fingerprint, cause, changed_at, principal_id, previous_hash, hash)
    VALUES (1, 'fp', 'decision', '${NOW}', 'p', '${'0'.repeat(64)}', 'h')`,
  `INSERT INTO notifications (id, type, severity, title, scan_id, created_at)
    VALUES ('n', 'scan.complete', 'warning', 't', 's', '${NOW}')`,
  `INSERT INTO notification_reads (notification_id, principal_id, read_at) VALUES ('n', 'p', '${NOW}')`,
  `INSERT INTO webhooks (id, name, url, url_origin, secret, header_names_json, format, event_filter_json, ordered, enabled,
    created_at, updated_at) VALUES ('w', 'chat', 'x', 'x', 'x', '[]', 'generic', '[]', 1, 1, '${NOW}', '${NOW}')`,
  `INSERT INTO webhook_deliveries (id, webhook_id, lane, sequence, message_id, event, payload_json, status, attempt,
    next_attempt_at, lease_token, occurred_at, created_at, updated_at)
    VALUES ('d', 'w', 'events', 1, 'd', 'scan.complete', '{}', 'pending', 1, '${NOW}', 1, '${NOW}', '${NOW}', '${NOW}')`,
  `INSERT INTO webhook_attempts (delivery_id, attempt, started_at, duration_ms) VALUES ('d', 1, '${NOW}', 5)`,
  `INSERT INTO sbom_documents (id, scan_id, project, target_path, name, is_complete, is_published,
    component_count, created_at) VALUES ('b', 's', 'shop', '/shop', 'shop', 1, 1, 1, '${NOW}')`,
  `INSERT INTO sbom_parts (sbom_id, content, position, bytes) VALUES ('b', 'spdx', 0, x'00')`,
  `INSERT INTO audit_log (seq, occurred_at, action, principal_id, subject_type, subject_id, details_json,
    previous_hash, hash) VALUES (1, '${NOW}', 'scan.delete', 'p', 'scan', 's', '{}', '${'0'.repeat(64)}', 'h')`,
];

const TABLES = ROWS.map((sql) => /INTO (\w+)/.exec(sql)?.[1] ?? '');

describe('what a deletion takes along', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
    for (const sql of ROWS) {
      await execute(sql);
    }
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  function execute(sql: string): Promise<unknown> {
    return temporary.unitOfWork.run((tx) => tx.manager.query(sql));
  }

  async function emptyTables(): Promise<string[]> {
    const empty: string[] = [];
    for (const table of TABLES) {
      const rows = await temporary.read.manager.query<object[]>(`SELECT 1 FROM ${table}`);
      if (rows.length === 0) {
        empty.push(table);
      }
    }
    return empty;
  }

  function valueOf(column: string, table: string): Promise<object[]> {
    return temporary.read.manager.query<object[]>(`SELECT ${column} FROM ${table}`);
  }

  it('of a scan: its own rows, and no verdict, comment, notification, document or record', async () => {
    await execute(`DELETE FROM scans WHERE id = 's'`);

    expect(await emptyTables()).toEqual([
      'scans',
      'scanner_outcomes',
      'scanner_skips',
      'scan_events',
      'findings',
    ]);
    expect(await valueOf('scan_id', 'notifications')).toEqual([{ scan_id: null }]);
    expect(await valueOf('scan_id', 'sbom_documents')).toEqual([{ scan_id: null }]);
    expect(await valueOf('subject_id', 'audit_log')).toEqual([{ subject_id: 's' }]);
  });

  it('of a webhook: its deliveries with their attempts', async () => {
    await execute(`DELETE FROM webhooks WHERE id = 'w'`);

    expect(await emptyTables()).toEqual(['webhooks', 'webhook_deliveries', 'webhook_attempts']);
  });

  it('of a bill of materials: its parts', async () => {
    await execute(`DELETE FROM sbom_documents WHERE id = 'b'`);

    expect(await emptyTables()).toEqual(['sbom_documents', 'sbom_parts']);
  });

  it.each([
    ['a verdict that somebody commented on', 'finding_states'],
    ['a principal whom the records name', 'principals'],
  ])('refuses the deletion of %s', async (_what, table) => {
    await expect(execute(`DELETE FROM ${table}`)).rejects.toThrow('FOREIGN KEY constraint failed');
    expect(await emptyTables()).toEqual([]);
  });

  it('refuses a row that refers to nothing', async () => {
    await expect(
      execute(`INSERT INTO scanner_skips (scan_id, name, reason) VALUES ('none', 'x', 'y')`),
    ).rejects.toThrow('FOREIGN KEY constraint failed');
  });
});
