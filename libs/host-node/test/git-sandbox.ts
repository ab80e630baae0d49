import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import type { Revisions } from '../src';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';

const IDENTITY = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
const PLAIN = ['-c', 'protocol.file.allow=always', '-c', 'core.autocrlf=false'];

/** A temporary directory with one repository, and room beside it. */
export class GitSandbox {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'git-sandbox-')));
  readonly root = join(this.base, 'repository');
  readonly ports: NodeHostPorts = createHostPorts({ journalDirectory: join(this.base, 'run') });

  constructor() {
    mkdirSync(this.root);
    this.git('init', '-q', '-b', 'main');
  }

  remove(): void {
    rmSync(this.base, { recursive: true, force: true });
  }

  git(...args: string[]): string {
    return this.gitIn(this.root, ...args);
  }

  gitIn(cwd: string, ...args: string[]): string {
    return this.gitWith('', cwd, ...args);
  }

  gitWith(input: string | Uint8Array, cwd: string, ...args: string[]): string {
    const options = { cwd, input, stdio: 'pipe', encoding: 'utf8', env: process.env } as const;
    return execFileSync('git', [...IDENTITY, ...PLAIN, ...args], options).trim();
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), content);
  }

  /** Commits everything and gives the id. */
  commit(message = 'change'): string {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** A tree that git itself would not make, from the entries `<mode> <path> NUL <id>` of one directory. */
  treeOf(
    entries: readonly (readonly [mode: string, name: Uint8Array | string, id: string])[],
  ): string {
    const parts = entries.flatMap(([mode, name, id]) => [
      Buffer.from(`${mode} `),
      Buffer.from(name),
      Buffer.of(0),
      Buffer.from(id, 'hex'),
    ]);
    const options = ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'];
    return this.gitWith(Buffer.concat(parts), this.root, ...options);
  }

  blob(content: string): string {
    return this.gitWith(content, this.root, 'hash-object', '-w', '--stdin');
  }

  /** A program that leaves a trace when it is run, and the place of that trace. */
  trap(): { readonly program: string; readonly trace: string } {
    const program = join(this.base, 'trap');
    const trace = join(this.base, 'trace');
    writeFileSync(program, `#!/bin/sh\ntouch '${trace}'\ncat\n`);
    chmodSync(program, 0o755);
    return { program, trace };
  }

  open(root = this.root, signal = new AbortController().signal): Promise<Revisions> {
    return this.ports.openRevisions(root, signal);
  }

  /** What was written, by path. */
  async written(
    write: (directory: string) => Promise<unknown>,
  ): Promise<Readonly<Record<string, string>>> {
    return this.ports.workspaces.withWorkspace(async (directory) => {
      await write(directory);
      return contentsOf(directory);
    });
  }
}

/** All files below a directory, by path; bytes as they are, as characters up to 255. */
export function contentsOf(directory: string): Readonly<Record<string, string>> {
  const files = entriesBelow(directory).filter((path) => lstatSync(join(directory, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [path, readFileSync(join(directory, path), 'latin1')]),
  );
}

/** Everything that a reader could have changed below a directory: names, kinds, modes, times and bytes. */
export function stateOf(directory: string): readonly string[] {
  return entriesBelow(directory).map((path) => {
    const place = join(directory, path);
    const { mode, mtimeNs, ctimeNs, size } = lstatSync(place, { bigint: true });
    return [path, mode, mtimeNs, ctimeNs, size, bytesOf(place)].join(' ');
  });
}

function bytesOf(place: string): string {
  const stats = lstatSync(place);
  if (stats.isSymbolicLink()) return readlinkSync(place);
  return stats.isFile() ? readFileSync(place, 'base64') : '';
}

function entriesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort(compareCodePoints);
}
