import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../icon/icon';

export interface Sort {
  readonly by: string;
  readonly order: 'asc' | 'desc';
}

/** The head of a column by which a table can be sorted: a second press turns the order round. */
@Component({
  // A cell of the head stays a `th` of its row.
  selector: 'th[appSortHeader]',
  imports: [Icon],
  template: `
    <button type="button" (click)="sorted.emit(next())">
      <ng-content />
      <span class="arrow" [class.active]="order() !== null">
        <app-icon [name]="order() === 'asc' ? 'chevron-up' : 'chevron-down'" [size]="14" />
      </span>
    </button>
  `,
  styleUrl: './sort-header.css',
  host: { scope: 'col', '[attr.aria-sort]': 'ariaSort()' },
})
export class SortHeader {
  /** The column's name in a `Sort`. */
  readonly column = input.required<string>({ alias: 'appSortHeader' });
  /** How the table is sorted now. */
  readonly sort = input.required<Sort | null>();
  /** The order that the first press asks for. */
  readonly first = input<Sort['order']>('desc');

  readonly sorted = output<Sort>();

  protected readonly order = computed(() => {
    const sort = this.sort();
    return sort?.by === this.column() ? sort.order : null;
  });
  protected readonly ariaSort = computed(() => {
    const order = this.order();
    if (order === null) return null;
    return order === 'asc' ? 'ascending' : 'descending';
  });
  protected readonly next = computed<Sort>(() => {
    const order = this.order();
    const turned = order === 'asc' ? 'desc' : 'asc';
    return { by: this.column(), order: order === null ? this.first() : turned };
  });
}
