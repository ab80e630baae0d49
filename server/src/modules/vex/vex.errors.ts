import { OperationalError, UserError } from '@securescan/core';

export class VexEmptyError extends UserError {
  constructor() {
    super(
      'VEX_EMPTY',
      'The scan found no known vulnerability in a package, and OpenVEX has no document without a statement.',
    );
  }
}

export class VexOutdatedError extends UserError {
  constructor(known: number) {
    super(
      'VEX_OUTDATED',
      `Version ${String(known)} of this document has been taken already, and this is an older one.`,
    );
  }
}

export class VexBusyError extends OperationalError {
  constructor() {
    super(
      'IMPORTS_BUSY',
      'As many documents are being read already as this server holds in memory; try again in a moment.',
    );
  }
}

export class ProposalNotFoundError extends UserError {
  constructor() {
    super('PROPOSAL_NOT_FOUND', 'There is no proposal with this id.');
  }
}

export class ProposalNotOpenError extends UserError {
  constructor(state: string) {
    super(
      'PROPOSAL_NOT_OPEN',
      `The proposal is ${state}, and only open ones can be decided about.`,
    );
  }
}

export class VerdictChangedError extends UserError {
  constructor() {
    super(
      'VERDICT_CHANGED',
      'Another verdict holds by now than the one that was to be replaced; look at it and decide again.',
    );
  }
}
