import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type BuiltServer, startBuiltServer } from './built-server';

/*
 * Requests that are authenticated by a key of the database, over connections that stay open, each with one request at a
 * time. The load comes from this process, over bare sockets, so that it takes as little as possible from the server.
 * npm run bench -- authenticated [seconds] [connections] [flag of the server's Node …]
 */

const [seconds = 10, connections = 16] = process.argv.slice(2, 4).map(Number);
const flags = process.argv.slice(4);
const WARM_UP_MS = 2000;
const HEAD_END = '\r\n\r\n';

interface Load {
  /** Milliseconds of each answer. */
  readonly times: number[];
  readonly tookMs: number;
  readonly cpuMs: number;
}

/** Asks for one path over and over on one connection until the time is up. */
function askOver(server: BuiltServer, path: string, until: number): Promise<number[]> {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-API-Key: ${server.key}\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const times: number[] = [];
    const socket = connect(server.port, '127.0.0.1').setNoDelay().setEncoding('latin1');
    let received = '';
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!isWhole(received)) return;
      const now = performance.now();
      times.push(now - sentAt);
      if (!received.startsWith('HTTP/1.1 200 ')) reject(new Error(received));
      received = '';
      if (now < until) send();
      else resolve(times);
    });
    socket.on('close', () => {
      reject(new Error('The server hung up.'));
    });
  });
}

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf(HEAD_END);
  if (headEnd === -1) return false;
  const length = /^content-length: (\d+)/im.exec(answer)?.[1];
  return answer.length >= headEnd + HEAD_END.length + Number(length);
}

async function load(server: BuiltServer, path: string, forMs: number): Promise<Load> {
  const cpuBefore = server.cpuMs();
  const started = performance.now();
  const until = started + forMs;
  const each = await Promise.all(
    Array.from({ length: connections }, () => askOver(server, path, until)),
  );
  const tookMs = performance.now() - started;
  return { times: each.flat(), tookMs, cpuMs: server.cpuMs() - cpuBefore };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function print(path: string, { times, tookMs, cpuMs }: Load): void {
  times.sort((a, b) => a - b);
  const at = (share: number): number => rounded(times[Math.floor(times.length * share)] ?? 0);
  const figures = {
    benchmark: 'authenticated',
    path: path.replace(/[0-9a-f-]{36}/, '{id}'),
    connections,
    requests: times.length,
    requests_per_s: Math.round((times.length * 1000) / tookMs),
    ms_per_request: rounded(tookMs / times.length),
    cpu_ms_per_request: rounded(cpuMs / times.length),
    p50_ms: at(0.5),
    p99_ms: at(0.99),
    max_ms: rounded(times.at(-1) ?? 0),
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

async function main(): Promise<void> {
  const server = await startBuiltServer({}, flags);
  try {
    for (const path of [`/api/v1/scans/${server.scanId}`, '/api/v1/session']) {
      await load(server, path, WARM_UP_MS);
      print(path, await load(server, path, seconds * 1000));
    }
  } finally {
    await server.stop();
  }
  // The sockets of the load are still open and would keep the program.
  process.exit(0);
}

void main();
