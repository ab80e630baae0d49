import { InjectionToken, type Signal } from '@angular/core';
import { CURRENT_SORTS, type FindingSort, type QueryParams, SCAN_SORTS } from './finding-query';
import type { ListedFinding } from './finding-list';

/** Where the findings of a page come from. */
export interface FindingSource {
  /** One scan, or what is there now over all of them. */
  readonly kind: 'scan' | 'current';
  /** What names the list in the cache of rows; `null` while there is nothing to list. */
  readonly url: Signal<string | null>;
  readonly parse: (body: unknown) => readonly ListedFinding[];
  /** Where one finding is found whole by its fingerprint, in a list of its own; `null` where there is no such list. */
  readonly single: (fingerprint: string) => { url: string; params: QueryParams } | null;
}

export const FINDING_SOURCE = new InjectionToken<FindingSource>('FINDING_SOURCE');

export function sortsOf({ kind }: Pick<FindingSource, 'kind'>): readonly FindingSort[] {
  return kind === 'scan' ? SCAN_SORTS : CURRENT_SORTS;
}
