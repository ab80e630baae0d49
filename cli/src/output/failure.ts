import { randomUUID } from 'node:crypto';
import { escapeControls, ProjectConfigError, SecureScanError } from '@securescan/core';
import { UsageError } from '../options/usage-error';

/** The lines that tell a person what went wrong and what to do, without the name of the program. */
export function failureLines(error: unknown, isDebug: boolean): string[] {
  if (error instanceof UsageError) return error.problems.map(escapeControls);
  if (error instanceof ProjectConfigError) return error.lines.map(escapeControls);
  const isDefect = !(error instanceof SecureScanError) || error.kind === 'defect';
  const lines = isDefect ? [defectLine(error)] : [escapeControls(error.message)];
  return isDebug ? [...lines, stackOf(error)] : lines;
}

function defectLine(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return (
    `this is a defect of SecureScan (${escapeControls(words)}). Please report it with the id ${randomUUID()} and the ` +
    'output of the same command under SECURESCAN_DEBUG=1.'
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
