import type { ErrorBody, ErrorCode } from '@securescan/contracts';
import { UserError } from '@securescan/core';

export type FieldProblem = NonNullable<ErrorBody['errors']>[number];

export class AccessDeniedError extends UserError {
  constructor(reason: string) {
    super('ACCESS_DENIED', reason);
  }
}

/** An error that is about fields of the request, so that a form can show it where it belongs. */
export abstract class FieldsRefusedError extends UserError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly problems: readonly FieldProblem[],
  ) {
    super(code, message);
  }
}

/** Says which fields are wrong, all of them at once. */
export class ValidationFailedError extends FieldsRefusedError {
  constructor(problems: readonly FieldProblem[]) {
    const sentences = problems.map(({ loc, message }) =>
      message.startsWith(loc) ? message : `${loc} ${message}`,
    );
    super('VALIDATION_FAILED', `The request is not valid. ${sentences.join('; ')}.`, problems);
  }
}

export class CursorInvalidError extends UserError {
  constructor() {
    super(
      'CURSOR_INVALID',
      'The cursor is not one that this list gave out; start again without it.',
    );
  }
}

/** Refused for now, and welcome after a time that `Retry-After` names. */
export abstract class RetryLaterError extends UserError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(code, message);
  }
}
