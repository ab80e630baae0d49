import { connect, type AddressInfo, type Socket } from 'node:net';
import type { ErrorBody, EventTokenBody, ScanBody } from '@securescan/contracts';
import { finalize, Observable } from 'rxjs';
import { EventStreams } from '../../src/modules/live/event-streams';
import { LiveService } from '../../src/modules/live/live.service';
import { ScanRunProcessor } from '../../src/modules/scans/scan-run.processor';
import { LiveFeed } from '../../src/ports/live-feed.port';
import { until } from '../support/until';
import { type GuardedServer, startGuardedServer } from './auth-server';
import { framesOf, openStream, type Stream, table } from './sse-client';
import {
  createScan,
  dockerfiles,
  startTestServer,
  type TestServer,
  writeTree,
} from './test-server';

jest.setTimeout(30_000);

const SECOND = 1000;
const MOST_OF_ONE = 3;
const MOST_OF_ALL = 5;

let server: GuardedServer;

afterEach(() => server.close());

async function start(environment: Record<string, string> = {}): Promise<void> {
  server = await startGuardedServer({ environment });
  await writeTree(server.root, { ...dockerfiles(2), 'main.py': 'print(1)\n' });
  await server.app.listen(0, '127.0.0.1');
}

async function scan(scanners = ['dockerfile']): Promise<string> {
  const answer = await server.asOwner('/api/v1/scans', {
    method: 'POST',
    payload: { target_path: server.root, scanners },
  });
  return answer.json<ScanBody>().id;
}

/** A scan that waits for ever. */
async function heldScan(): Promise<string> {
  await server.app.get(ScanRunProcessor).stop();
  return scan();
}

const streamOf = (id: string, key: string): Promise<Stream> =>
  openStream(server, `/api/v1/scans/${id}/events`, { 'x-api-key': key });

async function tokenOf(id: string, key: string): Promise<string> {
  const url = `/api/v1/scans/${id}/event-token`;
  const answer = await server.call(url, { method: 'POST', headers: { 'x-api-key': key } });
  return answer.json<EventTokenBody>().token;
}

describe('a thousand clients', () => {
  const CLIENTS = 1000;

  /** Counts who listens to the feed. */
  function listeners(): () => number {
    const feed = server.app.get(LiveFeed);
    const subscribe = feed.subscribe.bind(feed);
    let listening = 0;
    jest.spyOn(feed, 'subscribe').mockImplementation(
      (...place) =>
        new Observable((subscriber) => {
          listening += 1;
          const left = finalize<never>(() => (listening -= 1));
          return (subscribe(...place) as Observable<never>).pipe(left).subscribe(subscriber);
        }),
    );
    return () => listening;
  }

  const sockets = (): Promise<number> =>
    new Promise((resolve) => {
      server.app.getHttpServer().getConnections((_error: unknown, count: number) => {
        resolve(count);
      });
    });

  /** Resolves once the stream has begun, or at once for those who do not wait for it. */
  function come(id: string, waits: boolean): Promise<Socket> {
    const { port } = server.app.getHttpServer().address() as AddressInfo;
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        const head = `Host: 127.0.0.1\r\nX-API-Key: ${server.environmentKey}`;
        socket.write(`GET /api/v1/scans/${id}/events HTTP/1.1\r\n${head}\r\n\r\n`, () => {
          if (!waits) resolve(socket);
        });
      });
      let received = '';
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        received += chunk;
        if (received.includes('\nretry: ')) resolve(socket);
      });
    });
  }

  it('leave nothing after they went', async () => {
    await start({
      SECURESCAN_EVENT_STREAMS: String(CLIENTS),
      SECURESCAN_EVENT_STREAMS_PER_CALLER: String(CLIENTS),
    });
    const id = await heldScan();
    const streams = server.app.get(EventStreams);
    const listening = listeners();
    const came = await Promise.all(Array.from({ length: CLIENTS }, () => come(id, true)));
    expect([streams.openCount, listening(), await sockets()]).toEqual([CLIENTS, CLIENTS, CLIENTS]);
    for (const socket of came) socket.destroy();
    await until(async () => streams.openCount + listening() + (await sockets()) === 0);
    expect([streams.openCount, listening(), await sockets()]).toEqual([0, 0, 0]);
  });

  it('leave nothing either where they go before their stream begins', async () => {
    await start();
    const id = await heldScan();
    const listening = listeners();
    const live = server.app.get(LiveService);
    const position = live.position.bind(live);
    const streams = server.app.get(EventStreams);
    const send = jest.spyOn(streams, 'send');
    const look = jest.spyOn(live, 'position').mockImplementationOnce(async (...place) => {
      await until(async () => (await sockets()) === 0);
      // The server counts a socket no more one turn of the event loop before it tells of its end.
      await new Promise((resume) => setImmediate(resume));
      return position(...place);
    });
    const socket = await come(id, false);
    await until(() => look.mock.calls.length === 1);
    socket.destroy();
    await until(() => send.mock.calls.length === 1);
    expect([streams.openCount, listening()]).toEqual([0, 0]);
  });
});

