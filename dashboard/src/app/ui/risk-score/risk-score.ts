import { Component, computed, input } from '@angular/core';
import { riskBand } from './risk-band';

/** A risk score of 0 to 100 with the word of its band; a dash where there is none. */
@Component({
  selector: 'app-risk-score',
  template: `
    @if (score() === null) {
      <span class="muted">–<span class="visually-hidden">no score</span></span>
    } @else {
      <span class="score numeric" [class]="band().tone" [class.large]="large()">{{ shown() }}</span>
      <span class="band" [class.visually-hidden]="!large()">{{ band().label }}</span>
    }
  `,
  styleUrls: ['../severity/severity-tone.css', './risk-score.css'],
})
export class RiskScore {
  readonly score = input.required<number | null>();
  readonly large = input(false);

  protected readonly band = computed(() => riskBand(this.score() ?? 0));
  protected readonly shown = computed(() => (this.score() ?? 0).toFixed(1));
}
