import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WEBHOOK_EVENTS, type WebhookMessageBody } from '@securescan/contracts';
import { describeWithTool } from '@securescan/testing';
import { Webhook } from 'standardwebhooks';
import {
  blocksOf,
  deliverOne,
  expectToTell,
  GUIDE,
  NEW,
  OLD,
  type Delivered,
} from './webhook-samples';

const GOLDEN = join(__dirname, '../../../libs/core/src/webhooks/__goldens__');

describeWithTool(['python3', 'openssl'], 'the samples of the guide', () => {
  let directory: string;
  let delivered: Delivered;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'webhook-samples-'));
    delivered = await deliverOne();
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  it.each([
    ['ts', process.execPath],
    ['python', 'python3'],
    ['sh', 'sh'],
  ])('tell in %s what is genuine', async (language, program) => {
    const [code = '', ...others] = blocksOf(language);
    expect(others).toEqual([]);
    const file = join(directory, `verify.${language}`);
    writeFileSync(file, code);
    await expectToTell([program, file], delivered);
  });

  it('agree with the library of Standard Webhooks', () => {
    const { headers, body } = delivered;
    for (const secret of [NEW, OLD]) {
      const read = new Webhook(secret).verify(body, headers as Record<string, string>);
      expect(read).toEqual(JSON.parse(body.toString('utf8')));
    }
  });
});

describe('the guide', () => {
  it('shows a message with the fields that it has', () => {
    const [shown = '{}'] = blocksOf('json');
    const golden = readFileSync(join(GOLDEN, 'scan.complete.generic.json'), 'utf8');
    const [example, real] = [shown, golden].map((json) => JSON.parse(json) as WebhookMessageBody);
    expect(Object.keys(example ?? {})).toEqual(Object.keys(real ?? {}));
    expect(Object.keys(example?.data ?? {})).toEqual(Object.keys(real?.data ?? {}));
  });

  it('names every event and every field of its data', () => {
    for (const event of [...WEBHOOK_EVENTS, 'webhook.test']) {
      const golden = readFileSync(join(GOLDEN, `${event}.generic.json`), 'utf8');
      const { data } = JSON.parse(golden) as WebhookMessageBody;
      expect(GUIDE).toContain(`| \`${event}\``);
      for (const field of Object.keys(data)) expect(GUIDE).toContain(`\`${field}\``);
    }
  });
});
