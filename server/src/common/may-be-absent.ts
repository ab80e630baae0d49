import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out and, unlike with class-validator's IsOptional, not be null: whoever takes it gets a value of
 * its type or none.
 */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object: unknown, value: unknown) => value !== undefined);
}
