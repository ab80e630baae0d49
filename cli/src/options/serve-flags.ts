import type { Command } from 'commander';

export interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
}

/** Declares the flags of `serve`. */
export function addServeOptions(command: Command): Command {
  return command
    .option('--host <address>', 'address to listen on (SECURESCAN_HOST, default: 127.0.0.1)')
    .option(
      '--port <port>',
      'port to listen on, 0 for any free one (SECURESCAN_PORT, default: 8000)',
    );
}

/** The variables that tell the server what the flags said, and what is wrong with the flags. */
export function readServeFlags(flags: ServeFlags): {
  readonly variables: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
} {
  const { host, port } = flags;
  const problems: string[] = [];
  if (host?.trim() === '') problems.push('--host takes an address, and is empty.');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.push(`--port takes a whole number from 0 to 65535, and not "${port}".`);
  }
  return {
    variables: {
      ...(host === undefined ? {} : { SECURESCAN_HOST: host }),
      ...(port === undefined ? {} : { SECURESCAN_PORT: port }),
    },
    problems,
  };
}
