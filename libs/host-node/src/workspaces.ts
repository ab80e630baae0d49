import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkspaceFactory } from '@securescan/scan-engine';
import { removeDirectory } from './remove-directory';
import { WORKSPACE_PREFIX, type RunJournal } from './run-journal';

/** Makes private directories (mode 0700) under the system's temporary one, and removes them whatever happens. */
export class NodeWorkspaceFactory implements WorkspaceFactory {
  private readonly live = new Set<string>();
  private readonly onExit = (): void => {
    for (const directory of this.live) rmSync(directory, { recursive: true, force: true });
  };

  constructor(private readonly journal: RunJournal | null = null) {}

  async withWorkspace<T>(use: (directory: string) => Promise<T>): Promise<T> {
    const directory = join(await realpath(tmpdir()), `${WORKSPACE_PREFIX}${randomUUID()}`);
    // Noted before it is made: a kill in between would leave what nobody knows of.
    const forget = this.journal?.recordDirectory(directory);
    await mkdir(directory, { mode: 0o700 });
    chmodSync(directory, 0o700);
    if (this.live.size === 0) process.on('exit', this.onExit);
    this.live.add(directory);
    try {
      return await use(directory);
    } finally {
      const isGone = await removeDirectory(directory);
      this.live.delete(directory);
      if (this.live.size === 0) process.off('exit', this.onExit);
      // What would not go stays in the journal, for the next start to try.
      if (isGone) forget?.();
    }
  }
}
