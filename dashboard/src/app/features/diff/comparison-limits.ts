import { Component, computed, input } from '@angular/core';
import type { ComparisonBody, ComparisonCauseBody } from '@securescan/contracts';
import { Icon } from '../../ui/icon/icon';
import { CAUSE_WORDS } from './difference-words';

const DIGEST_SHOWN = 12;

/** What differs beside the code, and what could not be compared: each may explain some of the findings. */
@Component({
  selector: 'app-comparison-limits',
  imports: [Icon],
  template: `
    @if (!comparison().complete) {
      <p class="incomplete" role="status">
        <app-icon name="alert" />
        <span>
          Not everything could be compared. What {{ missing() }} would have said is missing here,
          and is neither new nor fixed.
        </span>
      </p>
    }
    @if (comparison().causes.length > 0) {
      <section class="panel" aria-labelledby="causes-heading">
        <div class="panel-head">
          <h2 id="causes-heading">What differs beside the code</h2>
          <span class="caption">Each may explain some of the findings</span>
        </div>
        <div class="table-scroll" role="group" tabindex="0" aria-labelledby="causes-heading">
          <table class="table">
            <caption class="visually-hidden">
              What differs beside the code
            </caption>
            <thead>
              <tr>
                <th scope="col">Scanner</th>
                <th scope="col">What</th>
                <th scope="col">Base</th>
                <th scope="col">Head</th>
              </tr>
            </thead>
            <tbody>
              @for (cause of comparison().causes; track $index) {
                <tr>
                  <td class="mono">{{ cause.scanner ?? 'the scan' }}</td>
                  <td>{{ words(cause) }}</td>
                  <td class="muted" [title]="cause.base ?? ''">{{ short(cause.base) }}</td>
                  <td class="muted" [title]="cause.head ?? ''">{{ short(cause.head) }}</td>
                </tr>
              }
            </tbody>
          </table>
        </div>
      </section>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-4);
      grid-template-columns: minmax(0, 1fr);
    }

    .incomplete {
      display: flex;
      gap: var(--space-2);
      align-items: flex-start;
      font-size: var(--size-sm);
    }

    .incomplete app-icon {
      margin-top: 2px;
      color: var(--sev-medium);
    }

    td {
      min-width: 110px;
      overflow-wrap: anywhere;
    }
  `,
})
export class ComparisonLimits {
  readonly comparison = input.required<ComparisonBody>();

  protected readonly missing = computed(() => {
    const names = this.comparison().scanners.filter(({ incomplete }) => incomplete);
    return names.map(({ scanner }) => scanner).join(', ');
  });

  protected words({ kind }: ComparisonCauseBody): string {
    return CAUSE_WORDS[kind];
  }

  /** Digests are told apart by their beginning. */
  protected short(side: string | null): string {
    if (side === null) return 'none';
    return /^[\da-f]{64}$/.test(side) ? side.slice(0, DIGEST_SHOWN) : side;
  }
}
