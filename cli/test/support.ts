import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { COMPILED_CODE } from '@securescan/testing';

export const ROOT = join(__dirname, '..', '..');
export const BUILT_CLI = join(ROOT, 'dist', 'cli', 'src', 'main.js');

/** The Node that runs these tests: a supported one. */
export const PINNED_NODE = process.execPath;

if (!existsSync(BUILT_CLI)) {
  throw new Error('The command line is not built; run "npm run build:cli" and test again.');
}

/** A Node of the system that is too old for the program itself but not for --version, or null. */
export function findOlderNode(): string | null {
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((directory) => directory !== '' && !directory.includes('node_modules'))
    .map((directory) => join(directory, 'node'));
  return candidates.find((path) => existsSync(path) && isOlder(path)) ?? null;
}

function isOlder(node: string): boolean {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout;
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12 && minor < 22);
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
  readonly entry?: string;
}

/** A HOME, a PATH and a place for trees that are this test's own and go with it. */
export class Workbench {
  readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'cli-test-')));
  readonly home = this.makeDirectory('home');
  readonly bin = this.makeDirectory('bin');
  private readonly children: ChildProcess[] = [];

  makeDirectory(name: string): string {
    const path = join(this.directory, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Writes files below a directory of that name and returns its path. */
  makeTree(name: string, files: Readonly<Record<string, string>>): string {
    const tree = this.makeDirectory(name);
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return tree;
  }

  /** Puts a stand-in for a tool on PATH: a Node program that answers --version by itself. */
  makeTool(name: string, source: string): void {
    const path = join(this.bin, name);
    const version = `if (process.argv.includes('--version')) { console.log('${name} 9.9.9'); process.exit(0); }`;
    writeFileSync(path, `#!${PINNED_NODE}\n${version}\n${source}\n`);
    chmodSync(path, 0o755);
  }

  start(args: readonly string[], options: RunOptions = {}): ChildProcess {
    const child = spawn(options.node ?? PINNED_NODE, [options.entry ?? BUILT_CLI, ...args], {
      cwd: options.cwd ?? this.directory,
      env: { ...COMPILED_CODE, PATH: this.bin, HOME: this.home, ...options.env },
      // A group of its own, as a shell gives to every command.
      detached: true,
    });
    this.children.push(child);
    return child;
  }

  run(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return endOf(this.start(args, options));
  }

  dispose(): void {
    for (const child of this.children)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    rmSync(this.directory, { recursive: true, force: true });
  }
}

export function endOf(child: ChildProcess): Promise<Run> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
}

/** Looks every few milliseconds until there is an answer; fails after `withinMs`. */
export async function waitFor<T>(
  look: () => T | null | undefined | false,
  withinMs = 20_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = look();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`It did not happen within ${withinMs} ms.`);
    await delay(20);
  }
}

/** Whether a process runs; one that only waits to be reaped does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // Expected: it is gone.
    return false;
  }
}

/** Small enough to read, with something for every built-in scanner. The key is the one in the provider's documentation. */
export const SHOP = {
  Dockerfile: 'FROM node:latest\nUSER root\nCOPY . /app\nCMD ["node", "/app/index.js"]\n',
  'src/settings.py': 'REGION = "eu-central-1"\nACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"\n',
  'src/index.js': 'console.log("hello");\n',
} as const;
