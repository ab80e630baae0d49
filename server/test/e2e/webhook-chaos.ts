import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { WebhookBody, WebhookCreatedBody } from '@securescan/contracts';
import { Webhook } from 'standardwebhooks';
import { Dice } from '../support/dice';
import { type Answer, type Received, Receiver } from '../support/receiver';
import { until } from '../support/until';
import { ENVIRONMENT_KEY } from './auth-server';
import { addressOf, type ServerProcess, spawnServer, stopServer } from './built-server';
import { writeTree } from './test-server';

/** A kill comes after this many requests, and a number of further ones that the dice decide. */
const FIRST_REQUESTS = 3;
const FURTHER_REQUESTS = 40;
/** Asked for in each cycle; those that a kill interrupts are told as failed. */
const SCANS_PER_CYCLE = 4;
const IMPORTS_PER_CYCLE = 20;
/** The report of a tool that found nothing. */
const SARIF = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Checker' } }, results: [] }] };
const HOUR_MS = 3_600_000;
const EVENTS = ['scan.complete', 'scan.failed', 'scanner.failed'];
const OUT_OF_ORDER = 'x-securescan-out-of-order';

/** How a receiver answers while the server is killed, most of the time. */
const MANNERS: Readonly<Record<string, readonly Answer[]>> = {
  well: [204],
  failing: [204, 204, 204, 500, 503],
  breaking: [204, 204, 204, 'reset', 'truncate'],
  redirecting: [204, 204, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  limiting: [204, 204, 204, { status: 429, headers: { 'retry-after': '30' } }],
  refusing: [204, 204, 400],
  hanging: [204, 204, 'hang'],
  dripping: ['drip', 204, 204],
  leaving: [204, 204, 204, 204, 410],
};

export interface Chaos {
  readonly problems: readonly string[];
  readonly scans: number;
  readonly deliveries: number;
  readonly requests: number;
  /** Requests beyond one for each delivery. */
  readonly repeated: number;
  readonly steppedAside: number;
}

interface StoredDelivery {
  readonly id: string;
  readonly webhook_id: string;
  readonly sequence: number;
  readonly status: string;
  readonly event: string;
  readonly payload_json: string;
  readonly scan_id: string;
}

/** A receiver with its webhook, and all that it may find wrong. */
class Subscriber {
  readonly problems: string[] = [];
  readonly accepted = new Set<string>();
  isHealed = false;
  webhook: WebhookCreatedBody | undefined;

  private constructor(
    readonly manner: string,
    readonly receiver: Receiver,
  ) {}

  static async start(manner: string, answers: readonly Answer[], dice: Dice): Promise<Subscriber> {
    const receiver = await Receiver.start((request) => subscriber.answer(request, answers, dice));
    const subscriber = new Subscriber(manner, receiver);
    return subscriber;
  }

  private answer(request: Received, answers: readonly Answer[], dice: Dice): Answer {
    const id = String(request.headers['webhook-id']);
    try {
      new Webhook(this.webhook?.secret ?? '').verify(
        request.body,
        request.headers as Record<string, string>,
      );
    } catch (error) {
      this.problems.push(`${this.manner}: ${id} is not signed: ${String(error)}`);
    }
    const answer = this.isHealed ? 204 : (dice.pick(answers) ?? 204);
    if (answer === 204 || answer === 'truncate' || answer === 'drip') this.accepted.add(id);
    return answer;
  }
}

/** Kills a built server while it tells receivers that misbehave of scans, again and again, and looks at what came of it. */
export async function runWebhookChaos(cycles: number, seed: number): Promise<Chaos> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'securescan-chaos-')));
  const root = join(home, 'root');
  await mkdir(root);
  await writeTree(root, { Dockerfile: 'FROM ubuntu:latest\nUSER root\n' });
  const file = join(home, 'scans.db');
  const dice = new Dice(seed);
  const subscribers = await Promise.all(
    Object.entries(MANNERS).map(([manner, answers]) => Subscriber.start(manner, answers, dice)),
  );
  const requests = (): number =>
    subscribers.reduce((sum, { receiver }) => sum + receiver.received.length, 0);
  const start = (): ServerProcess =>
    spawnServer({
      HOME: home,
      PATH: '/usr/bin:/bin',
      SECURESCAN_API_KEY: ENVIRONMENT_KEY,
      SECURESCAN_DB_PATH: file,
      SECURESCAN_SCAN_ROOTS: root,
      SECURESCAN_SCAN_CONCURRENCY: '4',
      SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
      SECURESCAN_LOG_LEVEL: 'error',
    });
  let server = start();
  try {
    let url = await addressOf(server);
    for (const subscriber of subscribers) {
      const made = await ask(url, 'POST', '/webhooks', {
        name: subscriber.manner,
        url: subscriber.receiver.url,
        event_filter: EVENTS,
      });
      subscriber.webhook = made as WebhookCreatedBody;
    }
    for (let cycle = 1; cycle <= cycles; cycle += 1) {
      const killAt = requests() + FIRST_REQUESTS + dice.roll(FURTHER_REQUESTS);
      const asked = requestScans(url, root);
      await Promise.race([until(() => requests() >= killAt), allEnded(url, asked)]);
      server.child.kill('SIGKILL');
      await server.exit;
      await asked;
      // As if the server had been down for a while.
      if (dice.roll(2) === 0) letTimePass(file, dice.roll(3) * HOUR_MS);
      server = start();
      url = await addressOf(server);
      await enableAll(url);
    }
    for (const subscriber of subscribers) subscriber.isHealed = true;
    await stopServer(server);
    letTimePass(file, 25 * HOUR_MS);
    server = start();
    url = await addressOf(server);
    await enableAll(url);
    const target = url;
    await until(async () => (await webhooksOf(target)).every((one) => one.open_deliveries === 0));
  } finally {
    await stopServer(server);
    await Promise.all(subscribers.map(({ receiver }) => receiver.stop()));
  }
  const chaos = judge(file, subscribers);
  await rm(home, { recursive: true });
  return chaos;
}

