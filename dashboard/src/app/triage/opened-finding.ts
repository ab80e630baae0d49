import type { Signal } from '@angular/core';
import type { ListedFinding } from './finding-list';

/** The finding that is open on a page; `null` while none is. */
export abstract class OpenedFinding {
  abstract readonly row: Signal<ListedFinding | null>;
}
