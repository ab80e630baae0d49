import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '@securescan/core';
import type { ProcessRequest } from '@securescan/scan-engine';
import { CERTIFICATE_VARIABLES } from './child-environment';
import { isInside } from './path-inside';
import { findProgram, installationsOf } from './tool-installation';

/** What every program needs to run at all. */
const SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64'];
/** Of `/etc/ssl` not all: it holds private keys as well. */
const SETTINGS = [
  ...['/etc/ld.so.cache', '/etc/alternatives', '/etc/ca-certificates'],
  ...['/etc/ssl/certs', '/etc/ssl/openssl.cnf', '/etc/pki/tls/certs', '/etc/pki/ca-trust'],
];
const NETWORK_SETTINGS = ['/etc/resolv.conf', '/etc/hosts', '/etc/nsswitch.conf'];
/** Switches of the whole machine, which its administrator could turn from within. */
const SWITCHES = ['/proc/sys', '/proc/sysrq-trigger'];
/** Beside programs in a home directory lie people's own things. */
const PRIVATE = ['.', '.local/share', '.config'];

/** bubblewrap on this machine. */
export interface Sandbox {
  readonly executable: string;
  /** Further directories that the operator lets every tool read. */
  readonly readable: readonly string[];
}

export interface SandboxSearch {
  /** The value of PATH. */
  readonly path: string;
  /** The value of SECURESCAN_SANDBOX_PATHS. */
  readonly furtherDirectories: string;
  /** Nothing in it may lend us bubblewrap. */
  readonly scannedRoot?: string | undefined;
}

/** Finds bubblewrap and tries it. Throws UserError CONFIG_INVALID where it is missing or may not work here. */
export function openSandbox(
  { path, furtherDirectories, scannedRoot }: SandboxSearch,
  succeeds: (executable: string, args: readonly string[]) => boolean,
): Sandbox {
  const readable = furtherDirectories.split(delimiter).filter((entry) => entry !== '');
  const useless = readable.find((entry) => !isDirectoryToShow(entry));
  if (useless !== undefined) {
    throw new UserError(
      'CONFIG_INVALID',
      `SECURESCAN_SANDBOX_PATHS must name existing directories by their absolute paths, and "${useless}" is none.`,
    );
  }
  const executable = findProgram(path, 'bwrap', scannedRoot);
  if (executable === null) {
    throw new UserError(
      'CONFIG_INVALID',
      'A sandbox was asked for, and bubblewrap (bwrap) is not on PATH: install it, or go without the sandbox.',
    );
  }
  if (!succeeds(executable, [...isolated(false), ...machine(false), '--', 'true'])) {
    throw new UserError(
      'CONFIG_INVALID',
      'A sandbox was asked for, and bubblewrap does not work on this machine: allow user namespaces, or go without the sandbox.',
    );
  }
  return {
    executable: realpathSync(executable),
    readable: readable.map((entry) => resolve(entry)),
  };
}

function isDirectoryToShow(entry: string): boolean {
  return isAbsolute(entry) && resolve(entry) !== '/' && existsSync(entry);
}

/** The same call within bubblewrap: a file system of its own that shows the least, and no network unless it is needed. */
export function inSandbox(
  request: ProcessRequest,
  sandbox: Sandbox,
): Pick<ProcessRequest, 'executable' | 'args'> {
  const { isolation, cwd, env, args } = request;
  const network = isolation?.network === true;
  const named = isolation?.readable ?? [];
  if (named.some((path) => isInside(sandbox.executable, path))) {
    throw new UserError('CONFIG_INVALID', 'the scanned tree holds the bubblewrap on PATH');
  }
  const program = realpathSync(request.executable);
  const installations = installationsOf(program, {
    path: env['PATH'] ?? '',
    shown: [...SYSTEM, ...sandbox.readable],
    hidden: [...privatePlaces(), cwd, ...named],
  });
  return {
    executable: sandbox.executable,
    args: [
      ...isolated(network),
      ...machine(network),
      ...[...installations, ...sandbox.readable].flatMap(readOnly),
      ...(network ? certificatesOf(env) : []).flatMap(readOnly),
      // Without them the tool would find nothing and seem content, so bubblewrap fails where they are gone.
      ...named.flatMap((path) => ['--ro-bind', path, path]),
      ...(isolation?.writable ?? []).flatMap((path) => ['--bind', path, path]),
      ...['--bind', cwd, cwd, '--remount-ro', '/', '--chdir', cwd],
      ...['--', program, ...args],
    ],
  };
}

/** An administrator's tool could undo every `read-only` below, so it loses all capabilities. */
function isolated(network: boolean): string[] {
  const shared = network ? ['--share-net'] : [];
  return ['--unshare-all', ...shared, '--die-with-parent', '--cap-drop', 'ALL'];
}

function machine(network: boolean): string[] {
  return [
    ...SYSTEM.flatMap(systemDirectory),
    ...[...SETTINGS, ...(network ? NETWORK_SETTINGS : [])].flatMap(readOnly),
    ...['--proc', '/proc', ...SWITCHES.flatMap(readOnly), '--dev', '/dev', '--tmpfs', '/tmp'],
  ];
}

function readOnly(path: string): string[] {
  return ['--ro-bind-try', path, path];
}

/** `/bin` is a link into `/usr` on most systems of today, and must be one inside too. */
function systemDirectory(path: string): string[] {
  try {
    return lstatSync(path).isSymbolicLink()
      ? ['--symlink', readlinkSync(path), path]
      : readOnly(path);
  } catch {
    // Expected: not every system has all of them.
    return [];
  }
}

function certificatesOf(env: Readonly<Record<string, string>>): string[] {
  return CERTIFICATE_VARIABLES.flatMap((name) => (env[name] ?? '').split(delimiter)).filter(
    (path) => isAbsolute(path),
  );
}

/** By both names where the home directory is reached through a link. */
function privatePlaces(): string[] {
  const home = homedir();
  const homes = existsSync(home) ? [home, realpathSync(home)] : [home];
  return homes.flatMap((directory) => PRIVATE.map((place) => join(directory, place)));
}
