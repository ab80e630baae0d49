import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The absolute path of an executable on PATH, or `null`. */
export function findOnPath(executable: string): string | null {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    if (directory === '') continue;
    const candidate = join(directory, executable);
    if (isExecutableFile(candidate)) return candidate;
  }
  return null;
}

/**
 * A `describe` for tests that need real programs. Where one of them is missing the block is skipped and says so; with
 * `SECURESCAN_REQUIRE_TOOLS=1`, as in CI, a missing program is a failure instead.
 */
export function describeWithTool(tools: readonly string[], name: string, fn: () => void): void {
  const missing = tools.filter((tool) => findOnPath(tool) === null);
  if (missing.length === 0) {
    describe(name, fn);
    return;
  }
  const message = `not on PATH: ${missing.join(', ')}`;
  if (process.env['SECURESCAN_REQUIRE_TOOLS'] === '1') {
    describe(name, () => {
      it('has the programs that it needs', () => {
        expect(missing).toEqual([]);
      });
    });
    return;
  }
  process.stderr.write(`skipped: ${name} (${message})\n`);
  describe.skip(`${name} (${message})`, fn);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Expected: nothing there, or not ours to execute.
    return false;
  }
}
