import { Component, computed, input } from '@angular/core';
import { type Suppression, suppressionWords } from './suppression';

/** Marks a finding as suppressed and says who decided it and why. */
@Component({
  selector: 'app-suppression-note',
  template: `<span class="tag dim">suppressed</span> {{ words() }}`,
  styles: `
    :host {
      display: block;
      margin-top: 2px;
      color: var(--muted);
      font-size: var(--size-xs);
      overflow-wrap: anywhere;
    }
  `,
})
export class SuppressionNote {
  readonly suppression = input.required<Suppression>();

  protected readonly words = computed(() => suppressionWords(this.suppression()));
}
