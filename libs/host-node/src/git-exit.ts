import { OperationalError } from '@securescan/core';
import type { ProcessResult } from '@securescan/scan-engine';

/** How a git ended, whatever was made of its output. */
export type GitEnd = Pick<ProcessResult, 'end' | 'exitCode' | 'stderrTail'>;

/** Throws TOOL_FAILED, with git's last words, unless it ended by itself with one of the codes. */
export function requireExit(result: GitEnd, accepted: readonly number[]): void {
  if (result.end === 'exited' && result.exitCode !== null && accepted.includes(result.exitCode))
    return;
  const reason = result.stderrTail.trim().split('\n').at(-1) ?? '';
  throw new OperationalError(
    'TOOL_FAILED',
    `git could not read the repository: ${reason || result.end}`,
  );
}
