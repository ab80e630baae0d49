import { Component, input, output, signal } from '@angular/core';
import { CopyButton } from '../copy-button/copy-button';
import { ConfirmDialog } from '../dialog/confirm-dialog';
import { Dialog } from '../dialog/dialog';

/** Shows a text that cannot be had a second time. Whoever closes it otherwise than by saying that it is kept is asked first. */
@Component({
  selector: 'app-one-time-secret',
  imports: [ConfirmDialog, CopyButton, Dialog],
  template: `
    @if (isLeaving()) {
      <app-confirm-dialog
        [heading]="'Leave without the ' + what() + '?'"
        action="Leave"
        keep="Show it again"
        (confirmed)="done.emit()"
        (dismissed)="isLeaving.set(false)"
      >
        <p>
          Nothing shows it again. Without it, what was made is of no use, and has to be made anew.
        </p>
      </app-confirm-dialog>
    } @else {
      <app-dialog [heading]="heading()" (closed)="isLeaving.set(true)">
        <div class="panel-body">
          <p>Copy it now and keep it in a safe place: this is the only time that it is shown.</p>
          <label class="caption" [for]="'secret-' + what()">The {{ what() }}</label>
          <div class="line">
            <input
              #field
              class="control mono"
              readonly
              cdkFocusInitial
              [id]="'secret-' + what()"
              [value]="secret()"
              (focus)="field.select()"
            />
            <app-copy-button text="Copy" [value]="secret()" [label]="'Copy the ' + what()" />
          </div>
          <ng-content />
        </div>
        <footer>
          <button type="button" class="button primary" (click)="done.emit()">I have kept it</button>
        </footer>
      </app-dialog>
    }
  `,
  styles: `
    .panel-body {
      display: grid;
      gap: var(--space-2);
      font-size: var(--size-sm);
    }

    .line {
      display: flex;
      gap: var(--space-2);
    }

    footer {
      display: flex;
      justify-content: flex-end;
      padding: var(--space-3) var(--space-4);
      border-top: 1px solid var(--border);
    }
  `,
})
export class OneTimeSecret {
  readonly heading = input.required<string>();
  /** What it is, in a word or two: `key`. */
  readonly what = input.required<string>();
  readonly secret = input.required<string>();

  readonly done = output();

  protected readonly isLeaving = signal(false);
}
