import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the product keeps what it knows, unless told otherwise: `~/.securescan`. */
export function dataDirectory(): string {
  return join(homedir(), '.securescan');
}

/** Where process groups and temporary directories in use are noted: `~/.securescan/run`. */
export function defaultJournalDirectory(): string {
  return join(dataDirectory(), 'run');
}

/** Where tools are that we installed ourselves: `~/.securescan/tools`. */
export function installedToolsDirectory(): string {
  return join(dataDirectory(), 'tools');
}

/** Makes the data directory, readable by its owner alone, and returns its path. */
export async function ensureDataDirectory(): Promise<string> {
  const directory = dataDirectory();
  await mkdir(directory, { recursive: true, mode: 0o700 });
  return directory;
}
