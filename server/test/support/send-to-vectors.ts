import 'reflect-metadata';
import { createServer, get } from 'node:http';
import { readConfig } from '../../src/config/config-loader';
import { WebhooksConfig } from '../../src/config/webhooks.config';
import { SystemClock } from '../../src/platform/embedded/system-clock';
import { UndiciWebhookSender } from '../../src/platform/webhooks/undici-webhook-sender';
import { serveNames, type Zone } from './name-server';

/*
 * For tests, within a network namespace: listens on every address, answers for names, sends a webhook to each URL that it is told,
 * then makes a request without any guard to the same, and prints which addresses saw a connection.
 */

export interface VectorRun {
  readonly url: string;
  readonly error: string | null;
  readonly responseCode: number | null;
  /** Addresses that the guarded request was seen at, and how often the name was asked for meanwhile. */
  readonly seen: readonly string[];
  readonly lookups: number;
  /** Where the request without a guard was seen. */
  readonly seenWithout: readonly string[];
}

export interface VectorPlan {
  /** One after the other, each with its own SECURESCAN_WEBHOOK_ALLOWED_CIDRS. */
  readonly rounds: readonly { readonly open: string; readonly urls: readonly string[] }[];
  readonly public: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

const PORTS = [80, 8080];

async function run(plan: VectorPlan): Promise<VectorRun[][]> {
  let seen: string[] = [];
  await Promise.all(
    PORTS.map((port) => listen(port, (address) => seen.push(address.replace('::ffff:', '')))),
  );
  let isFirst = true;
  const zone: Zone = {
    ...plan.names,
    // What a check would be told, and what whoever looks it up again is.
    'rebind.test': () => {
      const answer = isFirst ? plan.public : '127.0.0.1';
      isFirst = false;
      return [answer];
    },
  };
  const { asked } = await serveNames(zone, 53);
  const rounds: VectorRun[][] = [];
  for (const { open, urls } of plan.rounds) {
    const sender = new UndiciWebhookSender({
      config: readConfig(WebhooksConfig, { SECURESCAN_WEBHOOK_ALLOWED_CIDRS: open }),
      clock: new SystemClock(),
      toolVersion: '0',
      deadlineMs: 3000,
    });
    const runs: VectorRun[] = [];
    for (const url of urls) {
      [seen, asked.length] = [[], 0];
      const { error, responseCode } = await sender.send(messageTo(url));
      const guarded = { seen, lookups: asked.length };
      seen = [];
      await withoutGuard(url);
      runs.push({ url, error, responseCode, ...guarded, seenWithout: seen });
    }
    rounds.push(runs);
  }
  return rounds;
}

function listen(port: number, onConnection: (address: string) => void): Promise<void> {
  const server = createServer((request, response) => {
    const isRedirected = request.headers.host?.startsWith('redirect') === true;
    if (isRedirected) response.writeHead(307, { location: 'http://127.0.0.1/' });
    response.end();
  });
  server.on('connection', (socket) => {
    onConnection(socket.localAddress ?? 'unknown');
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '::', resolve);
  });
}

function messageTo(url: string) {
  const ids = { webhookId: 'w', deliveryId: 'd', messageId: 'm', event: 'webhook.test' };
  return { ...ids, url, headers: {}, body: '{}', secrets: [], isOutOfOrder: false };
}

/** Follows redirects, as many clients do. */
function withoutGuard(url: string): Promise<void> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      const { location } = response.headers;
      if (location === undefined) resolve();
      else void withoutGuard(location).then(resolve);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve();
    });
  });
}

void run(JSON.parse(process.argv[2] ?? '{}') as VectorPlan).then((rounds) => {
  process.stdout.write(JSON.stringify(rounds), () => process.exit());
});
