import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** How many rows a query has, counted no further than `limit`. */
export async function countUpTo<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  limit: number,
): Promise<number> {
  const [sql, parameters] = query.select('1', 'one').limit(limit).getQueryAndParameters();
  const rows = await query.dataSource.query<{ count: number }[]>(
    `SELECT COUNT(*) AS count FROM (${sql})`,
    parameters,
  );
  return rows[0]?.count ?? 0;
}
