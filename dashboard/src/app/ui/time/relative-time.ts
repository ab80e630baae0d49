import { Component, computed, inject, input } from '@angular/core';
import { formatAge, formatInstant } from './format-time';
import { Ticker } from './ticker';

/** The age of a moment, with the exact time as its title. */
@Component({
  selector: 'app-relative-time',
  template: `<time class="numeric" [attr.datetime]="at()" [title]="exact()">{{ age() }}</time>`,
})
export class RelativeTime {
  private readonly ticker = inject(Ticker);

  /** ISO 8601 in UTC. */
  readonly at = input.required<string>();

  protected readonly exact = computed(() => formatInstant(this.at()));
  protected readonly age = computed(() => formatAge(this.ticker.now() - Date.parse(this.at())));
}
