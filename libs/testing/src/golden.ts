import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Expects the exact content of a golden file, given by its absolute path. `UPDATE_GOLDENS=1` writes the file instead, so that a change
 * of output shows in review.
 */
export function expectGolden(path: string, actual: string): void {
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  expect(actual).toBe(readGolden(path));
}

function readGolden(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Expected: no golden yet; comparing with nothing fails the test and shows the text.
    return null;
  }
}
