import type { ErrorBody, ErrorCode } from '@securescan/contracts';
import { UserError } from '@securescan/core';

export type FieldProblem = NonNullable<ErrorBody['errors']>[number];

export class AccessDeniedError extends UserError {
  constructor(reason: string) {
    super('ACCESS_DENIED', reason);
  }
}

/** JSON that is well formed and still not what a body may be. */
export class BodyNotAcceptedError extends UserError {
  constructor(reason: string) {
    super('VALIDATION_FAILED', `The body cannot be accepted. ${reason}`);
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

/** More than a form has fields. What a caller sends in bulk does not come back in bulk. */
const MAX_PROBLEMS = 50;
const MAX_PROBLEM_LENGTH = 300;

function cut(text: string): string {
  return text.length > MAX_PROBLEM_LENGTH
    ? `${text.slice(0, MAX_PROBLEM_LENGTH).toWellFormed()}…`
    : text;
}

/** Says which fields are wrong, all of them at once up to some bound. */
export class ValidationFailedError extends FieldsRefusedError {
  constructor(all: readonly FieldProblem[]) {
    const problems = all
      .slice(0, MAX_PROBLEMS)
      .map(({ loc, message }) => ({ loc: cut(loc), message: cut(message) }));
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
