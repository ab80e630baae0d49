import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, type Stage } from './image-description';

/** What a container engine would be told beside the image. */
export interface ContainerOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Directories of this machine by where the container sees them, to write to. */
  readonly writable: Readonly<Record<string, string>>;
  /** The same, read-only. */
  readonly readable: Readonly<Record<string, string>>;
  /** In place of the image's own. */
  readonly command?: readonly string[];
}

export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Execution {
  readonly code: number | null;
  readonly stdout: string;
}

/** A process that sees what the image would show it: its files read-only, its user, its network of its own. */
export interface Container {
  readonly process: ChildProcess;
  readonly exit: Promise<Exit>;
  readonly output: () => { readonly stdout: string; readonly stderr: string };
  /** Runs a command beside it, as an engine does for a health check. Its exit code and standard output. */
  exec(command: readonly string[]): Promise<Execution>;
  /** Sends a signal to the container's first process. */
  signal(name: NodeJS.Signals): void;
}

interface LockedPackage {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
}

const INFO = 3;
const EXECUTION_LIMIT_MS = 10_000;
/** Where Debian's packages put what the image installs; this machine has the same ones. */
const SYSTEM = ['/bin', '/sbin', '/lib', '/lib64'];
const SETTINGS = ['/etc/ld.so.cache', '/etc/alternatives', '/etc/ssl/certs'];

/** Runs the image's entry point in name spaces that bubblewrap makes. Not a container engine: the layers are this machine's files. */
export async function runContainer(image: Stage, options: ContainerOptions): Promise<Container> {
  const environment = { ...image.environment, ...options.environment };
  const child = spawn(
    'bwrap',
    [
      ...isolation(image),
      ...fileSystem(image, options),
      '--',
      ...image.entrypoint,
      ...(options.command ?? image.command),
    ],
    {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const exit = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const first = await firstProcessOf(child);
  return {
    process: child,
    exit,
    output: () => output,
    exec: (command) => execute(first, command, environment),
    signal: (name) => process.kill(first, name),
  };
}

function isolation(image: Stage): string[] {
  const [user = '', group = ''] = image.user.split(':');
  return [
    ...['--unshare-all', '--as-pid-1', '--die-with-parent', '--cap-drop', 'ALL'],
    ...['--uid', user, '--gid', group, '--chdir', image.workdir, '--info-fd', String(INFO)],
  ];
}

function fileSystem(image: Stage, { readable, writable }: ContainerOptions): string[] {
  const copied = image.copied.flatMap(({ stage, source, target }) => {
    if (source.endsWith('/node_modules')) return productionPackages(target);
    const own = stage === null ? source : source.replace(/^\/app\//, '');
    return existsSync(join(REPOSITORY, own)) ? ['--ro-bind', join(REPOSITORY, own), target] : [];
  });
  return [
    ...['--ro-bind', '/usr', '/usr', ...SYSTEM.flatMap(systemDirectory)],
    ...SETTINGS.flatMap((path) => ['--ro-bind-try', path, path]),
    // The base image has its Node here; the one that npm pins for us is the same release.
    ...[
      '--tmpfs',
      '/usr/local',
      '--ro-bind',
      pinnedNode(),
      '/usr/local/bin/node',
      '--remount-ro',
      '/usr/local',
    ],
    ...['--proc', '/proc', '--dev', '/dev', ...copied],
    ...Object.entries(readable).flatMap(([target, source]) => ['--ro-bind', source, target]),
    ...Object.entries(writable).flatMap(([target, source]) => ['--bind', source, target]),
    ...['--remount-ro', '/'],
  ];
}

function systemDirectory(path: string): string[] {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink()
    ? ['--symlink', readlinkSync(path), path]
    : ['--ro-bind', path, path];
}

function pinnedNode(): string {
  return join(REPOSITORY, `node_modules/node-linux-${process.arch}/bin/node`);
}

/** What `npm ci --omit=dev --omit=optional` leaves, by the lock file: nothing else may be needed. */
function productionPackages(target: string): string[] {
  const lock = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, optional }]) => {
      const isTop = path.lastIndexOf('node_modules/') === 0;
      return isTop && !(dev ?? devOptional ?? optional ?? false);
    })
    .flatMap(([path]) => ['--ro-bind', join(REPOSITORY, path), join(target, '..', path)]);
}

async function firstProcessOf(child: ChildProcess): Promise<number> {
  const info = child.stdio[INFO];
  let text = '';
  if (info !== undefined && info !== null && 'on' in info) {
    for await (const part of info as AsyncIterable<unknown>) text += String(part);
  }
  return (JSON.parse(text) as { 'child-pid': number })['child-pid'];
}

function execute(
  pid: number,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Execution> {
  const entering = ['--target', String(pid), '--user', '--preserve-credentials'];
  const args = [...entering, '--mount', '--net', '--pid', '--', ...command];
  return new Promise((resolve) => {
    const child = execFile('nsenter', args, { env, timeout: EXECUTION_LIMIT_MS }, (_, stdout) => {
      resolve({ code: child.exitCode, stdout });
    });
  });
}
