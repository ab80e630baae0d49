import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { type FieldProblem, ValidationFailedError } from './http.errors';

function problemsOf(errors: readonly ValidationError[], prefix: string): FieldProblem[] {
  return errors.flatMap((error) => {
    const loc = prefix === '' ? error.property : `${prefix}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ loc, message }));
    return [...own, ...problemsOf(error.children ?? [], loc)];
  });
}

/** Checks bodies and queries against their classes: unknown fields are errors, and no text silently becomes a number. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    // The decorator nearest to the field is checked first: it says the type, and the others mean nothing without it.
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new ValidationFailedError(problemsOf(errors, '')),
  });
}
