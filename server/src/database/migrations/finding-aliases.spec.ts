import { openTemporaryDatabase } from '../../../test/support/temporary-database';

const NOW = '2026-01-01T00:00:00.000Z';
const alias = (fingerprint: string): object => ({ scanner: 's', rule_id: 'r', fingerprint });

function finding(number: number, fingerprint: string, aliases: readonly string[]): string {
  return `INSERT INTO findings (number, scan_id, id, fingerprint, occurrence, scanner, scan_type, severity, title,
      description, rule_id, metadata_json, compliance_tags_json, aliases_json)
    VALUES (${number}, 'a', 'id-${number}', '${fingerprint}', 1, 's', 'code', 'high', 't', 'd', 'r', '{}', '[]',
      '${JSON.stringify(aliases.map(alias))}')`;
}

const history = (seq: number, project: string, cause: string): string =>
  `INSERT INTO finding_state_history (seq, fingerprint, project, cause, to_status, changed_at, previous_hash, hash)
    VALUES (${seq}, 'w', ${project}, '${cause}', 'new', '${NOW}',
      '${seq === 1 ? '0'.repeat(64) : `hash ${seq - 1}`}', 'hash ${seq}')`;

const ROWS = [
  `INSERT INTO scans (id, project, scan_types, options_json, status, created_at, findings_count,
    critical_count, high_count, medium_count, low_count, info_count)
    VALUES ('a', 'shop', '[]', '{}', 'completed', '${NOW}', 3, 0, 3, 0, 0, 0)`,
  finding(1, 'w', ['b', 'w', 'x']),
  finding(2, 'w', ['b', 'w']),
  finding(3, 'alone', ['alone']),
  `INSERT INTO finding_states (fingerprint, status, updated_at) VALUES ('w', 'new', '${NOW}'), ('x', 'new', '${NOW}')`,
  `INSERT INTO project_finding_states (project, fingerprint, status, updated_at) VALUES ('shop', 'w', 'new', '${NOW}')`,
  history(1, 'NULL', 'decision'),
  history(2, 'NULL', 'comment'),
  history(3, `'shop'`, 'decision'),
  history(4, `'other'`, 'expiry'),
];

it('keeps which fingerprints belonged together, and why verdicts are as they are', async () => {
  const temporary = await openTemporaryDatabase();
  const { writer } = temporary.database;
  try {
    await writer.undoLastMigration();
    await writer.undoLastMigration();
    for (const sql of ROWS) await writer.query(sql);

    await writer.runMigrations();

    const pairs = await writer.query<{ pair: string }[]>(
      `SELECT fingerprint || ' ' || alias AS pair FROM finding_aliases ORDER BY pair`,
    );
    expect(pairs.map(({ pair }) => pair)).toEqual(['b w', 'w b', 'w x', 'x w']);
    expect(
      await writer.query(`SELECT fingerprint, cause FROM finding_states ORDER BY fingerprint`),
    ).toEqual([
      { fingerprint: 'w', cause: 'comment' },
      { fingerprint: 'x', cause: 'decision' },
    ]);
    expect(await writer.query(`SELECT cause FROM project_finding_states`)).toEqual([
      { cause: 'decision' },
    ]);
  } finally {
    await temporary.dispose();
  }
});
