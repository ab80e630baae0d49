import { Component, computed, input } from '@angular/core';
import { SEVERITIES, type SeverityCountsBody } from '@securescan/contracts';
import { SeverityPill } from './severity-pill';

/** The shares of the severities as one thin bar, with the numbers in words beneath. */
@Component({
  selector: 'app-severity-bar',
  imports: [SeverityPill],
  template: `
    <div class="bar" aria-hidden="true">
      @for (share of shares(); track share.severity) {
        <span [class]="share.severity" [style.flex-grow]="share.count"></span>
      }
    </div>
    <ul class="tally">
      @for (share of shares(); track share.severity) {
        <li><app-severity-pill [severity]="share.severity" [count]="share.count" /></li>
      }
    </ul>
  `,
  styleUrls: ['./severity-tone.css', './severity-bar.css'],
})
export class SeverityBar {
  readonly counts = input.required<SeverityCountsBody>();

  protected readonly shares = computed(() =>
    SEVERITIES.map((severity) => ({ severity, count: this.counts()[severity] })).filter(
      (share) => share.count > 0,
    ),
  );
}
