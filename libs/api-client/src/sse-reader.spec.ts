import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScanEventBody } from '@securescan/contracts';
import { ApiClient } from './api-client';

let server: Server;
let handle: (request: IncomingMessage, response: ServerResponse) => void;
let asked: (string | undefined)[];
let client: ApiClient;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const id = request.headers['last-event-id'];
    asked.push(Array.isArray(id) ? id[0] : id);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new ApiClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 2000 });
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function frame(seq: number, event: string, data: object = {}): string {
  return `id: ${seq}\nevent: ${event}\ndata: ${JSON.stringify({ scan_id: 's', seq, ts: 't', ...data })}\n\n`;
}

function open(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8' });
}

async function read(
  options: { lastEventId?: string; idleMs?: number; signal?: AbortSignal } = {},
): Promise<ScanEventBody[]> {
  const events: ScanEventBody[] = [];
  const never = new AbortController().signal;
  for await (const event of client.scanEvents('s', { signal: never, ...options }))
    events.push(event);
  return events;
}

/** What a server does that sends `script` from the event after Last-Event-ID on, `perConnection` at a time. */
function inPieces(
  script: readonly string[],
  perConnection: number,
  end: (response: ServerResponse) => void,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const from = Number(request.headers['last-event-id'] ?? 0);
    open(response);
    response.write('retry: 1\n\n' + script.slice(from, from + perConnection).join(''), () => {
      end(response);
    });
  };
}

const SCRIPT = [
  frame(1, 'scan.start'),
  frame(2, 'scanner.start', { scanner: 'secrets' }),
  frame(3, 'scanner.complete', { scanner: 'secrets' }),
  frame(4, 'scan.complete', { findings_count: 0 }),
];

describe('scanEvents', () => {
  it('gives the events and stops at the terminal one, though the server leaves the stream open', async () => {
    handle = inPieces(SCRIPT, 4, () => undefined);
    expect((await read()).map(({ event }) => event)).toEqual([
      'scan.start',
      'scanner.start',
      'scanner.complete',
      'scan.complete',
    ]);
  });

  it.each([
    ['ended', (response: ServerResponse) => response.end()],
    ['cut', (response: ServerResponse) => response.destroy()],
  ])('resumes a stream that was %s, without gap or repeat', async (_name, end) => {
    handle = inPieces(SCRIPT, 1, end);
    expect((await read()).map(({ data }) => data.seq)).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([undefined, '1', '2', '3']);
  });

  it('starts after the event that the caller names', async () => {
    handle = inPieces(SCRIPT, 4, (response) => response.end());
    expect((await read({ lastEventId: '2' })).map(({ data }) => data.seq)).toEqual([3, 4]);
  });

  it('takes a silent stream for dead', async () => {
    handle = (request, response) => {
      if (asked.length === 1) {
        open(response);
        response.write('retry: 1\n\n' + frame(1, 'scan.start'));
      } else {
        inPieces(SCRIPT, 4, () => undefined)(request, response);
      }
    };
    expect(await read({ idleMs: 100 })).toHaveLength(4);
    expect(asked).toEqual([undefined, '1']);
  });

  it('passes over events that it does not know', async () => {
    handle = inPieces([frame(1, 'scan.paused'), frame(2, 'scan.cancelled')], 2, () => undefined);
    expect((await read()).map(({ event }) => event)).toEqual(['scan.cancelled']);
  });

  it('gives up when connections keep bringing nothing', async () => {
    handle = inPieces([], 0, (response) => response.end());
    await expect(read()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(asked).toHaveLength(6);
  });

  it('reports a refusal at once', async () => {
    handle = (_request, response) => {
      response.writeHead(404, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ detail: 'There is no such scan.', code: 'SCAN_NOT_FOUND' }));
    };
    await expect(read()).rejects.toMatchObject({ code: 'SCAN_NOT_FOUND' });
    expect(asked).toHaveLength(1);
  });

  it('refuses what is not an event stream, and data that is not an event', async () => {
    handle = (_request, response) => response.end('<html>');
    await expect(read()).rejects.toThrow(/not an event stream/);
    handle = inPieces(['event: scan.start\ndata: nonsense\n\n'], 1, () => undefined);
    await expect(read()).rejects.toThrow(/no readable data/);
  });

  it('ends when the caller cancels', async () => {
    const cancel = new AbortController();
    handle = (request, response) => {
      inPieces([frame(1, 'scan.start')], 1, () => undefined)(request, response);
      setImmediate(() => {
        cancel.abort();
      });
    };
    await expect(read({ signal: cancel.signal })).rejects.toThrow(/abort/i);
  });
});
