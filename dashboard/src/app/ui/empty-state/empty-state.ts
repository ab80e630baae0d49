import { Component, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icon-shapes';

/** Says why there is nothing here and, in its content, what was checked or what to do. */
@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `
    <app-icon [name]="icon()" [size]="20" />
    <h3>{{ heading() }}</h3>
    <div class="body"><ng-content /></div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
      justify-items: center;
      padding: var(--space-8) var(--space-4);
      color: var(--muted);
      text-align: center;
    }

    .body {
      display: grid;
      gap: var(--space-3);
      justify-items: center;
      max-width: 56ch;
      font-size: var(--size-sm);
    }
  `,
})
export class EmptyState {
  readonly icon = input<IconName>('shield-check');
  readonly heading = input.required<string>();
}
