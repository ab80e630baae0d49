import { UserError } from '@securescan/core';

/** Everything that is wrong with a command line, found before anything was done. */
export class UsageError extends UserError {
  constructor(readonly problems: readonly string[]) {
    super('USAGE_INVALID', problems.join(' '));
  }
}
