import { Injectable } from '@nestjs/common';
import { compareCodePoints } from '@securescan/core';
import { SKIPPED_DIRECTORIES } from '@securescan/scan-engine';
import { type DirectoryEntry, HostFiles } from '../../ports/host-files.port';
import { TargetNotFoundError } from '../scans/scans.errors';
import { TargetPathPolicy } from '../scans/target-path.policy';
import type { BrowseBody, BrowseEntryBody } from './browse.dto';

const MAX_ENTRIES = 500;
/** Files by which one recognises a project. */
const MARKER_FILES = new Set([
  'package.json',
  'pyproject.toml',
  'Cargo.toml',
  'go.mod',
  'Makefile',
  'Dockerfile',
]);

function isShown({ name, kind }: DirectoryEntry): boolean {
  if (kind === 'file') return MARKER_FILES.has(name);
  return name === '.git' || !(name.startsWith('.') || SKIPPED_DIRECTORIES.includes(name));
}

function compareEntries(a: BrowseEntryBody, b: BrowseEntryBody): number {
  if (a.is_dir !== b.is_dir) return a.is_dir ? -1 : 1;
  return (
    compareCodePoints(a.name.toLowerCase(), b.name.toLowerCase()) ||
    compareCodePoints(a.name, b.name)
  );
}

/** Shows directories for a picker: only what may be scanned. */
@Injectable()
export class BrowseService {
  constructor(
    private readonly policy: TargetPathPolicy,
    private readonly files: HostFiles,
  ) {}

  async browse(path: string | undefined): Promise<BrowseBody> {
    const roots = await this.policy.roots();
    const current = await this.directory(path ?? roots[0] ?? '/');
    const listed = await this.files.list(current);
    if (listed === null) throw new TargetNotFoundError(current, 'path');
    const entries = listed
      .filter(isShown)
      .map(({ name, kind }) => ({
        name,
        path: this.files.join(current, name),
        is_dir: kind === 'directory',
      }))
      .sort(compareEntries);
    return {
      current,
      parent: this.parentOf(current, roots),
      entries: entries.slice(0, MAX_ENTRIES),
      truncated: entries.length > MAX_ENTRIES,
    };
  }

  private async directory(path: string): Promise<string> {
    const admitted = await this.policy.admit(path, 'path');
    if (admitted.kind !== 'directory') throw new TargetNotFoundError(path, 'path');
    return admitted.path;
  }

  private parentOf(current: string, roots: readonly string[]): string | null {
    const parent = this.files.parent(current);
    return parent !== null && roots.some((root) => this.files.isInside(parent, root))
      ? parent
      : null;
  }
}
