import { Component, computed, input } from '@angular/core';
import { ICON_SHAPES, type IconName } from './icon-shapes';

/** A decorative line icon: it says nothing that the text beside it, or the control's label, does not say. */
@Component({
  selector: 'app-icon',
  template: `
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      [attr.width]="size()"
      [attr.height]="size()"
    >
      @for (shape of shapes(); track shape) {
        <path [attr.d]="shape" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  /** Pixels. */
  readonly size = input<14 | 16 | 20>(16);

  protected readonly shapes = computed(() => ICON_SHAPES[this.name()]);
}
