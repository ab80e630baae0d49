import { Component, input, output, viewChild } from '@angular/core';
import { Dialog } from './dialog';

/** Asks before something that cannot be undone. In its content: what will happen, and why it did not where it was refused. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [Dialog],
  template: `
    <app-dialog role="alertdialog" [heading]="heading()" (closed)="dismissed.emit()">
      <div class="panel-body"><ng-content /></div>
      <footer>
        <button
          type="button"
          class="button"
          cdkFocusInitial
          [disabled]="busy()"
          (click)="dialog().close()"
        >
          {{ keep() }}
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
  /** What the button does that goes on, as a verb: `Delete`. */
  readonly action = input.required<string>();
  /** The button that changes nothing, which has the focus first. */
  readonly keep = input('Keep it');
  readonly busy = input(false);

  readonly confirmed = output();
  readonly dismissed = output();

  protected readonly dialog = viewChild.required(Dialog);
}
