/**
 * The first import of every program of ours. It imports builtins only, so that a Node which is too old meets nothing that
 * it cannot load: the database's addon crashes such a Node without a word.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Marks the process that the guard started, so that a broken pinned runtime cannot make it start itself for ever. */
const CHILD_VARIABLE = 'SECURESCAN_PINNED_RUNTIME';
const FORWARDED_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** [major, minor, patch] from which on a release line is supported; later lines are supported as a whole. */
const FIRST_SUPPORTED = [
  [22, 22, 3],
  [24, 15, 0],
] as const;
const FIRST_OPEN_ENDED_MAJOR = 26;

/** Whether a Node version such as `24.21.0` is one of `^22.22.3 || ^24.15.0 || >=26`. */
export function isSupportedNode(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version
    .split('.')
    .map((part) => Number.parseInt(part, 10));
  if (major >= FIRST_OPEN_ENDED_MAJOR) return true;
  return FIRST_SUPPORTED.some(
    (first) =>
      first[0] === major && (minor > first[1] || (minor === first[1] && patch >= first[2])),
  );
}

/**
 * Loads the program if this Node can run it. Otherwise starts the pinned runtime on the same entry and arguments and loads
 * nothing: this process then only passes signals on and ends as its child does.
 */
export function runOnSupportedNode(load: () => void | Promise<void>): void {
  if (isSupportedNode(process.versions.node)) {
    if (process.env[CHILD_VARIABLE] !== undefined) endWithParent();
    void load();
    return;
  }
  const runtime = process.env[CHILD_VARIABLE] === undefined ? findPinnedRuntime(__dirname) : null;
  if (runtime === null) {
    process.stderr.write(
      `SecureScan needs Node 22.22.3, 24.15 or 26 and newer, and this is ${process.version}; ` +
        'run "npm start" or "npm install" in its directory with Node 20.19 or newer to get one.\n',
    );
    process.exitCode = 2;
    return;
  }
  void superviseChild(startNode(runtime, process.argv.slice(1)));
}

/** The runtime that npm installed for us, found from our own files: a scanned tree must not lend us its binary. */
export function findPinnedRuntime(start: string): string | null {
  const root = findInstallRoot(start);
  if (root === null) return null;
  const modules = join(root, 'node_modules');
  const candidates = [
    join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node'),
    join(modules, '.bin', 'node'),
  ];
  return candidates.find((candidate) => existsSync(candidate)) ?? null;
}

function findInstallRoot(start: string): string | null {
  for (let directory = start; ; directory = dirname(directory)) {
    if (isOurs(join(directory, 'package.json'))) return directory;
    if (dirname(directory) === directory) return null;
  }
}

function isOurs(manifest: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    return (
      typeof value === 'object' && value !== null && 'name' in value && value.name === 'securescan'
    );
  } catch {
    // Expected: most directories on the way up have no package.json.
    return false;
  }
}

/**
 * Runs another program of ours on this Node, which has to be a supported one. Its streams are ours, signals are passed on, and
 * it ends when we do. Resolves with its exit code; where a signal ended it, that signal ends us too. Rejects when it cannot be
 * started.
 */
export async function spawnOnSupportedNode(
  entry: string,
  options: {
    readonly words?: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
  },
): Promise<number> {
  const { words = [], variables = {} } = options;
  const child = startNode(process.execPath, [entry, ...words], variables);
  const { code, signal } = await endOf(child);
  if (signal !== null) process.kill(process.pid, signal);
  return code ?? 1;
}

function startNode(
  runtime: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(runtime, [...process.execArgv, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...variables, [CHILD_VARIABLE]: '1' },
  });
}

async function superviseChild(child: ChildProcess): Promise<void> {
  try {
    const { code, signal } = await endOf(child);
    // Ending by the same signal tells our own parent the truth about how the program ended.
    if (signal === null) process.exit(code ?? 1);
    else process.kill(process.pid, signal);
  } catch (error) {
    // Expected: a runtime for another system, or one that lost its right to be executed.
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The Node that ships with SecureScan cannot be started: ${reason}\n`);
    process.exitCode = 2;
  }
}

interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Passes signals on until the child ends. Rejects when it could not be started. */
function endOf(child: ChildProcess): Promise<ChildEnd> {
  const handlers = FORWARDED_SIGNALS.map((signal) => {
    const forward = (): void => void child.kill(signal);
    process.on(signal, forward);
    return { signal, forward };
  });
  return new Promise<ChildEnd>((resolve, reject) => {
    child.on('error', reject);
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
    });
  }).finally(() => {
    for (const { signal, forward } of handlers) process.off(signal, forward);
  });
}

/** The channel closes when the process that started us is gone, even if it was killed outright. */
function endWithParent(): void {
  Reflect.deleteProperty(process.env, CHILD_VARIABLE);
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // Waiting for that must not keep a program alive that has done its work.
  process.channel?.unref();
}
