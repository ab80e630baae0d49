import { Component, inject, output } from '@angular/core';
import { Dialog } from '../ui/dialog/dialog';
import { KEY_HELP, Shortcuts } from './shortcuts';

/** Which keys there are, and the switch that turns the single ones off. */
@Component({
  selector: 'app-shortcut-help',
  imports: [Dialog],
  template: `
    <app-dialog heading="Keys for findings" (closed)="closed.emit()">
      <div class="panel-body">
        <table class="table">
          <thead class="visually-hidden">
            <tr>
              <th scope="col">Key</th>
              <th scope="col">What it does</th>
            </tr>
          </thead>
          <tbody>
            @for (entry of help; track entry.text) {
              <tr>
                <td>
                  @for (key of entry.keys; track key) {
                    <kbd>{{ key }}</kbd>
                  }
                </td>
                <td>{{ entry.text }}</td>
              </tr>
            }
          </tbody>
        </table>
        <label>
          <input type="checkbox" [checked]="shortcuts.isOn()" (change)="turn($event)" />
          Single keys are on
        </label>
      </div>
    </app-dialog>
  `,
  styles: `
    .panel-body {
      overflow-y: auto;
    }

    td:first-child {
      width: 9rem;
    }

    .table td {
      padding-block: 5px;
    }

    kbd {
      margin-right: var(--space-1);
      padding: 1px 6px;
      border: 1px solid var(--border-strong);
      border-radius: var(--radius-sm);
      color: var(--text-strong);
      font-family: var(--font-mono);
      font-size: var(--size-xs);
    }

    label {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      margin-top: var(--space-4);
    }
  `,
})
export class ShortcutHelp {
  readonly closed = output();

  protected readonly shortcuts = inject(Shortcuts);
  protected readonly help = KEY_HELP;

  protected turn(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.shortcuts.turn(event.target.checked);
  }
}
