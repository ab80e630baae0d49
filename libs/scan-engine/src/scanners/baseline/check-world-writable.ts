import { compareCodePoints } from '@securescan/core';
import { shown, type Audit } from './audit';
import { worldWritable } from './permission-rules';

const DIRECTORIES = ['/etc', '/usr', '/var'];
/** As deep as the files lie that the system itself reads: a whole disk would take hours. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 60_000;
/** Questions to the file system at a time. */
const AT_A_TIME = 64;
const MAX_EXAMPLES = 10;
const OTHERS_WRITE = 0o002;

/** Files that everyone may write, one finding for each of the directories. */
export async function checkWorldWritable(audit: Audit): Promise<void> {
  for (const directory of DIRECTORIES)
    report(audit, directory, await writableBelow(audit, directory));
}

async function writableBelow(audit: Audit, top: string): Promise<readonly string[]> {
  const found: string[] = [];
  let budget = MAX_ENTRIES;
  let level = [top];
  for (let depth = 0; depth < MAX_DEPTH && budget > 0; depth += 1) {
    const next: string[] = [];
    for (const directory of level) {
      const names = await audit.namesIn(directory, budget);
      budget -= names.length;
      for (const { path, kind, mode } of await entriesOf(audit, directory, names)) {
        if (kind === 'directory') next.push(path);
        if (kind === 'file' && (mode & OTHERS_WRITE) !== 0) found.push(path);
      }
    }
    level = next;
  }
  if (budget <= 0) audit.noteCut(`no more than ${MAX_ENTRIES} entries below ${top} were looked at`);
  return found.sort(compareCodePoints);
}

interface Entry {
  readonly path: string;
  readonly kind: string;
  readonly mode: number;
}

async function entriesOf(
  audit: Audit,
  directory: string,
  names: readonly string[],
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let start = 0; start < names.length; start += AT_A_TIME) {
    const batch = names.slice(start, start + AT_A_TIME).map(async (name) => {
      const path = `${directory}/${name}`;
      const entry = await audit.stat(path);
      return entry === null ? [] : [{ path, kind: entry.kind, mode: entry.mode }];
    });
    entries.push(...(await Promise.all(batch)).flat());
  }
  return entries;
}

function report(audit: Audit, directory: string, paths: readonly string[]): void {
  if (paths.length === 0) return;
  const examples = paths.slice(0, MAX_EXAMPLES).map(shown);
  const more = paths.length - examples.length;
  const rest = more === 0 ? '' : ` and ${more} more`;
  audit.report(worldWritable, {
    subject: 'world-writable files',
    name: directory,
    path: directory,
    detail: `Below ${directory}: ${examples.join(', ')}${rest}.`,
    facts: { files: examples, count: paths.length },
  });
}
