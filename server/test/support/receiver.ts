import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds of this process. */
  readonly at: number;
}

/** How a receiver answers: with a status, or like one that is not well. */
export type Answer =
  | number
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  /** Closes the connection; says nothing; sends a byte now and then; ends before the length that it named. */
  | 'reset'
  | 'hang'
  | 'drip'
  | 'truncate';

const DRIP_MS = 200;

/** A receiver on the loopback that remembers everything. */
export class Receiver {
  readonly received: Received[] = [];
  private waiting: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** @param answer what it says to the n-th request, counted from 0. */
  static async start(
    answer: (request: Received, n: number) => Answer = () => 204,
  ): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const receiver = new Receiver(server, `http://127.0.0.1:${String(port)}`);
    server.on('connection', (socket) => {
      receiver.sockets.add(socket);
      socket.on('close', () => receiver.sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('error', () => undefined);
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const { url: path = '', headers } = request;
        const seen = { path, headers, body, at: performance.now() };
        const n = receiver.received.push(seen) - 1;
        respond(response, answer(seen, n));
        const { waiting } = receiver;
        receiver.waiting = [];
        for (const resume of waiting) resume();
      });
    });
    return receiver;
  }

  /** Resolves once it has had so many requests. */
  async hasReceived(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) {
      await new Promise<void>((resume) => this.waiting.push(resume));
    }
    return this.received;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function respond(response: ServerResponse, answer: Answer): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
  } else if (answer === 'truncate') {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.socket?.destroy());
  } else if (answer === 'drip') {
    response.writeHead(200, { 'content-length': '100000' });
    const timer = setInterval(() => response.write('.'), DRIP_MS);
    response.on('close', () => {
      clearInterval(timer);
    });
  } else if (typeof answer === 'number') {
    response.writeHead(answer).end();
  } else {
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}
