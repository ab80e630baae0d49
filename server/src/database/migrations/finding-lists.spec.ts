import { openTemporaryDatabase } from '../../../test/support/temporary-database';
import { undoDownTo } from '../../../test/support/undo-migrations';

/** Rows as they were before findings had numbers: of the younger scan first, and not in the order of their positions. */
const ROWS = [
  ...['b', 'a'].map(
    (
      id,
      index,
    ) => `INSERT INTO scans (id, project, scan_types, options_json, status, created_at, findings_count,
      critical_count, high_count, medium_count, low_count, info_count)
      VALUES ('${id}', 'shop', '[]', '{}', 'completed', '2026-01-0${2 - index}T00:00:00.000Z', 3, 0, 3, 0, 0, 0)`,
  ),
  ...['b', 'a'].flatMap((scan) =>
    [2, 0, 1].map(
      (
        position,
      ) => `INSERT INTO findings (scan_id, id, position, fingerprint, occurrence, scanner, scan_type, severity, title,
      description, rule_id, metadata_json, compliance_tags_json, aliases_json)
      VALUES ('${scan}', 'id-${position}', ${position}, 'fp-${position}', 1, 'secrets', 'code', 'high',
        'title ${scan}${position}', 'd', 'rule-${position === 1 ? 'odd' : 'even'}',
        '${position === 2 ? '{"suppressed_by":"inline"}' : '{}'}', '["OWASP-A03"${position === 0 ? '' : ',"X"'}]', '[]')`,
    ),
  ),
];

it('numbers the findings that are there, notes their runs, indexes their words, and can be undone', async () => {
  const temporary = await openTemporaryDatabase();
  const { writer } = temporary.database;
  try {
    await undoDownTo(writer, 'FindingLists');
    for (const sql of ROWS) await writer.query(sql);
    const columns = 'scan_id, id, position, fingerprint, title, rule_id, metadata_json';
    const before = await writer.query(`SELECT ${columns} FROM findings ORDER BY scan_id, position`);

    await writer.runMigrations();

    const first = 16_777_216;
    expect(await writer.query(`SELECT number, scan_id, id FROM findings ORDER BY number`)).toEqual(
      ['a', 'b'].flatMap((scan_id, index) =>
        [0, 1, 2].map((at) => ({ number: first * (index + 1) + at, scan_id, id: `id-${at}` })),
      ),
    );
    expect(
      await writer.query(
        `SELECT field, value, first_position AS "from", last_position AS "to" FROM finding_runs WHERE scan_id = 'b'
        ORDER BY field, value, last_position`,
      ),
    ).toEqual(
      [
        ['compliance', 'OWASP-A03', 0, 2],
        ['compliance', 'X', 1, 2],
        ['rule_id', 'rule-even', 0, 0],
        ['rule_id', 'rule-even', 2, 2],
        ['rule_id', 'rule-odd', 1, 1],
        ['scan_type', 'code', 0, 2],
        ['scanner', 'secrets', 0, 2],
        ['severity', 'high', 0, 2],
        ['suppressed', 'true', 2, 2],
      ].map(([field, value, from, to]) => ({ field, value, from, to })),
    );
    expect(
      await writer.query(
        `SELECT rowid FROM findings_search WHERE findings_search MATCH '"title b1"'`,
      ),
    ).toEqual([{ rowid: first * 2 + 1 }]);

    await undoDownTo(writer, 'FindingLists');
    expect(
      await writer.query(`SELECT ${columns} FROM findings ORDER BY scan_id, position`),
    ).toEqual(before);
  } finally {
    await temporary.dispose();
  }
});
