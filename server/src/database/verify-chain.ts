import type { QueryRunner } from 'typeorm';
import type { StoredRow } from './chain-hash';
import { type ChainLink, type ChainProblem, ChainVerifier } from './chain-verifier';

/** A table whose rows are chained, with the columns of the `retention` row that say where the chain begins. */
export interface ChainedTable {
  readonly table: string;
  readonly anchorSeq: string;
  readonly anchorHash: string;
  /** Whether a row says that retention moved the anchor to where it is; absent where other rows say so. */
  readonly explainsAnchor?: (row: StoredRow, anchor: ChainLink) => boolean;
}

export const CHAINED_TABLES: readonly ChainedTable[] = [
  {
    table: 'audit_log',
    anchorSeq: 'audit_anchor_seq',
    anchorHash: 'audit_anchor_hash',
    explainsAnchor: (row, { hash }) =>
      row['action'] === 'retention.applied' && String(row['details_json']).includes(hash),
  },
  {
    table: 'finding_state_history',
    anchorSeq: 'history_anchor_seq',
    anchorHash: 'history_anchor_hash',
  },
];

export interface ChainReport {
  readonly table: string;
  /** Where the chain begins: the last row that retention removed, number 0 where it removed none. */
  readonly anchor: ChainLink | null;
  /** Rows that are as they were written, up to the first that is not. */
  readonly entries: number;
  /** The last of them; the anchor where there is none. */
  readonly last: ChainLink | null;
  readonly problem: ChainProblem | null;
}

const ROWS_AT_A_TIME = 1000;

/**
 * Follows the chain of a table. The runner should be in a transaction, so that retention changes nothing in the midst of it.
 * @param seen is told every hash of the chain that holds, the anchor's first.
 */
export async function verifyChain(
  runner: QueryRunner,
  chained: ChainedTable,
  seen: (hash: string) => void,
): Promise<ChainReport> {
  const { table } = chained;
  const anchor = await readAnchor(runner, chained);
  if (anchor === null) {
    const detail = 'The row of retention that says where the chain begins is gone.';
    const problem: ChainProblem = { seq: 0, reason: 'anchor_missing', detail };
    return { table, anchor, entries: 0, last: null, problem };
  }
  seen(anchor.hash);
  const verifier = new ChainVerifier(anchor);
  let problem: ChainProblem | null = null;
  let isExplained = anchor.seq === 0 || chained.explainsAnchor === undefined;
  for await (const row of rowsOf(runner, table)) {
    problem = verifier.take(row);
    if (problem !== null) break;
    isExplained ||= chained.explainsAnchor?.(row, anchor) === true;
    seen(verifier.last.hash);
  }
  if (problem === null && !isExplained) problem = unexplained(anchor);
  return { table, anchor, entries: verifier.entries, last: verifier.last, problem };
}

/** Retention writes a row about itself in the transaction that moves the anchor; that row outlives the anchor. */
function unexplained({ seq }: ChainLink): ChainProblem {
  const detail = `The rows up to ${seq} are gone, and no later row says that retention removed them.`;
  return { seq, reason: 'anchor_unexplained', detail };
}

async function readAnchor(
  runner: QueryRunner,
  { anchorSeq, anchorHash }: ChainedTable,
): Promise<ChainLink | null> {
  const rows = (await runner.query(
    `SELECT "${anchorSeq}" AS "seq", "${anchorHash}" AS "hash" FROM "retention" WHERE "id" = 1`,
  )) as ChainLink[];
  return rows[0] ?? null;
}

/** In ascending order, a bounded number of them in memory. */
async function* rowsOf(runner: QueryRunner, table: string): AsyncGenerator<StoredRow> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = (await runner.query(
      `SELECT * FROM "${table}" WHERE "seq" > ? ORDER BY "seq" LIMIT ${ROWS_AT_A_TIME}`,
      [after],
    )) as StoredRow[];
    yield* rows;
    if (rows.length < ROWS_AT_A_TIME) return;
    after = Number(rows.at(-1)?.['seq']);
  }
}
