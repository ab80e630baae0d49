import { chmodSync, rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceFactory } from '@securescan/scan-engine';
import { WORKSPACE_PREFIX, type RunJournal } from './run-journal';

/** Makes private directories (mode 0700) under the system's temporary one, and removes them whatever happens. */
export class NodeWorkspaceFactory implements WorkspaceFactory {
  private readonly live = new Set<string>();
  private readonly onExit = (): void => {
    for (const directory of this.live) rmSync(directory, { recursive: true, force: true });
  };

  constructor(private readonly journal: RunJournal | null = null) {}

  async withWorkspace<T>(use: (directory: string) => Promise<T>): Promise<T> {
    const directory = await mkdtemp(join(await realpath(tmpdir()), WORKSPACE_PREFIX));
    chmodSync(directory, 0o700);
    const forget = this.journal?.recordDirectory(directory);
    if (this.live.size === 0) process.on('exit', this.onExit);
    this.live.add(directory);
    try {
      return await use(directory);
    } finally {
      // A killed tool may still be writing for a moment, which makes a directory "not empty" again.
      await rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
      this.live.delete(directory);
      if (this.live.size === 0) process.off('exit', this.onExit);
      forget?.();
    }
  }
}
