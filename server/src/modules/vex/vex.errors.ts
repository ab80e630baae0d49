import { UserError } from '@securescan/core';

export class VexEmptyError extends UserError {
  constructor() {
    super(
      'VEX_EMPTY',
      'The scan found no known vulnerability in a package, and OpenVEX has no document without a statement.',
    );
  }
}
