import { ValidationFailedError } from '../../../common/http.errors';
import { RUN_FIELDS } from '../finding-run.entity';

/** What a list of findings may be narrowed by. */
export const FINDING_FILTERS = [...RUN_FIELDS, 'status', 'q'] as const;
export type FindingFilterName = (typeof FINDING_FILTERS)[number];

export const FINDING_SORTS = ['severity', 'file', 'rule'] as const;
export type FindingSort = (typeof FINDING_SORTS)[number];

/**
 * The closed list: in each order, the filters that may narrow it, alone or together. The canonical order takes them all,
 * because each of them is a set of its positions; the other two walk one index for each severity and take no more than that.
 */
export const OFFERED_LISTS: Readonly<Record<FindingSort, readonly FindingFilterName[]>> = {
  severity: FINDING_FILTERS,
  file: ['severity'],
  rule: ['severity'],
};

/** @throws ValidationFailedError where the pair is none that is offered; it names those that are. */
export function assertOffered(sort: FindingSort, filters: readonly FindingFilterName[]): void {
  const refused = filters.filter((name) => !OFFERED_LISTS[sort].includes(name));
  if (refused.length === 0) return;
  throw new ValidationFailedError([
    {
      loc: 'sort',
      message: `sort=${sort} can be narrowed by ${OFFERED_LISTS[sort].join(', ')} only, and not by ${refused.join(', ')}; sort=severity can be narrowed by all filters together`,
    },
  ]);
}
