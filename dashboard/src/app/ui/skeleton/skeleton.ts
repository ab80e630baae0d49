import { Component, computed, input } from '@angular/core';

/** Holds the place of rows that are on their way. */
@Component({
  selector: 'app-skeleton',
  template: `
    <div role="status" class="rows">
      <span class="visually-hidden">Loading</span>
      @for (row of lines(); track row) {
        <span class="row" aria-hidden="true" [style.width.%]="94 - ((row * 17) % 40)"></span>
      }
    </div>
  `,
  styles: `
    .rows {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-4);
    }

    .row {
      height: 12px;
      border-radius: var(--radius-sm);
      background: var(--surface-2);
      animation: breathe 1.6s ease-in-out infinite;
    }

    @keyframes breathe {
      50% {
        opacity: 0.5;
      }
    }
  `,
})
export class Skeleton {
  readonly rows = input(4);

  protected readonly lines = computed(() => Array.from({ length: this.rows() }, (_, row) => row));
}
