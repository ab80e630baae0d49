import type { EntityManager } from 'typeorm';
import type { Fields } from '../common/fields';

/**
 * All rows of one table in which a property has one of some values, in no order. For what is asked with each request:
 * TypeORM's own find puts its statement together anew every time, which takes several times as long as SQLite's answer.
 * Values pass through the entity's transformers.
 */
export async function readRows<T extends object>(
  manager: EntityManager,
  entity: new () => T,
  property: keyof T & string,
  values: readonly string[],
): Promise<Fields<T>[]> {
  if (values.length === 0) return [];
  const { driver } = manager.dataSource;
  const { columns, tableName } = manager.dataSource.getMetadata(entity);
  // A property that is no column would be an error of SQLite's: there is no column of that name.
  const name = columns.find(({ propertyName }) => propertyName === property)?.databaseName;
  const selected = columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  const placeholders = values.map(() => '?').join(', ');
  const rows = await manager.query<Record<string, unknown>[]>(
    `SELECT ${selected} FROM "${tableName}" WHERE "${name ?? property}" IN (${placeholders})`,
    [...values],
  );
  return rows.map((row) => {
    const fields: Record<string, unknown> = {};
    for (const column of columns) {
      const stored = row[column.databaseName];
      fields[column.propertyName] = driver.prepareHydratedValue(stored, column);
    }
    return fields as Fields<T>;
  });
}
