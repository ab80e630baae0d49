import type { Command } from 'commander';
import { addServeOptions } from '../options/serve-flags';
import type { ServeFlags } from '../options/serve-flags';
import { addHelp } from './help';
import type { Run } from './run';

export interface ServeWords {
  readonly flags: ServeFlags;
}

/** `securescan serve` */
export function declareServe(program: Command, run: Run<'serve', ServeWords>): void {
  const command = program.command('serve').action((flags: ServeFlags) => {
    run({ command: 'serve', words: { flags } });
  });
  addHelp(addServeOptions(command), {
    description: 'start the server: API and dashboard',
    examples: [['securescan serve'], ['securescan serve --port 8080']],
    exitCodes: {
      0: 'stopped by a signal',
      3: 'the server could not be started or ended by itself',
    },
  });
}
