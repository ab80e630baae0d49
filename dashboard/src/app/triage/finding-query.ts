import type { ParamMap } from '@angular/router';
import {
  SCAN_TYPES,
  SEVERITIES,
  VERDICTS,
  type ScanType,
  type Severity,
  type Verdict,
} from '@securescan/contracts';
import { DISMISSED, isDismissed } from './verdict-words';

/** The server refuses longer ones. */
export const MAX_SEARCH_LENGTH = 200;
const LISTS = ['severity', 'status', 'scanner', 'scan_type'] as const;
const SINGLES = ['rule_id', 'cwe', 'compliance', 'q', 'project', 'target'] as const;
const SHOW = 'show';

/** What a list of findings is narrowed by and how it goes, as the address says it. */
export interface FindingQuery {
  readonly severity: readonly Severity[];
  readonly status: readonly Verdict[];
  readonly scanner: readonly string[];
  readonly scan_type: readonly ScanType[];
  readonly rule_id: string | null;
  readonly cwe: string | null;
  readonly compliance: string | null;
  readonly q: string | null;
  readonly project: string | null;
  readonly target: string | null;
  readonly sort: FindingSort;
  readonly isDismissedShown: boolean;
  readonly isSuppressedShown: boolean;
}

export const SCAN_SORTS = ['severity', 'file', 'rule'] as const;
export const CURRENT_SORTS = ['severity', 'scan'] as const;
export type FindingSort = (typeof SCAN_SORTS)[number] | (typeof CURRENT_SORTS)[number];

/** The orders that leave nothing out: what the server narrows them by, where it is not everything. */
const NARROW_SORTS: Readonly<Partial<Record<FindingSort, readonly string[]>>> = {
  file: ['severity'],
  rule: [],
};

export type QueryParams = Readonly<Record<string, string>>;
/** What a change of the address sets; `null` takes away. */
export type QueryChange = Readonly<
  Partial<Record<(typeof LISTS)[number], readonly string[]>> &
    Partial<Record<(typeof SINGLES)[number], string | null>> & {
      sort?: FindingSort;
      isDismissedShown?: boolean;
      isSuppressedShown?: boolean;
    }
>;

/** Reads an address. What is not understood is left out, so that an old or mistyped link still shows a list. */
export function queryOf(address: ParamMap, sorts: readonly FindingSort[]): FindingQuery {
  const list = (name: (typeof LISTS)[number]): readonly string[] =>
    address
      .getAll(name)
      .flatMap((value) => value.split(','))
      .filter((value) => value !== '');
  const single = (name: (typeof SINGLES)[number]): string | null => {
    const value = address.get(name)?.trim() ?? '';
    return value === '' ? null : value;
  };
  const filters = {
    severity: SEVERITIES.filter((one) => list('severity').includes(one)),
    status: VERDICTS.filter((one) => list('status').includes(one)),
    scanner: [...new Set(list('scanner'))].filter((one) => /^[a-z0-9_-]{1,64}$/.test(one)),
    scan_type: SCAN_TYPES.filter((one) => list('scan_type').includes(one)),
    rule_id: single('rule_id'),
    cwe: single('cwe'),
    compliance: single('compliance'),
    q: single('q')?.slice(0, MAX_SEARCH_LENGTH) ?? null,
    project: single('project'),
    target: single('target'),
  };
  const asked = sorts.find((one) => one === address.get('sort')) ?? 'severity';
  const sort = canSort(asked, filters) ? asked : 'severity';
  const isWhole = NARROW_SORTS[sort] !== undefined;
  return {
    ...filters,
    sort,
    isDismissedShown: isWhole || address.get('dismissed') === SHOW,
    isSuppressedShown: isWhole || address.get('suppressed') === SHOW,
  };
}

type Filters = Omit<FindingQuery, 'sort' | 'isDismissedShown' | 'isSuppressedShown'>;

/** Whether the server offers an order together with what the list is narrowed by. */
export function canSort(sort: FindingSort, filters: Filters): boolean {
  const allowed = NARROW_SORTS[sort];
  if (allowed === undefined) return true;
  return filterNames(filters).every((name) => allowed.includes(name));
}

/** Whether the order leaves nothing out, so that nothing can be hidden. */
export function isWholeList({ sort }: FindingQuery): boolean {
  return NARROW_SORTS[sort] !== undefined;
}

/** Whether anything narrows the list beside what is always hidden. */
export function isNarrowed(query: FindingQuery): boolean {
  return filterNames(query).length > 0;
}

function filterNames(filters: Filters): string[] {
  return [...LISTS, ...SINGLES].filter((name) => (filters[name] ?? '').length > 0);
}

/** The filters as the server takes them; what is hidden is left out by them. */
export function requestOf(query: FindingQuery): QueryParams {
  const request: Record<string, string> = { ...filtersOf(query), sort: query.sort };
  const status = statusAsked(query);
  if (status.length > 0) request['status'] = status.join(',');
  if (!query.isSuppressedShown) request['suppressed'] = 'false';
  return request;
}

/** What has to be asked for to count what is hidden, each finding once; `null` where nothing of the kind is. */
export function hiddenRequests(query: FindingQuery): {
  readonly dismissed: QueryParams | null;
  readonly suppressed: QueryParams | null;
} {
  const filters = filtersOf(query);
  const hidesDismissed = !query.isDismissedShown && query.status.length === 0;
  const dismissed = { ...filters, status: DISMISSED.join(',') };
  const status: Record<string, string> =
    query.status.length > 0 ? { status: query.status.join(',') } : {};
  return {
    dismissed: hidesDismissed
      ? { ...dismissed, ...(query.isSuppressedShown ? {} : { suppressed: 'false' }) }
      : null,
    suppressed: query.isSuppressedShown ? null : { ...filters, ...status, suppressed: 'true' },
  };
}

function filtersOf(query: FindingQuery): Record<string, string> {
  const request: Record<string, string> = {};
  for (const name of ['severity', 'scanner', 'scan_type'] as const) {
    if (query[name].length > 0) request[name] = query[name].join(',');
  }
  for (const name of SINGLES) {
    const value = query[name];
    if (value !== null) request[name] = value;
  }
  return request;
}

/** Whoever asks for verdicts gets those; otherwise what was dismissed stays away. */
function statusAsked({ status, isDismissedShown }: FindingQuery): readonly Verdict[] {
  if (status.length > 0) return status;
  return isDismissedShown ? [] : VERDICTS.filter((verdict) => !isDismissed(verdict));
}

/** The address after a change, as the router merges it. */
export function addressAfter(
  query: FindingQuery,
  change: QueryChange,
): Record<string, string | null> {
  const address: Record<string, string | null> = {};
  for (const name of LISTS) {
    const values = change[name];
    if (values !== undefined) address[name] = values.length === 0 ? null : values.join(',');
  }
  for (const name of SINGLES) {
    if (change[name] !== undefined) address[name] = change[name];
  }
  Object.assign(address, flag('dismissed', change.isDismissedShown));
  Object.assign(address, flag('suppressed', change.isSuppressedShown));
  const { sort } = change;
  if (sort !== undefined) address['sort'] = sort === 'severity' ? null : sort;
  else if (!canSort(query.sort, afterwards(query, change))) address['sort'] = null;
  return address;
}

function flag(name: string, isShown: boolean | undefined): Record<string, string | null> {
  return isShown === undefined ? {} : { [name]: isShown ? SHOW : null };
}

function afterwards(query: FindingQuery, change: QueryChange): Filters {
  // What is written down is read again by the same words; here only whether there is any counts.
  return { ...query, ...(change as Partial<Filters>) };
}
