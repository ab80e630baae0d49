import { ValidationFailedError } from '../../../common/http.errors';
import { VALUE_FILTERS } from '../finding-run.entity';

/** What a list of findings may be narrowed by. */
export const FINDING_FILTERS = [...VALUE_FILTERS, 'fingerprint', 'status', 'q'] as const;
export type FindingFilterName = (typeof FINDING_FILTERS)[number];

export const FINDING_SORTS = ['severity', 'file', 'rule'] as const;
export type FindingSort = (typeof FINDING_SORTS)[number];

/**
 * The closed list: in each order, the filters that may narrow it, alone or together. The canonical order takes them all,
 * because each is a set of its positions. The index by file has a stretch for each severity. The runs of the rules stand in
 * that order by themselves; within one severity the canonical order goes by scanner and rule anyway.
 */
export const OFFERED_LISTS: Readonly<Record<FindingSort, readonly FindingFilterName[]>> = {
  severity: FINDING_FILTERS,
  file: ['severity'],
  rule: [],
};

/** @throws ValidationFailedError where the pair is none that is offered; it names those that are. */
export function assertOffered(sort: FindingSort, filters: readonly FindingFilterName[]): void {
  const refused = filters.filter((name) => !OFFERED_LISTS[sort].includes(name));
  if (refused.length === 0) return;
  const offered = OFFERED_LISTS[sort].join(', ') || 'no filter';
  const message = `sort=${sort} takes ${offered}, and not ${refused.join(', ')}; sort=severity takes all filters, alone or together`;
  throw new ValidationFailedError([{ loc: 'sort', message }]);
}
