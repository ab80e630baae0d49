import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WebhookSecretBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { type Answer, Receiver, type Received } from '../support/receiver';
import { WebhookServer } from './webhook-calls';

/** What is given to be kept, each in its place; none may be found anywhere but at the receiver. */
const CANARIES = {
  path: randomToken(32, 41),
  query: randomToken(32, 42),
  header: randomToken(32, 43),
  changedPath: randomToken(32, 44),
  changedHeader: randomToken(32, 45),
  proxy: randomToken(32, 46),
  behindProxy: randomToken(32, 47),
};

let answer: (request: Received) => Answer = echo;
let server: WebhookServer;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start((request) => answer(request));
  server = await WebhookServer.start({
    // Where nobody listens.
    HTTP_PROXY: `http://user:${CANARIES.proxy}@127.0.0.1:1`,
    NO_PROXY: '127.0.0.1',
  });
});

afterAll(async () => {
  await server.close();
  await receiver.stop();
});

/** Answers with all that it was told, as a receiver that is being tried out does. */
function echo({ path, headers }: Received): Answer {
  return { status: 500, body: JSON.stringify({ path, headers }) };
}

async function filesOf(directory: string): Promise<Buffer[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))));
}

it('keeps what webhooks are given to itself: in no file, no log and no answer', async () => {
  const made = await server.subscribe(
    `${receiver.url}/hooks/${CANARIES.path}?sig=${CANARIES.query}`,
    { headers: { Authorization: `Bearer ${CANARIES.header}` } },
  );
  const { id } = made;
  const { id: outside } = await server.subscribe(`http://outside.invalid/${CANARIES.behindProxy}`);
  const rotated = await server.ask<WebhookSecretBody>('POST', `/${id}/rotate-secret`);

  await server.completeScan();
  const tried = (webhook: string, attempts: number) =>
    server.until(
      () => server.deliveries(webhook),
      ([one]) => one?.attempt === attempts && one.status !== 'delivering',
    );
  await tried(id, 1);
  await tried(outside, 1);
  await server.ask('PATCH', `/${id}`, {
    url: `${receiver.url}/${CANARIES.changedPath}`,
    headers: { 'X-Token': CANARIES.changedHeader },
  });
  answer = () => 'reset';
  await server.pass(6000, id);
  await tried(id, 2);

  // The receiver had it all, so there was something to give away.
  const told = JSON.stringify(receiver.received);
  const { proxy, behindProxy, ...toReceiver } = CANARIES;
  for (const canary of Object.values(toReceiver)) expect(told).toContain(canary);

  const details = await Promise.all(
    [id, outside].map(async (webhook) => {
      const [delivery] = await server.deliveries(webhook);
      return [
        await server.get(webhook),
        await server.deliveries(webhook),
        await server.delivery(webhook, delivery?.id ?? ''),
      ];
    }),
  );
  const audit = await server.server.app.inject('/api/v1/audit?limit=200');
  const answers = JSON.stringify([details, await server.notifications()]) + audit.body;
  expect(answers).toContain('[redacted');
  expect(answers).toContain('outside.invalid, or the proxy on the way to it, refused');
  const files = await filesOf(server.server.directory);
  // The search finds what is there.
  expect(files.some((file) => file.includes(id))).toBe(true);
  const places = [Buffer.from(answers), Buffer.from(server.server.logged()), ...files];
  const secrets = [...Object.values(toReceiver), proxy, behindProxy];
  for (const secret of [...secrets, made.secret, rotated.body.secret]) {
    for (const form of [
      secret,
      Buffer.from(secret).toString('base64'),
      encodeURIComponent(secret),
    ]) {
      expect(places.filter((place) => place.includes(form))).toEqual([]);
    }
  }
});
