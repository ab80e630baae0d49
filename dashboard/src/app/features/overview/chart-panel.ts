import { Component, computed, input, output } from '@angular/core';
import type { Loaded } from '../../core/api/held-value';
import { Chart } from '../../ui/chart/chart';
import type { ChartSpec } from '../../ui/chart/chart-spec';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { Skeleton } from '../../ui/skeleton/skeleton';

/** One chart in its panel, in whichever state its numbers are. */
@Component({
  selector: 'app-chart-panel',
  imports: [Chart, ErrorNotice, Skeleton],
  template: `
    <section class="panel" [attr.aria-labelledby]="id()">
      <div class="panel-head">
        <h2 [id]="id()">{{ heading() }}</h2>
        <span class="caption"><ng-content /></span>
      </div>
      @let loaded = chart();
      @switch (loaded.state) {
        @case ('loading') {
          <app-skeleton [rows]="6" />
        }
        @case ('error') {
          <div class="panel-body">
            <app-error-notice
              headline="These numbers could not be read"
              [notice]="loaded.problem"
              [canRetry]="true"
              (retried)="retried.emit()"
            />
          </div>
        }
        @case ('value') {
          @if (isEmpty()) {
            <p class="panel-body empty muted">{{ empty() }}</p>
          } @else {
            <div class="panel-body body">
              <app-chart [caption]="heading()" [spec]="loaded.value" [theme]="theme()" />
            </div>
          }
        }
      }
    </section>
  `,
  styles: `
    :host {
      display: grid;
      min-width: 0;
    }

    .body {
      padding-top: var(--space-2);
    }

    .empty {
      font-size: var(--size-sm);
    }
  `,
})
export class ChartPanel {
  readonly id = input.required<string>();
  readonly heading = input.required<string>();
  readonly chart = input.required<Loaded<ChartSpec>>();
  readonly theme = input.required<string>();
  /** What it says where there is nothing to draw. */
  readonly empty = input.required<string>();

  readonly retried = output();

  protected readonly isEmpty = computed(() => {
    const loaded = this.chart();
    if (loaded.state !== 'value') return false;
    return !loaded.value.series.some(({ values }) => values.some((value) => (value ?? 0) > 0));
  });
}
