import type { Command } from 'commander';

/** The flags that say which server is meant, as text. */
export interface ServerFlags {
  readonly server?: string;
  readonly allowPlainHttp?: true;
}

/** Declares them. What `--server` is for is the command's own; its key never stands on a line. */
export function addServerOptions(command: Command, purpose: string): Command {
  return command
    .option('--server <url>', purpose)
    .option('--allow-plain-http', 'send the key to another machine without encryption');
}
