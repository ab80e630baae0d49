import { ValidationFailedError } from '../../../common/http.errors';

const MAX_TERMS = 10;
const WORD = /[\p{L}\p{N}]/u;

/**
 * The terms of a search: what white space or double quotes divide, as written. A term without a letter or digit finds nothing
 * and is left out.
 * @throws ValidationFailedError where none is left, or more than ten are.
 */
export function searchTermsOf(q: string): string[] {
  const terms = q
    .split('"')
    .flatMap((part, index) => (index % 2 === 1 ? [part] : part.split(/[\s\0]+/u)))
    .filter((term) => WORD.test(term));
  if (terms.length >= 1 && terms.length <= MAX_TERMS) return terms;
  const message =
    terms.length === 0
      ? 'q must have a letter or a digit'
      : `q must not have more than ${MAX_TERMS} terms; put those that follow one another in double quotes`;
  throw new ValidationFailedError([{ loc: 'q', message }]);
}
