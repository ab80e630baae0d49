import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { type BuiltServer, startBuiltServer } from './built-server';

/*
 * Clients that come all at once to the event stream of a running scan, and go: how long until all are connected, what each
 * takes of the server's memory, and how many sockets the server still holds one second after they went.
 * npm run bench -- subscribers [clients] [rounds]
 */

const [clients = 1000, rounds = 5] = process.argv.slice(2).map(Number);
const GONE_WITHIN_MS = 1000;
const KB = 1000;

/** Stands in for a scanner that takes its time. */
const SLOW_TOOL = '#!/bin/sh\n[ "$1" = "--version" ] && echo 1.99.0 && exit 0\nexec sleep 3600\n';

async function runningScan(server: BuiltServer): Promise<string> {
  const answer = await server.ask('/api/v1/scans', {
    target_path: server.tree,
    scanners: ['semgrep'],
  });
  const { id } = (await answer.json()) as { id: string };
  for (;;) {
    const { status } = (await (await server.ask(`/api/v1/scans/${id}`)).json()) as {
      status: string;
    };
    if (status === 'running') return id;
    await delay(5);
  }
}

/** Resolves once the first event has arrived. */
function follow(server: BuiltServer, scanId: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1').setEncoding('latin1');
    let received = '';
    socket.on('connect', () => {
      socket.write(
        `GET /api/v1/scans/${scanId}/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-API-Key: ${server.key}\r\n\r\n`,
      );
    });
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      received += chunk;
      if (!received.startsWith('HTTP/1.1 200 ')) reject(new Error(received));
      else if (received.includes('event: scan.start\n')) resolve(socket);
    });
  });
}

function socketsOf(pid: number): number {
  const directory = `/proc/${pid}/fd`;
  return readdirSync(directory).filter((fd) => {
    try {
      return readlinkSync(join(directory, fd)).startsWith('socket:');
    } catch {
      // Expected: it was closed while we looked.
      return false;
    }
  }).length;
}

async function round(server: BuiltServer, scanId: string) {
  const memoryBefore = server.memory();
  const socketsBefore = socketsOf(server.pid);
  const started = performance.now();
  const sockets = await Promise.all(Array.from({ length: clients }, () => follow(server, scanId)));
  const connectMs = Math.round(performance.now() - started);
  const bytesEach = (server.memory() - memoryBefore) / clients;
  for (const socket of sockets) socket.destroy();
  await delay(GONE_WITHIN_MS);
  return {
    connect_ms: connectMs,
    kb_each: Math.round((bytesEach / KB) * 10) / 10,
    left_after_1s: Math.max(0, socketsOf(server.pid) - socketsBefore),
    memory_mb: Math.round(server.memory() / KB / KB),
  };
}

async function main(): Promise<void> {
  const tools = mkdtempSync(join(tmpdir(), 'securescan-bench-tools-'));
  writeFileSync(join(tools, 'semgrep'), SLOW_TOOL, { mode: 0o755 });
  const server = await startBuiltServer({
    PATH: `${tools}:/usr/bin:/bin`,
    SECURESCAN_EVENT_STREAMS: String(clients * 2),
    SECURESCAN_EVENT_STREAMS_PER_CALLER: String(clients * 2),
  });
  try {
    const scanId = await runningScan(server);
    for (let count = 1; count <= rounds; count += 1) {
      const figures = await round(server, scanId);
      process.stdout.write(
        `${JSON.stringify({ benchmark: 'subscribers', clients, round: count, ...figures })}\n`,
      );
    }
  } finally {
    await server.stop();
    rmSync(tools, { recursive: true });
  }
}

void main();
