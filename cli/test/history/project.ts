import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';

/** A repository whose history a test writes commit by commit. */
export class Project {
  private commits = 0;

  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('config', 'user.name', 'Somebody');
    this.git('config', 'user.email', 'somebody@example.com');
    this.git('config', 'commit.gpgsign', 'false');
    this.git('config', 'core.autocrlf', 'false');
  }

  write(path: string, text: string): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(path: string): string {
    return readFileSync(join(this.directory, path), 'utf8');
  }

  /** Changes a file's text. Fails where the change changes nothing: a step that does nothing proves nothing. */
  edit(path: string, change: (text: string) => string): void {
    const before = this.read(path);
    const after = change(before);
    if (after === before) throw new RangeError(`The edit of ${path} changed nothing.`);
    this.write(path, after);
  }

  move(from: string, to: string): void {
    mkdirSync(dirname(join(this.directory, to)), { recursive: true });
    this.git('mv', from, to);
  }

  copy(from: string, to: string): void {
    mkdirSync(dirname(join(this.directory, to)), { recursive: true });
    cpSync(join(this.directory, from), join(this.directory, to));
  }

  remove(path: string): void {
    rmSync(join(this.directory, path));
  }

  /** Everything that stands in the tree, as one commit. */
  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
  }

  /** Dates count up, so that the same steps give the same ids on every machine. */
  git(...args: readonly string[]): string {
    this.commits += 1;
    const date = `${String(1_700_000_000 + this.commits)} +0000`;
    return execFileSync('git', args, {
      cwd: this.directory,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.directory,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
        GIT_EDITOR: 'true',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** A digest of everything below the directory, `.git` included: names, kinds, modes, times of change and bytes. */
  digest(): string {
    const hash = createHash('sha256');
    for (const path of listAll(this.directory)) {
      const stats = lstatSync(path);
      hash.update(`${path}\n${String(stats.mode)}\n${String(stats.mtimeMs)}\n`);
      if (stats.isFile()) hash.update(readFileSync(path));
      if (stats.isSymbolicLink()) hash.update(readlinkSync(path));
    }
    return hash.digest('hex');
  }
}

function listAll(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort((a, b) => (a < b ? -1 : 1));
}
