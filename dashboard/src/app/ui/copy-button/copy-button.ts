import { Clipboard } from '@angular/cdk/clipboard';
import { Component, DestroyRef, inject, input, signal } from '@angular/core';
import { Icon } from '../icon/icon';

const FEEDBACK_MS = 1_600;

/** Copies a text and says whether it did. Works without HTTPS too, where browsers hide their own way to do it. */
@Component({
  selector: 'app-copy-button',
  imports: [Icon],
  template: `
    <button
      type="button"
      class="button ghost"
      [class.icon-only]="text() === ''"
      [attr.aria-label]="text() === '' ? label() : null"
      [title]="label()"
      (click)="copy()"
    >
      <app-icon [name]="result() === 'copied' ? 'check' : 'copy'" [size]="14" />{{ text() }}
    </button>
    <span class="visually-hidden" role="status">{{ words() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
  `,
})
export class CopyButton {
  private readonly clipboard = inject(Clipboard);

  readonly value = input.required<string>();
  /** What is copied, in words: `Copy the secret`. */
  readonly label = input.required<string>();
  /** Shown on the button beside its icon. */
  readonly text = input('');

  protected readonly result = signal<'copied' | 'failed' | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      clearTimeout(this.timer);
    });
  }

  protected words(): string {
    const words = { copied: 'Copied', failed: 'Not copied: select the text and copy it by hand' };
    const result = this.result();
    return result === null ? '' : words[result];
  }

  protected copy(): void {
    clearTimeout(this.timer);
    this.result.set(this.clipboard.copy(this.value()) ? 'copied' : 'failed');
    this.timer = setTimeout(() => {
      this.result.set(null);
    }, FEEDBACK_MS);
  }
}
