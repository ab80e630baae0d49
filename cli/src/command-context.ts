import type { CliEnvironment } from './options/environment';
import type { Terminal } from './output/terminal';

/** What every command gets from the process it runs in. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: CliEnvironment;
  /** What relative paths of the line are relative to. */
  readonly cwd: string;
}
