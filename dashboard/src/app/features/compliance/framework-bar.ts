import { Component, computed, input } from '@angular/core';
import { CONTROL_STATES, type ControlCountsBody } from '@securescan/contracts';
import { STATE_WORDS } from './control-words';

/** How many controls of a framework are in each state, as words and as a bar. */
@Component({
  selector: 'app-framework-bar',
  template: `
    <span class="bar" aria-hidden="true">
      @for (part of parts(); track part.state) {
        @if (part.count > 0) {
          <span [class]="part.state" [style.flex-grow]="part.count"></span>
        }
      }
    </span>
    <span class="legend">
      @for (part of parts(); track part.state) {
        <span
          ><span class="key" [class]="part.state" aria-hidden="true"></span
          ><span class="numeric">{{ part.count }}</span> {{ words[part.state] }}</span
        >
      }
    </span>
  `,
  styleUrl: './framework-bar.css',
})
export class FrameworkBar {
  readonly counts = input.required<ControlCountsBody>();

  protected readonly words = STATE_WORDS;
  protected readonly parts = computed(() =>
    CONTROL_STATES.map((state) => ({ state, count: this.counts()[state] })),
  );
}
