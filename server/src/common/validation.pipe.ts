import { type ArgumentMetadata, Injectable, ValidationPipe } from '@nestjs/common';
import { type FieldProblem, ValidationFailedError } from './http.errors';

/** What class-validator says about one field, and about those inside it. */
interface FieldFailure {
  readonly property: string;
  readonly constraints?: Readonly<Record<string, string>>;
  readonly children?: readonly FieldFailure[];
}

function problemsOf(errors: readonly FieldFailure[], prefix: string): FieldProblem[] {
  return errors.flatMap((error) => {
    const loc = prefix === '' ? error.property : `${prefix}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ loc, message }));
    return [...own, ...problemsOf(error.children ?? [], loc)];
  });
}

/**
 * What every object has of itself escapes the check for unknown fields; bodies are looked at as they are read. A body that is not
 * there, or `null`, would pass for an object where no field is required.
 */
@Injectable()
class StrictValidationPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query') {
      const names = Object.keys(value as object).filter((name) => name in Object.prototype);
      const problems = names.map((loc) => ({ loc, message: `property ${loc} should not exist` }));
      if (problems.length > 0) throw new ValidationFailedError(problems);
    }
    const isObjectDue =
      metadata.type === 'body' && metadata.metatype?.name.endsWith('Dto') === true;
    if (isObjectDue && (value === undefined || value === null)) {
      throw new ValidationFailedError([{ loc: 'body', message: 'must be a JSON object' }]);
    }
    return super.transform(value, metadata);
  }
}

/** Checks bodies and queries against their classes: unknown fields are errors, and no text silently becomes a number. */
export function createValidationPipe(): ValidationPipe {
  return new StrictValidationPipe({
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
