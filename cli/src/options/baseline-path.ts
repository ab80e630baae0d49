import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Setting } from './setting';

/** The baseline by absolute path, `null` where none is named, and what is wrong with it. Paths are relative to `cwd`. */
export async function readBaselinePath(
  { value, detail }: Setting<string | null>,
  cwd: string,
): Promise<{ readonly baseline: string | null; readonly problems: readonly string[] }> {
  if (value === null) return { baseline: null, problems: [] };
  const baseline = resolve(cwd, value);
  const problem = await problemOf(baseline);
  const problems = problem === null ? [] : [`${detail ?? '--baseline'}: ${problem(value)}`];
  return { baseline, problems };
}

async function problemOf(path: string): Promise<((shown: string) => string) | null> {
  try {
    return (await stat(path)).isFile()
      ? null
      : (shown) => `"${shown}" is no file; name the file of a baseline.`;
  } catch {
    // Expected: nobody has written it yet, or a typing error.
    return (shown) =>
      `there is no baseline at "${shown}"; write one with "securescan baseline", or leave it out.`;
  }
}
