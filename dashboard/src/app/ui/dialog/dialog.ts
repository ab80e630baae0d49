import { CdkTrapFocus } from '@angular/cdk/a11y';
import {
  Component,
  type ElementRef,
  afterNextRender,
  input,
  output,
  viewChild,
} from '@angular/core';
import { Icon } from '../icon/icon';

/**
 * A modal dialog for as long as it is in the page. The browser's own element makes the rest of the page inert and closes on
 * Escape; the CDK's trap keeps Tab inside and gives the focus back however the dialog goes.
 */
@Component({
  selector: 'app-dialog',
  imports: [CdkTrapFocus, Icon],
  template: `
    <dialog
      #element
      [attr.role]="role()"
      [attr.aria-label]="heading()"
      [class.side]="placement() === 'side'"
      (close)="closed.emit()"
    >
      <div class="frame" cdkTrapFocus [cdkTrapFocusAutoCapture]="true">
        <header>
          <h2>{{ heading() }}</h2>
          <button
            type="button"
            class="button ghost icon-only"
            aria-label="Close"
            (click)="element.close()"
          >
            <app-icon name="close" />
          </button>
        </header>
        <ng-content />
      </div>
    </dialog>
  `,
  styleUrl: './dialog.css',
})
export class Dialog {
  readonly heading = input.required<string>();
  readonly role = input<'dialog' | 'alertdialog'>('dialog');
  /** `side` for what is read beside the page: a drawer of the whole height at the right edge. */
  readonly placement = input<'center' | 'side'>('center');

  readonly closed = output();

  private readonly element = viewChild.required<ElementRef<HTMLDialogElement>>('element');
  private readonly trap = viewChild.required(CdkTrapFocus);

  constructor() {
    afterNextRender(() => {
      this.element().nativeElement.showModal();
      // Only now can anything in it take the focus: what is marked with `cdkFocusInitial`, else the first control.
      this.trap().focusTrap.focusInitialElement();
    });
  }

  close(): void {
    this.element().nativeElement.close();
  }
}
