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
 * A modal dialog for as long as it is in the page. The browser's own element keeps the focus inside, closes on Escape and
 * gives the focus back.
 */
@Component({
  selector: 'app-dialog',
  imports: [Icon],
  template: `
    <dialog #element [attr.aria-label]="heading()" (close)="closed.emit()">
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
    </dialog>
  `,
  styleUrl: './dialog.css',
})
export class Dialog {
  readonly heading = input.required<string>();

  readonly closed = output();

  private readonly element = viewChild.required<ElementRef<HTMLDialogElement>>('element');

  constructor() {
    afterNextRender(() => {
      this.element().nativeElement.showModal();
    });
  }

  close(): void {
    this.element().nativeElement.close();
  }
}
