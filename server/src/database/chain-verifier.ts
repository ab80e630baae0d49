import { hashOfRow, type StoredRow } from './chain-hash';

export interface ChainLink {
  readonly seq: number;
  readonly hash: string;
}

export type ChainBreak =
  | 'anchor_missing'
  | 'anchor_unexplained'
  | 'row_returned'
  | 'row_missing'
  | 'row_changed'
  | 'row_replaced';

export interface ChainProblem {
  /** Of the first row that is not as it was written. */
  readonly seq: number;
  readonly reason: ChainBreak;
  /** A sentence for people. */
  readonly detail: string;
}

/**
 * Follows a chain from its anchor, row by row in ascending order. It finds every row that was changed, removed, put in or moved
 * between the anchor and the last row. That rows are missing at the end no chain can tell: whoever knows an earlier last hash
 * can.
 */
export class ChainVerifier {
  private count = 0;
  private link: ChainLink;

  constructor(anchor: ChainLink) {
    this.link = anchor;
  }

  /** Rows that are as they were written. */
  get entries(): number {
    return this.count;
  }

  /** The last of them, or the anchor. */
  get last(): ChainLink {
    return this.link;
  }

  /** @returns what is wrong with the row that is next, `null` where it continues the chain. */
  take(row: StoredRow): ChainProblem | null {
    const seq = Number(row['seq']);
    const problem = placeProblem(seq, this.link.seq) ?? contentProblem(seq, row, this.link);
    if (problem !== null) return problem;
    this.count += 1;
    this.link = { seq, hash: String(row['hash']) };
    return null;
  }
}

function placeProblem(seq: number, lastSeq: number): ChainProblem | null {
  if (seq <= lastSeq) {
    const detail = `Row ${seq} is there, but retention has removed every row up to ${lastSeq}: it was put back, or the anchor was moved by hand.`;
    return { seq, reason: 'row_returned', detail };
  }
  if (seq === lastSeq + 1) return null;
  const missing = lastSeq + 1;
  const gone = missing === seq - 1 ? `Row ${missing} is` : `The rows ${missing} to ${seq - 1} are`;
  return { seq: missing, reason: 'row_missing', detail: `${gone} missing.` };
}

function contentProblem(seq: number, row: StoredRow, last: ChainLink): ChainProblem | null {
  if (hashOfRow(row) !== row['hash']) {
    return { seq, reason: 'row_changed', detail: `Row ${seq} was changed after it was written.` };
  }
  if (row['previous_hash'] === last.hash) return null;
  const detail = `Row ${seq} does not continue row ${last.seq}: one of the two was replaced together with its hash.`;
  return { seq, reason: 'row_replaced', detail };
}
