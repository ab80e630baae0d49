import { Component, computed, input, output } from '@angular/core';
import { Icon } from '../icon/icon';

/** Which rows of a list are shown, and the way to the rows before and after. */
export interface PageWindow {
  /** 0-based offset of the first row. */
  readonly start: number;
  readonly shown: number;
  readonly total: number | null;
  readonly isTotalExact: boolean;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

/** The ways at the ends lead nowhere, but can still be stood on: whoever gets there by keyboard is not thrown out. */
@Component({
  selector: 'app-pager',
  imports: [Icon],
  template: `
    <nav class="pager" [attr.aria-label]="label()">
      <span class="muted numeric" role="status">{{ summary() }}</span>
      <span class="moves">
        <button
          type="button"
          class="button"
          [attr.aria-disabled]="!window().hasPrevious || null"
          (click)="window().hasPrevious && previous.emit()"
        >
          <app-icon name="chevron-left" [size]="14" />Previous
        </button>
        <button
          type="button"
          class="button"
          [attr.aria-disabled]="!window().hasNext || null"
          (click)="window().hasNext && next.emit()"
        >
          Next<app-icon name="chevron-right" [size]="14" />
        </button>
      </span>
    </nav>
  `,
  styles: `
    .pager {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2) var(--space-4);
      align-items: center;
      justify-content: space-between;
      padding: var(--space-2) var(--space-4);
      border-top: 1px solid var(--border);
      font-size: var(--size-sm);
    }

    .moves {
      display: flex;
      gap: var(--space-2);
    }
  `,
})
export class Pager {
  readonly label = input.required<string>();
  readonly window = input.required<PageWindow>();

  readonly previous = output();
  readonly next = output();

  protected readonly summary = computed(() => {
    const { start, shown, total, isTotalExact } = this.window();
    const range = shown === 0 ? 'None' : `${start + 1} to ${start + shown}`;
    if (total === null) return range;
    return `${range} of ${isTotalExact ? '' : 'over '}${total}`;
  });
}
