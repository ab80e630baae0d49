import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { COMPILED_CODE } from '@securescan/testing';

const ROOT = join(__dirname, '..', '..');
const ENTRY = join(ROOT, 'dist', 'server', 'main.js');
const PAGE = join(ROOT, 'dist', 'dashboard', 'browser', 'index.html');
const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

/** A semgrep that answers at once when asked for its version, and otherwise ends only when a file appears. */
const GATED_SEMGREP = `
const { existsSync } = require('node:fs');
if (process.argv.includes('--version')) {
  console.log('1.100.0');
} else {
  const waiting = setInterval(() => {
    if (!existsSync(GATE)) return;
    clearInterval(waiting);
    console.log(JSON.stringify({ results: [], errors: [], paths: { scanned: [] } }));
  }, 25);
}
`;

/** The built server on a free port, with a HOME, a database and a directory for targets that are its own. */
export class RunningServer {
  private child: ChildProcess | null = null;
  private output = '';

  private constructor(
    private readonly directory: string,
    private readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param settings environment variables beside those that every journey needs, or what makes them of its address
   * @param directory where all that it has lies; removed when it stops
   */
  static async start(
    settings:
      | Readonly<Record<string, string>>
      | ((address: string) => Readonly<Record<string, string>>) = {},
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'dashboard-journey-'))),
  ): Promise<RunningServer> {
    for (const file of [ENTRY, PAGE]) {
      if (!existsSync(file)) throw new ReferenceError(`Build first, "npm run build": no ${file}`);
    }
    const port = await freePort();
    const chosen = typeof settings === 'function' ? settings(addressOf(port)) : settings;
    const server = new RunningServer(directory, port, chosen);
    server.prepare();
    await server.resume();
    return server;
  }

  /** Ends without a chance to write anything down. */
  async crash(): Promise<void> {
    const { child } = this;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts again after a crash, with the same database and under the same address. */
  async resume(): Promise<void> {
    this.spawn();
    await this.untilHealthy();
  }

  get address(): string {
    return addressOf(this.port);
  }

  /** Writes a tree that may be scanned and returns its path. */
  makeTarget(name: string, files: Readonly<Record<string, string>>): string {
    const target = join(this.directory, 'targets', name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), text);
    }
    return target;
  }

  /** Lets the scanner end that holds every scan back. */
  openGate(): void {
    writeFileSync(this.gate, '');
  }

  closeGate(): void {
    rmSync(this.gate, { force: true });
  }

  async stop(): Promise<void> {
    const { child } = this;
    if (child !== null && child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(force);
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private get gate(): string {
    return join(this.directory, 'gate');
  }

  private place(name: 'home' | 'tools' | 'targets'): string {
    return join(this.directory, name);
  }

  private prepare(): void {
    for (const name of ['home', 'tools', 'targets'] as const) mkdirSync(this.place(name));
    const source = GATED_SEMGREP.replace('GATE', JSON.stringify(this.gate));
    const text = `#!${process.execPath}\n${source}`;
    writeFileSync(join(this.place('tools'), 'semgrep'), text, { mode: 0o755 });
  }

  private spawn(): void {
    const home = this.place('home');
    const child = spawn(process.execPath, [ENTRY], {
      cwd: home,
      env: {
        ...COMPILED_CODE,
        HOME: home,
        PATH: `${this.place('tools')}:/usr/bin:/bin`,
        SECURESCAN_DB_PATH: join(this.directory, 'scans.db'),
        SECURESCAN_PORT: String(this.port),
        SECURESCAN_SCAN_ROOTS: this.place('targets'),
        ...this.settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.child = child;
  }

  private async untilHealthy(): Promise<void> {
    const limit = Date.now() + START_LIMIT_MS;
    while (Date.now() < limit && this.child?.exitCode === null) {
      if (await isHealthy(this.address)) return;
      await pause(50);
    }
    const output = this.output;
    await this.stop();
    throw new ReferenceError(`The server did not start.\n${output}`);
  }
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}

async function isHealthy(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health`)).ok;
  } catch {
    // Expected until it listens.
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const bound = probe.address();
  probe.close();
  await once(probe, 'close');
  if (bound === null || typeof bound === 'string') throw new ReferenceError('no free port');
  return bound.port;
}
