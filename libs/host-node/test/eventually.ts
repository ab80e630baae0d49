import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the condition holds, looking every few milliseconds; returns false when the time is up first. */
export async function eventually(condition: () => boolean, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (condition()) return true;
    await delay(20);
  }
  return condition();
}

/** Whether a process runs; one that only waits to be reaped does not. */
export function isRunning(pid: number, readStat: (path: string) => string): boolean {
  try {
    const stat = readStat(`/proc/${pid}/stat`);
    return !stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // Expected: it is gone.
    return false;
  }
}
