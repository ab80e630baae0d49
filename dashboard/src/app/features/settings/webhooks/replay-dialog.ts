import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { WebhookReplayRequestBody } from '@securescan/contracts';
import { Dialog } from '../../../ui/dialog/dialog';
import { ErrorNotice, type Notice } from '../../../ui/error-notice/error-notice';
import { CLOCK } from '../../../ui/time/ticker';

const DAY_MS = 24 * 60 * 60_000;

/** Asks for which time what events brought is to be sent once more. */
@Component({
  selector: 'app-replay-dialog',
  imports: [Dialog, ErrorNotice],
  template: `
    <app-dialog heading="Send once more what events brought" (closed)="dismissed.emit()">
      <form novalidate (submit)="submit($event)">
        <div class="panel-body">
          @if (problem(); as notice) {
            <app-error-notice headline="Nothing was sent once more" [notice]="notice" />
          }
          <p>
            Up to 1000 deliveries that have ended, in their order. Each says that it is out of
            order, and keeps the id of its message.
          </p>
          <div class="field">
            <label for="replay-from">From <span class="muted">(UTC)</span></label>
            <input
              #from
              id="replay-from"
              class="control"
              type="datetime-local"
              cdkFocusInitial
              [value]="start()"
              (change)="start.set(from.value)"
            />
          </div>
          <div class="field">
            <label for="replay-to">To <span class="muted">(UTC)</span></label>
            <input
              #to
              id="replay-to"
              class="control"
              type="datetime-local"
              [value]="end()"
              (change)="end.set(to.value)"
            />
          </div>
          <div class="choice">
            <input
              id="replay-failed"
              type="checkbox"
              [checked]="isFailedOnly()"
              (change)="isFailedOnly.set(!isFailedOnly())"
            />
            <label for="replay-failed">Only those that failed or were skipped</label>
          </div>
          @if (fault(); as text) {
            <p class="fault" role="alert">{{ text }}</p>
          }
        </div>
        <footer>
          <button type="button" class="button" [disabled]="isBusy()" (click)="dismissed.emit()">
            Cancel
          </button>
          <button type="submit" class="button primary" [disabled]="isBusy()">Send once more</button>
        </footer>
      </form>
    </app-dialog>
  `,
  styleUrl: '../settings-form.css',
})
export class ReplayDialog {
  private readonly clock = inject(CLOCK);

  readonly isBusy = input.required<boolean>();
  readonly problem = input.required<Notice | null>();

  readonly asked = output<WebhookReplayRequestBody>();
  readonly dismissed = output();

  protected readonly start = signal(minuteOf(this.clock() - DAY_MS));
  protected readonly end = signal(minuteOf(this.clock()));
  protected readonly isFailedOnly = signal(true);
  private readonly hasTried = signal(false);

  protected readonly fault = computed(() => {
    if (!this.hasTried()) return null;
    if (this.start() === '' || this.end() === '') return 'Say from when to when.';
    return this.start() < this.end() ? null : 'The end must come after the beginning.';
  });

  protected submit(event: Event): void {
    event.preventDefault();
    this.hasTried.set(true);
    if (this.fault() !== null || this.isBusy()) return;
    this.asked.emit({
      from: `${this.start()}:00Z`,
      to: `${this.end()}:59Z`,
      ...(this.isFailedOnly() && { statuses: ['failed', 'skipped'] }),
    });
  }
}

/** As a field for date and time takes it, in UTC. */
function minuteOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 16);
}