describe('open streams', () => {
  it('are limited for each caller and in all, and there is room again when one leaves', async () => {
    await start({
      SECURESCAN_EVENT_STREAMS: String(MOST_OF_ALL),
      SECURESCAN_EVENT_STREAMS_PER_CALLER: String(MOST_OF_ONE),
    });
    const id = await heldScan();
    const one = await server.makeKey(['read']);
    const other = await server.makeKey(['read']);
    const open = async (count: number, { key }: { key: string }) =>
      Promise.all(Array.from({ length: count }, () => streamOf(id, key)));
    const ask = async (query: string, key?: string) => {
      const headers = key === undefined ? {} : { 'x-api-key': key };
      const answer = await server.call(`/api/v1/scans/${id}/events${query}`, { headers });
      const { code } = answer.json<ErrorBody>();
      return [answer.statusCode, code, Number(answer.headers['retry-after']) > 0];
    };
    const [first] = await open(MOST_OF_ONE, one);
    expect(await ask('', one.key)).toEqual([429, 'TOO_MANY_STREAMS', true]);
    const token = await tokenOf(id, one.key);
    expect(await ask(`?event_token=${token}`)).toEqual([429, 'TOO_MANY_STREAMS', true]);
    await open(MOST_OF_ALL - MOST_OF_ONE, other);
    expect(await ask('', other.key)).toEqual([503, 'STREAMS_FULL', true]);
    first?.response.destroy();
    const streams = server.app.get(EventStreams);
    await until(() => streams.openCount < MOST_OF_ALL);
    const [again] = await open(1, one);
    expect(again?.response.statusCode).toBe(200);
  });
});

describe('a stream that is cut at every event', () => {
  it.each(['a key', 'a token in the query'])('tells all of them once, with %s', async (means) => {
    await start();
    const { key } = await server.makeKey(['read']);
    const id = await scan(['dockerfile', 'secrets', 'git-hygiene']);
    const url = `/api/v1/scans/${id}/events`;
    const credentials =
      means === 'a key'
        ? { path: url, headers: { 'x-api-key': key } }
        : { path: `${url}?event_token=${await tokenOf(id, key)}`, headers: {} };
    const log = [];
    for (;;) {
      const headers = { ...credentials.headers, 'last-event-id': String(log.length) };
      const stream = await openStream(server, credentials.path, headers);
      if (stream.response.statusCode === 204) break;
      const [next] = await stream.frames(1);
      stream.response.destroy();
      if (next !== undefined) log.push(next);
    }
    expect(log).toEqual(await table(server, id));
    expect(log.length).toBeGreaterThan(7);
    expect(log.at(-1)?.event).toBe('scan.complete');
  });
});

describe('a stream lives no longer than what opened it', () => {
  async function endOf(stream: Stream): Promise<number> {
    const askedAt = performance.now();
    await stream.ended;
    expect(framesOf(stream.text())).toEqual([]);
    return performance.now() - askedAt;
  }

  it('ends within a second after its key is revoked, by the key and by its token, and no other does', async () => {
    await start();
    const id = await heldScan();
    const [revoked, other] = [await server.makeKey(['read']), await server.makeKey(['read'])];
    const token = await tokenOf(id, revoked.key);
    const byKey = await streamOf(id, revoked.key);
    const byToken = await openStream(server, `/api/v1/scans/${id}/events?event_token=${token}`);
    const kept = await streamOf(id, other.key);
    await server.asOwner(`/api/v1/keys/${revoked.id}`, { method: 'DELETE' });
    const took = await Promise.all([endOf(byKey), endOf(byToken)]);
    expect(Math.max(...took)).toBeLessThan(SECOND);
    expect(server.app.get(EventStreams).openCount).toBe(1);
    await server.asOwner(`/api/v1/scans/${id}/cancel`, { method: 'POST' });
    await kept.ended;
    expect(framesOf(kept.text()).map(({ event }) => event)).toEqual(['scan.cancelled']);
  });

  it('does not outlive a key that is revoked while it opens', async () => {
    await start();
    const id = await heldScan();
    const { id: keyId, key } = await server.makeKey(['read']);
    const live = server.app.get(LiveService);
    const position = live.position.bind(live);
    jest.spyOn(live, 'position').mockImplementationOnce(async (...place) => {
      await server.asOwner(`/api/v1/keys/${keyId}`, { method: 'DELETE' });
      await new Promise((resume) => setImmediate(resume));
      return position(...place);
    });
    expect(await endOf(await streamOf(id, key))).toBeLessThan(SECOND);
  });

  it('ends when its key expires', async () => {
    await start();
    const id = await heldScan();
    const expires_at = new Date(Date.now() + SECOND / 2).toISOString();
    const { key } = await server.makeKey(['read'], { expires_at });
    await endOf(await streamOf(id, key));
    const late = Date.now() - Date.parse(expires_at);
    // Node's timers count whole milliseconds.
    expect(late).toBeGreaterThanOrEqual(-1);
    expect(late).toBeLessThan(SECOND);
    const again = await server.call(`/api/v1/scans/${id}/events`, {
      headers: { 'x-api-key': key },
    });
    expect(again.statusCode).toBe(401);
  });

  it('ends when the first key closes a server that was open to all', async () => {
    await start();
    const open: TestServer = await startTestServer({
      environment: { SECURESCAN_DB_PATH: `${server.directory}/open.db` },
    });
    try {
      await writeTree(open.root, dockerfiles(1));
      await open.app.listen(0, '127.0.0.1');
      await open.app.get(ScanRunProcessor).stop();
      const { id } = await createScan(open, open.root);
      const stream = await openStream(open, `/api/v1/scans/${id}/events`);
      await open.app.inject({ method: 'POST', url: '/api/v1/keys', payload: { name: 'first' } });
      expect(await endOf(stream)).toBeLessThan(SECOND);
    } finally {
      await open.close();
    }
  });
});

it('takes no stream to be asked for what a stream would be', async () => {
  await start();
  const id = await heldScan();
  const answer = await server.asOwner(`/api/v1/scans/${id}/events`, { method: 'HEAD' });
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([
    200,
    'text/event-stream; charset=utf-8',
  ]);
  expect(server.app.get(EventStreams).openCount).toBe(0);
});
