import type { OpenDatabase } from '../../src/database/database';

/** A statement that ran, with how the database says that it runs it. */
export interface QueryPlan {
  readonly sql: string;
  readonly steps: readonly string[];
}

/** Runs some work and asks the database about every statement that it read with. */
export async function plansOf(
  { reader }: OpenDatabase,
  work: () => Promise<unknown>,
): Promise<QueryPlan[]> {
  const spy = jest.spyOn(reader.createQueryRunner(), 'query');
  const statements: { sql: string; parameters: unknown[] }[] = [];
  try {
    await work();
    for (const [sql, parameters] of spy.mock.calls) {
      statements.push({ sql, parameters: Array.isArray(parameters) ? parameters : [] });
    }
  } finally {
    spy.mockRestore();
  }
  const plans: QueryPlan[] = [];
  for (const { sql, parameters } of statements) {
    const steps = await reader.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    plans.push({ sql, steps: steps.map(({ detail }) => detail) });
  }
  return plans;
}
