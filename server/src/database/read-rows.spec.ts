import { openTemporaryDatabase } from '../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../test/support/temporary-database';
import { aWebhookRow } from '../../test/support/webhook-rows';
import { WebhookEntity } from '../modules/webhooks/webhook.entity';
import { insertRows } from './insert-rows';
import { readRows } from './read-rows';

function aWebhook(id: string): WebhookEntity {
  return aWebhookRow({ id, name: `O'Hara "); DROP TABLE webhooks; --`, enabled: false });
}

describe('readRows', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
    const rows = ['a', 'b', 'c'].map(aWebhook);
    await temporary.unitOfWork.run((tx) => insertRows(tx.manager, WebhookEntity, rows));
  });

  afterEach(() => temporary.dispose());

  it('reads what TypeORM reads: JSON, flags and absent values', async () => {
    const { manager } = temporary.read;
    const [row] = await readRows(manager, WebhookEntity, 'id', ['b']);
    const found = await manager.findOneBy(WebhookEntity, { id: 'b' });
    expect(row).toEqual(Object.assign({}, found));
  });

  it('reads the rows of every value, by any column, and none for no value', async () => {
    const { manager } = temporary.read;
    const read = async (values: string[]) =>
      (await readRows(manager, WebhookEntity, 'id', values)).map(({ id }) => id);
    expect(new Set(await read(['a', 'c', 'none']))).toEqual(new Set(['a', 'c']));
    expect(await read([])).toEqual([]);
    expect(await readRows(manager, WebhookEntity, 'urlOrigin', ['o'])).toHaveLength(3);
    expect(await read([`' OR 1=1 --`])).toEqual([]);
  });
});
