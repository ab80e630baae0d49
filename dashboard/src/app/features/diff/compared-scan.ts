import { Component, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ScanBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { targetOf } from '../../ui/scan-table/scan-table';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { RelativeTime } from '../../ui/time/relative-time';

/** One side of a comparison, and the way to another scan for it. */
@Component({
  selector: 'app-compared-scan',
  imports: [ErrorNotice, RelativeTime, RouterLink, Skeleton],
  template: `
    <div class="head">
      <h2>
        {{ heading() }} <span class="muted">{{ meaning() }}</span>
      </h2>
      <button type="button" class="button" (click)="asked.emit()">
        {{ scan() === null ? 'Choose a scan' : 'Choose another' }}
        <span class="visually-hidden">as {{ heading() }}</span>
      </button>
    </div>
    @if (scan(); as loaded) {
      @switch (loaded.state) {
        @case ('loading') {
          <app-skeleton [rows]="1" />
        }
        @case ('error') {
          <app-error-notice headline="This scan cannot be read" [notice]="loaded.problem" />
        }
        @case ('value') {
          <p>
            <a class="mono" [routerLink]="['/scan', loaded.value.id]">{{ target(loaded.value) }}</a>
          </p>
          <p class="facts muted">
            <span class="mono">{{ loaded.value.id.slice(0, 8) }}</span>
            <app-relative-time [at]="loaded.value.created_at" />
            <span>{{ loaded.value.findings_count }} findings</span>
            @if (loaded.value.status !== 'completed') {
              <span>{{ loaded.value.status }}</span>
            }
          </p>
        }
      }
    } @else {
      <p class="muted">None chosen yet.</p>
    }
  `,
  styles: `
    :host {
      display: grid;
      flex: 1 1 280px;
      gap: var(--space-1);
      align-content: start;
      min-width: 0;
      padding: var(--space-4);
      font-size: var(--size-sm);
      overflow-wrap: anywhere;
    }

    .head {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
      justify-content: space-between;
    }

    h2 .muted {
      font-weight: var(--weight-normal);
    }

    .facts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-3);
    }
  `,
})
export class ComparedScan {
  readonly heading = input.required<string>();
  readonly meaning = input.required<string>();
  /** `null` where none is chosen. */
  readonly scan = input.required<Loaded<ScanBody> | null>();

  readonly asked = output();

  protected target(scan: ScanBody): string {
    return shortPath(targetOf(scan), 56);
  }
}
