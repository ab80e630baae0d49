import type { QueryRunner } from 'typeorm';

/** A table that only grows, and the columns of the `retention` row that govern it. */
interface AppendOnlyTable {
  readonly table: string;
  /** When a row was written. */
  readonly writtenAt: string;
  readonly days: string;
  readonly anchorSeq: string;
  readonly anchorHash: string;
}

const APPEND_ONLY_TABLES: readonly AppendOnlyTable[] = [
  {
    table: 'audit_log',
    writtenAt: 'occurred_at',
    days: 'audit_days',
    anchorSeq: 'audit_anchor_seq',
    anchorHash: 'audit_anchor_hash',
  },
  {
    table: 'finding_state_history',
    writtenAt: 'changed_at',
    days: 'history_days',
    anchorSeq: 'history_anchor_seq',
    anchorHash: 'history_anchor_hash',
  },
];

/** One trigger: its name, and everything behind it. */
type Trigger = readonly [name: string, definition: string];

function refuse(reason: string): string {
  return `BEGIN SELECT RAISE(ABORT, '${reason}'); END`;
}

/**
 * A new row continues the chain: the next number, with the hash of the row before. That also refuses an insertion over an
 * existing row, whose replacement would pass the other two triggers unseen.
 */
function appendTrigger({ table, anchorSeq, anchorHash }: AppendOnlyTable): Trigger {
  return [
    `trg_${table}_append`,
    `BEFORE INSERT ON "${table}"
    WHEN NEW."seq" IS NOT 1 + max(
        coalesce((SELECT max("seq") FROM "${table}"), 0),
        coalesce((SELECT "${anchorSeq}" FROM "retention" WHERE "id" = 1), 0))
      OR NEW."previous_hash" IS NOT coalesce(
        (SELECT "hash" FROM "${table}" WHERE "seq" = NEW."seq" - 1),
        (SELECT "${anchorHash}" FROM "retention" WHERE "id" = 1 AND "${anchorSeq}" = NEW."seq" - 1))
    ${refuse(`${table} only grows: a new row must continue its chain`)}`,
  ];
}

function updateTrigger({ table }: AppendOnlyTable): Trigger {
  return [
    `trg_${table}_update`,
    `BEFORE UPDATE ON "${table}" ${refuse(`${table} only grows: no row may change`)}`,
  ];
}

/** A row may go once it is past its age and its hash, or that of a later one, is kept as the anchor. */
function deleteTrigger({ table, writtenAt, days, anchorSeq }: AppendOnlyTable): Trigger {
  return [
    `trg_${table}_delete`,
    `BEFORE DELETE ON "${table}"
    WHEN NOT coalesce(
      (SELECT OLD."seq" <= "${anchorSeq}" AND OLD."${writtenAt}"
          < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || "${days}" || ' days')
        FROM "retention" WHERE "id" = 1), 0)
    ${refuse(`${table} only grows: the row is not past its retention`)}`,
  ];
}

/** An anchor moves forward only, and only to a row that is there, with that row's hash. */
function anchorTrigger({ table, anchorSeq, anchorHash }: AppendOnlyTable): Trigger {
  return [
    `trg_retention_${table}`,
    `BEFORE UPDATE ON "retention"
    WHEN NEW."${anchorSeq}" < OLD."${anchorSeq}"
      OR (NEW."${anchorSeq}" = OLD."${anchorSeq}" AND NEW."${anchorHash}" IS NOT OLD."${anchorHash}")
      OR (NEW."${anchorSeq}" > OLD."${anchorSeq}" AND NEW."${anchorHash}" IS NOT
        (SELECT "hash" FROM "${table}" WHERE "seq" = NEW."${anchorSeq}"))
    ${refuse(`the anchor of ${table} must be a later row of it`)}`,
  ];
}

const RETENTION_TRIGGERS: readonly Trigger[] = [
  [
    'trg_retention_insert',
    `BEFORE INSERT ON "retention" WHEN EXISTS (SELECT 1 FROM "retention")
    ${refuse('retention has one row')}`,
  ],
  ['trg_retention_delete', `BEFORE DELETE ON "retention" ${refuse('retention has one row')}`],
];

const TRIGGERS: readonly Trigger[] = [
  ...APPEND_ONLY_TABLES.flatMap((table) => [
    appendTrigger(table),
    updateTrigger(table),
    deleteTrigger(table),
    anchorTrigger(table),
  ]),
  ...RETENTION_TRIGGERS,
];

export const TRIGGER_NAMES: readonly string[] = TRIGGERS.map(([name]) => name);

/**
 * Makes, or makes anew, every trigger. A migration that rebuilds one of these tables calls it at its end: the rebuild drops
 * them without a word.
 */
export async function createTriggers(queryRunner: QueryRunner): Promise<void> {
  await dropTriggers(queryRunner);
  for (const [name, definition] of TRIGGERS) {
    await queryRunner.query(`CREATE TRIGGER "${name}" ${definition}`);
  }
}

export async function dropTriggers(queryRunner: QueryRunner): Promise<void> {
  for (const name of TRIGGER_NAMES) {
    await queryRunner.query(`DROP TRIGGER IF EXISTS "${name}"`);
  }
}