async function ask(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const headers = { 'x-api-key': ENVIRONMENT_KEY, 'content-type': 'application/json' };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent });
  return answer.json();
}

async function webhooksOf(url: string): Promise<WebhookBody[]> {
  return (await ask(url, 'GET', '/webhooks')) as WebhookBody[];
}

/** Those that are gone are wanted all the same. */
async function enableAll(url: string): Promise<void> {
  for (const { id, enabled } of await webhooksOf(url)) {
    if (!enabled) await ask(url, 'PATCH', `/webhooks/${id}`, { enabled: true });
  }
}

/** Resolves when all are asked for, or the server is gone. */
async function requestScans(url: string, root: string): Promise<void> {
  try {
    for (let n = 0; n < SCANS_PER_CYCLE; n += 1) {
      await ask(url, 'POST', '/scans', { target_path: root, scanners: ['dockerfile'] });
    }
    for (let n = 0; n < IMPORTS_PER_CYCLE; n += 1) {
      await ask(url, 'POST', '/scans/import?project=shop', SARIF);
    }
  } catch {
    // Expected: the kill came first.
  }
}

/** Resolves when nothing is left to be told; never where the server is killed meanwhile. */
async function allEnded(url: string, asked: Promise<void>): Promise<void> {
  await asked;
  try {
    await until(async () => {
      const healthy = (await webhooksOf(url)).find(({ name }) => name === 'well');
      return healthy?.open_deliveries === 0;
    });
  } catch {
    // Expected: the kill came first.
    await new Promise(() => undefined);
  }
}

/** Everything that waits has waited for so much longer, while nobody runs. */
function letTimePass(file: string, ms: number): void {
  const database = new Database(file);
  const back = (column: string): string =>
    `"${column}" = strftime('%Y-%m-%dT%H:%M:%fZ', "${column}", '-${String(ms / 1000)} seconds')`;
  database.exec(
    `UPDATE webhook_deliveries SET ${back('next_attempt_at')}, ${back('holds_since')};
     UPDATE webhooks SET ${back('paused_until')}, ${back('failing_since')};`,
  );
  database.close();
}

