import { Component, input } from '@angular/core';
import type { Severity } from '@securescan/contracts';

/** A severity by word, mark and colour; with `count` as a tally. */
@Component({
  selector: 'app-severity-pill',
  template: `
    <span class="pill" [class]="severity()" [class.dimmed]="dimmed()">
      <span class="mark" aria-hidden="true"></span>
      @if (count() !== null) {
        <span class="numeric">{{ count() }}</span>
      }
      {{ severity() }}
    </span>
  `,
  styleUrls: ['./severity-tone.css', './severity-pill.css'],
})
export class SeverityPill {
  readonly severity = input.required<Severity>();
  readonly count = input<number | null>(null);
  /** For a finding that does not count. */
  readonly dimmed = input(false);
}
