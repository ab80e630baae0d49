import { openTemporaryDatabase } from '../../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../../test/support/temporary-database';
import { ENTITIES } from '../entities';
import { MIGRATIONS } from './index';
import { TRIGGER_NAMES } from './sqlite/append-only-triggers';
import { SEARCH_TABLE_NAMES, SEARCH_TRIGGER_NAMES } from './sqlite/search-index';

describe('migrations', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  function namesOf(type: 'table' | 'trigger'): Promise<{ name: string }[]> {
    return temporary.read.manager.query<{ name: string }[]>(
      `SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name`,
      [type],
    );
  }

  it('leave the schema that the entities describe', async () => {
    const difference = await temporary.database.writer.driver.createSchemaBuilder().log();

    expect(difference.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('make a table for every entity and no other', async () => {
    const expected = [
      ...ENTITIES.map((entity) => tableOf(entity)),
      'migrations',
      ...SEARCH_TABLE_NAMES,
    ];

    expect((await namesOf('table')).map(({ name }) => name)).toEqual(inOrder(expected));
  });

  it('make every trigger', async () => {
    expect((await namesOf('trigger')).map(({ name }) => name)).toEqual(
      inOrder([...TRIGGER_NAMES, ...SEARCH_TRIGGER_NAMES]),
    );
  });

  it('can be undone to the last table', async () => {
    for (const _migration of MIGRATIONS) await temporary.database.writer.undoLastMigration();

    expect(await namesOf('table')).toEqual([{ name: 'migrations' }]);
  });

  it('run once', async () => {
    expect(await temporary.database.writer.runMigrations()).toEqual([]);
  });

  function tableOf(entity: (typeof ENTITIES)[number]): string {
    return temporary.database.writer.getMetadata(entity).tableName;
  }

  function inOrder(names: readonly string[]): string[] {
    return [...names].sort((a, b) => (a < b ? -1 : 1));
  }
});
