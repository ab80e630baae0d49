import { openTemporaryDatabase } from '../../test/support/temporary-database';
import type { TemporaryDatabase } from '../../test/support/temporary-database';
import { aWebhookRow } from '../../test/support/webhook-rows';
import { InstanceSettingEntity } from '../modules/instance/instance-setting.entity';
import { WebhookEntity } from '../modules/webhooks/webhook.entity';
import { insertRows } from './insert-rows';

const NOW = '2026-01-01T00:00:00.000Z';

function aSetting(key: string): InstanceSettingEntity {
  return Object.assign(new InstanceSettingEntity(), { key, value: { key }, updatedAt: NOW });
}

describe('insertRows', () => {
  let temporary: TemporaryDatabase;

  beforeEach(async () => {
    temporary = await openTemporaryDatabase();
  });

  afterEach(async () => {
    await temporary.dispose();
  });

  it.each([0, 1, 249, 250, 251, 1300])('stores %d rows', async (count) => {
    const rows = Array.from({ length: count }, (_, n) => aSetting(`k${n}`));

    await temporary.unitOfWork.run((tx) => insertRows(tx.manager, InstanceSettingEntity, rows));

    expect(await temporary.read.manager.count(InstanceSettingEntity)).toBe(count);
  });

  it('stores what TypeORM reads back: JSON, flags, absent values and any text', async () => {
    const webhook = aWebhookRow({
      name: `O'Hara "); DROP TABLE webhooks; -- \u{1f512}\n`,
      enabled: false,
    });

    await temporary.unitOfWork.run((tx) => insertRows(tx.manager, WebhookEntity, [webhook]));

    expect(await temporary.read.manager.find(WebhookEntity)).toEqual([webhook]);
  });

  it('stores all or nothing within its unit', async () => {
    const rows = [...Array.from({ length: 300 }, (_, n) => `k${n}`), 'k0'].map(aSetting);

    await expect(
      temporary.unitOfWork.run((tx) => insertRows(tx.manager, InstanceSettingEntity, rows)),
    ).rejects.toThrow('UNIQUE');

    expect(await temporary.read.manager.count(InstanceSettingEntity)).toBe(0);
  });
});
