import { UserError } from '@securescan/core';

export class FindingNotFoundError extends UserError {
  constructor() {
    super(
      'FINDING_NOT_FOUND',
      'No scan of this server has found anything with this fingerprint, and nobody has decided about it.',
    );
  }
}

export class CommentNotFoundError extends UserError {
  constructor() {
    super('COMMENT_NOT_FOUND', 'There is no comment with this id on this finding.');
  }
}

export class CommentNotOwnError extends UserError {
  constructor() {
    super('COMMENT_NOT_OWN', 'Only its author, or who holds admin, may delete a comment.');
  }
}
