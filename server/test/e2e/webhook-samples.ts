import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import type { WebhookMessageBody } from '@securescan/contracts';
import { renderWebhookMessage, webhookSecret } from '@securescan/core';
import { closeAll, listen } from '../../../libs/host-node/test/servers';
import { readConfig } from '../../src/config/config-loader';
import { WebhooksConfig } from '../../src/config/webhooks.config';
import { SystemClock } from '../../src/platform/embedded/system-clock';
import { UndiciWebhookSender } from '../../src/platform/webhooks/undici-webhook-sender';

export const GUIDE = readFileSync(join(__dirname, '../../../docs/webhooks.md'), 'utf8');

export const OLD = webhookSecret(Uint8Array.from({ length: 32 }, (_, index) => 7 * index));
export const NEW = webhookSecret(Uint8Array.from({ length: 32 }, (_, index) => 11 * index));
const STRANGE = webhookSecret(new Uint8Array(32));

export interface Delivered {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The programs of one language that the guide shows. */
export function blocksOf(language: string): string[] {
  const blocks = GUIDE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gmsu'));
  return [...blocks].map(([, code = '']) => code);
}

/** One that the sender has sent while its secret was being replaced, as its receiver got it. */
export async function deliverOne(): Promise<Delivered> {
  const servers: Server[] = [];
  const received = Promise.withResolvers<Delivered>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.resolve({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  const port = await listen(servers, server);
  const config = readConfig(WebhooksConfig, { SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' });
  const sender = new UndiciWebhookSender({ config, clock: new SystemClock(), toolVersion: '1' });
  const data = { message: 'Grüße \u{1f512}', timestamp: '2026-01-31T12:00:00.000Z' };
  const id = '5f0c7a52-6d0f-4d0e-9d43-0a4c8f6f5b7e';
  const message = { id, event: 'webhook.test', occurred_at: data.timestamp, data } as const;
  const answer = await sender.send({
    ...{ webhookId: 'w', deliveryId: 'd', messageId: id, event: 'webhook.test', headers: {} },
    url: `http://127.0.0.1:${port}/`,
    body: renderWebhookMessage('generic', message satisfies WebhookMessageBody),
    secrets: [NEW, OLD],
    isOutOfOrder: false,
  });
  expect(answer.responseCode).toBe(204);
  await sender.onApplicationShutdown();
  await closeAll(servers);
  return received.promise;
}

interface Given {
  readonly secret?: string;
  readonly timestamp?: string;
  readonly addition?: string;
}

const CASES: readonly [string, boolean, Given][] = [
  ['signed with the new secret', true, {}],
  ['signed with the old secret', true, { secret: OLD }],
  ['signed with another secret', false, { secret: STRANGE }],
  ['with a byte more', false, { addition: ' ' }],
  ['with another time', false, { timestamp: '1769860800' }],
  ['with no time', false, { timestamp: 'soon' }],
];

/** Lets a program of the guide judge a message as it was sent, and what somebody has made of it. */
export async function expectToTell(command: readonly string[], sent: Delivered): Promise<void> {
  const verdicts = CASES.map(async ([name, , given]) => [
    name,
    await verdictOf(command, sent, given),
  ]);
  expect(await Promise.all(verdicts)).toEqual(CASES.map(([name, isGenuine]) => [name, isGenuine]));
}

async function verdictOf(
  [program = '', ...args]: readonly string[],
  { headers, body }: Delivered,
  { secret = NEW, timestamp = String(headers['webhook-timestamp']), addition = '' }: Given,
): Promise<boolean> {
  const env = {
    ...process.env,
    WEBHOOK_ID: String(headers['webhook-id']),
    WEBHOOK_TIMESTAMP: timestamp,
    WEBHOOK_SIGNATURE: String(headers['webhook-signature']),
    WEBHOOK_SECRET: secret,
  };
  const child = spawn(program, args, { env });
  // One that does not like the time reads nothing.
  child.stdin.on('error', () => undefined).end(Buffer.concat([body, Buffer.from(addition)]));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [problems, code] = await Promise.all([text(child.stderr), ended]);
  expect(problems).toBe('');
  expect([0, 1]).toContain(code);
  return code === 0;
}
