import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMPILED_CODE } from '@securescan/testing';

const ENTRY = join(__dirname, '../../../dist/server/main.js');

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** The built server in a process of its own, which may not have come up. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<Exit>;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
}

/** Starts the built server on any free port with exactly this environment. */
export function spawnServer(environment: Readonly<Record<string, string>>): ServerProcess {
  if (!existsSync(ENTRY)) {
    throw new Error('This test runs the built server: npm run build:server makes it.');
  }
  const child = spawn(process.execPath, [ENTRY], {
    cwd: tmpdir(),
    env: {
      ...COMPILED_CODE,
      SECURESCAN_PORT: '0',
      SECURESCAN_RATE_LIMIT_ENABLED: '0',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exit = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, exit, output: () => output };
}

/** Waits until the server says where it listens. */
export async function addressOf({ child, exit, output }: ServerProcess): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /http:\/\/\S+/.exec(output().stdout)?.[0];
      if (found !== undefined) resolve(found);
    });
    void exit.then(() => {
      reject(new Error(`The server did not start: ${output().stderr}`));
    });
  });
}

export async function stopServer({ child, exit }: ServerProcess): Promise<void> {
  child.kill('SIGTERM');
  await exit;
}
