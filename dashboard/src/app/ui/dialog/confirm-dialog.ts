import { Component, input, output, viewChild } from '@angular/core';
import { Dialog } from './dialog';

/** Asks before something that cannot be undone. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [Dialog],
  template: `
    <app-dialog [heading]="heading()" (closed)="dismissed.emit()">
      <div class="panel-body"><ng-content /></div>
      <footer>
        <button type="button" class="button" [disabled]="busy()" (click)="dialog().close()">
          Keep it
        </button>
        <button type="button" class="button danger" [disabled]="busy()" (click)="confirmed.emit()">
          {{ action() }}
        </button>
      </footer>
    </app-dialog>
  `,
  styles: `
    footer {
      display: flex;
      gap: var(--space-2);
      justify-content: flex-end;
      padding: var(--space-3) var(--space-4);
      border-top: 1px solid var(--border);
    }
  `,
})
export class ConfirmDialog {
  readonly heading = input.required<string>();
  readonly action = input.required<string>();
  readonly busy = input(false);

  readonly confirmed = output();
  readonly dismissed = output();

  protected readonly dialog = viewChild.required(Dialog);
}