function judge(file: string, subscribers: readonly Subscriber[]): Chaos {
  const database = new Database(file, { readonly: true });
  const deliveries = database
    .prepare(
      `SELECT id, webhook_id, sequence, status, event, payload_json,
        json_extract(payload_json, '$.data.scan_id') AS scan_id FROM webhook_deliveries`,
    )
    .all() as StoredDelivery[];
  const scans = database
    .prepare(`SELECT id, status FROM scans WHERE status IN ('completed', 'failed')`)
    .all() as { id: string; status: string }[];
  const aside = database
    .prepare('SELECT COUNT(*) FROM webhook_deliveries WHERE stepped_aside_at IS NOT NULL')
    .pluck()
    .get() as number;
  database.close();
  const problems = subscribers.flatMap((subscriber) => {
    const own = deliveries.filter(({ webhook_id: id }) => id === subscriber.webhook?.id);
    return [
      ...subscriber.problems,
      // Those that were disabled for a while were rightly not told of everything.
      ...(subscriber.manner === 'leaving' ? [] : untold(subscriber.manner, own, scans)),
      ...lost(subscriber, own),
      ...changed(subscriber, own),
      ...disordered(subscriber, own),
    ];
  });
  const requests = subscribers.flatMap(({ receiver }) => receiver.received).length;
  return {
    problems,
    scans: scans.length,
    deliveries: deliveries.length,
    requests,
    repeated: requests - deliveries.length,
    steppedAside: aside,
  };
}

/** G1: a scan that has ended has exactly one delivery that says so. */
function untold(
  manner: string,
  own: readonly StoredDelivery[],
  scans: readonly { id: string; status: string }[],
): string[] {
  const told = own.map(({ event, scan_id: id }) => `${event} ${id}`).sort(compare);
  const expected = scans
    .map(({ id, status }) => `${status === 'completed' ? 'scan.complete' : 'scan.failed'} ${id}`)
    .sort(compare);
  return told.join() === expected.join()
    ? []
    : [
        `${manner} was told of ${String(told.length)} ends, and there were ${String(expected.length)}`,
      ];
}

/** G2: whatever was to be delivered was accepted, and whatever is not called delivered was refused for good. */
function lost({ manner, accepted }: Subscriber, own: readonly StoredDelivery[]): string[] {
  return own
    .filter(
      ({ id, status }) => status !== 'failed' && (status !== 'succeeded' || !accepted.has(id)),
    )
    .concat(own.filter(({ status }) => status === 'failed' && manner !== 'leaving'))
    .map(({ id, status }) => `${manner}: ${id} is ${status}`);
}

/** G2: every request has the stored bytes. */
function changed({ manner, receiver }: Subscriber, own: readonly StoredDelivery[]): string[] {
  const bodies = new Map(own.map(({ id, payload_json: body }) => [id, body]));
  return receiver.received
    .filter(({ headers, body }) => bodies.get(String(headers['webhook-id'])) !== body)
    .map(({ headers }) => `${manner}: ${String(headers['webhook-id'])} came with other bytes`);
}

/** G3: without repetitions and without those that say that they stepped aside, strictly increasing. */
function disordered({ manner, receiver }: Subscriber, own: readonly StoredDelivery[]): string[] {
  const sequences = new Map(own.map(({ id, sequence }) => [id, sequence]));
  const seen = new Set<string>();
  const problems: string[] = [];
  let last = 0;
  for (const { headers } of receiver.received) {
    const id = String(headers['webhook-id']);
    if (headers[OUT_OF_ORDER] !== undefined || seen.has(id)) continue;
    seen.add(id);
    const sequence = sequences.get(id) ?? 0;
    if (sequence <= last) {
      problems.push(`${manner}: ${String(sequence)} came after ${String(last)}`);
    }
    last = sequence;
  }
  return problems;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}
