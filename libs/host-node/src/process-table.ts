import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';

/** Variable that every child carries, so that its descendants can be recognised even outside its process group. */
export const RUN_MARK_VARIABLE = 'SECURESCAN_RUN_MARK';

/**
 * The moment at which a process started, as text to compare for equality, or `null` when there is no such process or the
 * system has no /proc. It holds the boot id, because the kernel counts from the boot.
 */
export function processStartFromProc(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses and may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const startTicks = fields[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return startTicks === undefined ? null : `${boot}:${startTicks}`;
  } catch {
    // Expected: the process is gone, or this is not Linux.
    return null;
  }
}

/** Processes whose environment carries the mark. Empty where there is no /proc. */
export async function findMarkedProcesses(mark: string): Promise<number[]> {
  const wanted = Buffer.from(`${RUN_MARK_VARIABLE}=${mark}\0`);
  const names = await listProc();
  const found: number[] = [];
  for (const name of names) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const environment = await readFile(`/proc/${name}/environ`);
      if (environment.includes(wanted)) found.push(Number(name));
    } catch {
      // Expected: the process ended meanwhile, or belongs to another user.
    }
  }
  return found;
}

async function listProc(): Promise<string[]> {
  try {
    return await readdir('/proc');
  } catch {
    // Expected: not Linux.
    return [];
  }
}
