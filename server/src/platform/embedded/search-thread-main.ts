import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import type { SearchAnswer, SearchRequest } from './threaded-finding-search';

/* The thread of a ThreadedFindingSearch: a connection of its own that can only read. */

/** As findings are numbered. */
const NUMBERS_OF_A_SCAN = 16_777_216;

const connection = new Sqlite(String(workerData), { readonly: true, fileMustExist: true });
connection.pragma('trusted_schema = OFF');
connection.pragma('cache_size = -32768');

const numberOf = connection
  .prepare<[string], number>('SELECT "number" FROM "scan_numbers" WHERE "scan_id" = ?')
  .pluck();
const matches = connection
  .prepare<[string, number, number, number], number>(
    `SELECT "rowid" FROM "findings_search" WHERE "findings_search" MATCH ? AND "rowid" BETWEEN ? AND ?
    ORDER BY "rowid" LIMIT ?`,
  )
  .pluck();

/** Whatever a term holds, in quotes it is words and no operator. */
function phraseOf(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

function positionsOf({ scanId, terms, from, limit }: SearchRequest['order']): Int32Array {
  const number = numberOf.get(scanId);
  if (number === undefined) return new Int32Array();
  const start = number * NUMBERS_OF_A_SCAN;
  const end = start + NUMBERS_OF_A_SCAN - 1;
  const rows = matches.all(terms.map(phraseOf).join(' '), start + from, end, limit);
  return Int32Array.from(rows, (row) => row - start);
}

function answer({ id, order }: SearchRequest): SearchAnswer {
  try {
    return { id, positions: positionsOf(order) };
  } catch (error) {
    // Whatever it was: it is the caller's, and the next one may fare better.
    return { id, error: String(error) };
  }
}

parentPort?.on('message', (request: SearchRequest | 'close') => {
  if (request !== 'close') {
    parentPort?.postMessage(answer(request));
    return;
  }
  connection.close();
  parentPort?.close();
});
