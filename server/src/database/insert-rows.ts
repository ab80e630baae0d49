import type { EntityManager, ObjectLiteral, ObjectType } from 'typeorm';
import { nextTurn } from '../common/next-turn';

/** Rows per statement: a few milliseconds for wide rows, and far below the number of values that SQLite can bind. */
const STATEMENT_ROWS = 250;

/**
 * Rows per unit of work. Every unit writes each page it touches to the log, and rows with random keys touch a page each: far
 * smaller units cost several times as much, and the commit of far bigger ones keeps the event loop for over 50 ms.
 */
export const UNIT_ROWS = 500;

/**
 * Inserts many rows of one table. Cheaper than TypeORM's own insert, which builds every placeholder and reads rows back, and
 * it lets the event loop turn between statements. Values pass through the entity's transformers; a property that is not set
 * becomes null.
 */
export async function insertRows<T extends ObjectLiteral>(
  manager: EntityManager,
  entity: ObjectType<T>,
  rows: readonly T[],
): Promise<void> {
  const { columns, tableName } = manager.dataSource.getMetadata(entity);
  const names = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  const placeholders = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += STATEMENT_ROWS) {
    if (start > 0) {
      await nextTurn();
    }
    const slice = rows.slice(start, start + STATEMENT_ROWS);
    const values: unknown[] = [];
    for (const row of slice) {
      for (const column of columns) {
        const value: unknown = column.getEntityValue(row, true);
        values.push(value ?? null);
      }
    }
    await manager.query(
      `INSERT INTO "${tableName}" (${names}) VALUES ${slice.map(() => placeholders).join(', ')}`,
      values,
    );
  }
}
