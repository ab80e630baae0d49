import { Component, input, output } from '@angular/core';
import { Icon } from '../icon/icon';

/** What of a failure is shown; `core/errors` makes it. */
export interface Notice {
  readonly message: string;
  readonly code: string | null;
  readonly requestId: string | null;
  readonly fields: readonly { readonly loc: string; readonly message: string }[];
}

/** A failure in words, with what an operator needs to find it in the log. */
@Component({
  selector: 'app-error-notice',
  imports: [Icon],
  template: `
    <div class="notice" role="alert">
      <app-icon name="alert" />
      <div class="text">
        <p class="headline">{{ headline() }}</p>
        <p>{{ notice().message }}</p>
        @for (field of notice().fields; track $index) {
          <p>
            <code>{{ field.loc }}</code> {{ field.message }}
          </p>
        }
        @if (notice().code || notice().requestId) {
          <p class="trace mono">
            {{ notice().code }}
            @if (notice().requestId; as id) {
              <span>request {{ id }}</span>
            }
          </p>
        }
      </div>
      @if (canRetry()) {
        <button type="button" class="button" (click)="retried.emit()">Try again</button>
      }
    </div>
  `,
  styleUrl: './error-notice.css',
})
export class ErrorNotice {
  readonly headline = input.required<string>();
  readonly notice = input.required<Notice>();
  readonly canRetry = input(false);

  readonly retried = output();
}
