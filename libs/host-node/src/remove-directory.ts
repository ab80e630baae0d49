import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes a directory of ours with all that tools left in it. False if something would not go. */
export async function removeDirectory(path: string): Promise<boolean> {
  if (await remove(path)) return true;
  // Some tools protect their caches against writing, which protects them against removal too.
  await makeWritable(path);
  return remove(path);
}

async function remove(path: string): Promise<boolean> {
  try {
    // A killed tool may still be writing for a moment, which makes a directory "not empty" again.
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    return true;
  } catch {
    // Expected: directories without permission to write.
    return false;
  }
}

async function makeWritable(directory: string): Promise<void> {
  try {
    await chmod(directory, 0o700);
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      // A symbolic link is not a directory here, so nothing outside is touched.
      if (entry.isDirectory()) await makeWritable(join(directory, entry.name));
    }
  } catch {
    // Expected: it belongs to somebody else; the removal will say so.
  }
}
