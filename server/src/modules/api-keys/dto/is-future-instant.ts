import { ValidateBy } from 'class-validator';
import { instant } from '../../../config/setting';

/** A point in time with its zone that has not come yet. */
export function IsFutureInstant(): PropertyDecorator {
  return ValidateBy({
    name: 'isFutureInstant',
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'string') return false;
        const parsed = instant(value);
        return 'value' in parsed && parsed.value.getTime() > Date.now();
      },
      defaultMessage: () =>
        '$property must be an ISO 8601 time with its zone, such as 2027-03-01T00:00:00Z, and lie in the future',
    },
  });
}
