import { Injectable } from '@nestjs/common';
import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { type DirectoryEntry, HostFiles } from '../ports/host-files.port';

function kindOf(stats: Stats): 'directory' | 'file' | 'other' {
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'other';
}

/** Files of the machine that the server runs on. */
@Injectable()
export class LocalHostFiles extends HostFiles {
  homeDirectory(): string {
    return homedir();
  }

  isAbsolute(path: string): boolean {
    return isAbsolute(path);
  }

  normalise(path: string): string {
    return resolve(path);
  }

  async resolve(path: string): ReturnType<HostFiles['resolve']> {
    try {
      const real = await realpath(path);
      return { path: real, kind: kindOf(await stat(real)) };
    } catch {
      // Expected: nothing there, a link that leads nowhere, or no permission to look.
      return null;
    }
  }

  async list(directory: string): Promise<DirectoryEntry[] | null> {
    try {
      const names = await readdir(directory);
      const entries = await Promise.all(names.map((name) => this.entryOf(directory, name)));
      return entries.filter((entry) => entry !== null);
    } catch {
      // Expected: no permission, or it went away meanwhile.
      return null;
    }
  }

  join(directory: string, name: string): string {
    return join(directory, name);
  }

  parent(path: string): string | null {
    const above = dirname(path);
    return above === path ? null : above;
  }

  isInside(path: string, directory: string): boolean {
    const base = directory.endsWith(sep) ? directory : directory + sep;
    return path === directory || path.startsWith(base);
  }

  private async entryOf(directory: string, name: string): Promise<DirectoryEntry | null> {
    try {
      const kind = kindOf(await stat(join(directory, name)));
      return kind === 'other' ? null : { name, kind };
    } catch {
      // Expected: one dead link or unreadable entry must not spoil the list.
      return null;
    }
  }
}
