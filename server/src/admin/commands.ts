import { escapeControls, SecureScanError, UserError } from '@securescan/core';

/** What the server's entry runs in place of the server. Resolves with the exit code of the process. */
export type AdminCommand = (words: readonly string[]) => Promise<number>;

/** By the words that ask for them. Each one's code is loaded when it is asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<AdminCommand>>> = {
  'audit verify': async () => (await import('./audit-verify.command.js')).runAuditVerify,
  'keys create': async () => (await import('./keys.command.js')).runKeysCreate,
  'keys list': async () => (await import('./keys.command.js')).runKeysList,
  'keys revoke': async () => (await import('./keys.command.js')).runKeysRevoke,
};

const EXIT_CODE_BY_KIND = { user: 2, operational: 3, defect: 70 } as const;

/**
 * Runs the command that a line asks for, as `securescan` has checked it. What goes wrong is a sentence on standard error.
 * @returns the exit code of the process.
 */
export async function runAdminCommand(line: readonly string[]): Promise<number> {
  try {
    const load = COMMANDS[line.slice(0, 2).join(' ')];
    if (load === undefined) throw unknownLine(line);
    const run = await load();
    return await run(line.slice(2));
  } catch (error) {
    // Expected: no database, one in use, a full disk. Anything else is a defect and shows where it is.
    const isForeseen = error instanceof SecureScanError && error.kind !== 'defect';
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`securescan: ${isForeseen ? escapeControls(error.message) : trace}\n`);
    return EXIT_CODE_BY_KIND[error instanceof SecureScanError ? error.kind : 'defect'];
  }
}

function unknownLine(line: readonly string[]): UserError {
  return new UserError(
    'USAGE_INVALID',
    `The server takes no word but ${Object.keys(COMMANDS).join(', ')}, and not "${line.join(' ')}"; it is configured by variables of the environment.`,
  );
}
