import type { QueryRunner } from 'typeorm';

/*
 * The full-text index over findings. It holds no copy of the text, only where each word is, under the finding's number: a
 * scan is a range of numbers, in canonical order. An index without text forgets a row only if it is told the row's words
 * again, which is why a finding's text never changes.
 */

const COLUMNS = ['title', 'description', 'file_path', 'rule_id', 'cwe'];
const NAMES = COLUMNS.map((name) => `"${name}"`).join(', ');

function valuesOf(row: 'NEW' | 'OLD'): string {
  return ['number', ...COLUMNS].map((name) => `${row}."${name}"`).join(', ');
}

const TRIGGERS: readonly (readonly [name: string, definition: string])[] = [
  [
    'trg_findings_search_insert',
    `AFTER INSERT ON "findings" BEGIN
      INSERT INTO "findings_search" ("rowid", ${NAMES}) VALUES (${valuesOf('NEW')});
    END`,
  ],
  [
    'trg_findings_search_delete',
    `AFTER DELETE ON "findings" BEGIN
      INSERT INTO "findings_search" ("findings_search", "rowid", ${NAMES}) VALUES ('delete', ${valuesOf('OLD')});
    END`,
  ],
  [
    'trg_findings_search_update',
    `BEFORE UPDATE OF "number", ${NAMES} ON "findings"
    BEGIN SELECT RAISE(ABORT, 'the text of a finding never changes'); END`,
  ],
];

export const SEARCH_TRIGGER_NAMES: readonly string[] = TRIGGERS.map(([name]) => name);

/** What SQLite makes for the index beside the entities' tables. */
export const SEARCH_TABLE_NAMES: readonly string[] = [
  'findings_search',
  'findings_search_config',
  'findings_search_data',
  'findings_search_idx',
];

/** Makes the index with what there is to find. */
export async function createSearchIndex(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(
    `CREATE VIRTUAL TABLE "findings_search" USING fts5(${NAMES}, content='', columnsize=0)`,
  );
  // Segments are merged by eights, which halves what a large scan writes and costs a search next to nothing.
  await queryRunner.query(
    `INSERT INTO "findings_search" ("findings_search", "rank") VALUES ('automerge', 8)`,
  );
  await queryRunner.query(
    `INSERT INTO "findings_search" ("rowid", ${NAMES}) SELECT "number", ${NAMES} FROM "findings"`,
  );
  await createSearchTriggers(queryRunner);
}

/** Makes, or makes anew, the triggers that keep the index true: for a migration that has rebuilt `findings`. */
export async function createSearchTriggers(queryRunner: QueryRunner): Promise<void> {
  await dropSearchTriggers(queryRunner);
  for (const [name, definition] of TRIGGERS) {
    await queryRunner.query(`CREATE TRIGGER "${name}" ${definition}`);
  }
}

export async function dropSearchIndex(queryRunner: QueryRunner): Promise<void> {
  await dropSearchTriggers(queryRunner);
  await queryRunner.query(`DROP TABLE "findings_search"`);
}

async function dropSearchTriggers(queryRunner: QueryRunner): Promise<void> {
  for (const name of SEARCH_TRIGGER_NAMES) {
    await queryRunner.query(`DROP TRIGGER IF EXISTS "${name}"`);
  }
}
