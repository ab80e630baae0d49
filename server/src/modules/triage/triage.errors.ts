import { UserError } from '@securescan/core';

export class FindingNotFoundError extends UserError {
  constructor() {
    super(
      'FINDING_NOT_FOUND',
      'No scan of this server has found anything with this fingerprint, and nobody has decided about it.',
    );
  }
}
