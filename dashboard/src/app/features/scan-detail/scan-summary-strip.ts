import { Component, computed, input } from '@angular/core';
import type { ScanBody, ScanSummaryBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { RiskScore } from '../../ui/risk-score/risk-score';
import { reportersOf } from '../../ui/scan-table/reporters-of';
import { SeverityBar } from '../../ui/severity/severity-bar';
import { suppressedWords } from '../../ui/suppression/suppression';
import { formatDuration, formatInstant } from '../../ui/time/format-time';

/** A completed scan at a glance: risk, findings, coverage, time. */
@Component({
  selector: 'app-scan-summary-strip',
  imports: [RiskScore, SeverityBar],
  template: `
    <dl class="strip">
      <div>
        <dt>Risk</dt>
        <dd><app-risk-score [score]="scan().risk_score" [large]="true" /></dd>
      </div>
      <div class="findings">
        <dt>Findings</dt>
        <dd>
          <span class="figure numeric">{{ scan().findings_count }}</span>
          @if (suppressed(); as words) {
            <span class="suppressed muted">{{ words }}</span>
          }
          @if (counts(); as known) {
            <app-severity-bar [counts]="known" />
          }
        </dd>
      </div>
      <div>
        <dt>{{ scan().imported === null ? 'Scanners' : 'Tools' }}</dt>
        <dd>
          <span class="figure numeric">{{ reporters().length }}</span>
          <span class="caption">{{ missing() }}</span>
        </dd>
      </div>
      <div>
        <dt>Duration</dt>
        <dd>
          <span class="figure numeric">{{ duration() }}</span>
          <span class="caption">{{ finished() }}</span>
        </dd>
      </div>
    </dl>
  `,
  styleUrl: './scan-summary-strip.css',
})
export class ScanSummaryStrip {
  readonly scan = input.required<ScanBody>();
  readonly summary = input.required<Loaded<ScanSummaryBody>>();

  protected readonly counts = computed(() => {
    const loaded = this.summary();
    return loaded.state === 'value' && loaded.value.total_findings > 0 ? loaded.value : null;
  });
  protected readonly suppressed = computed(() => suppressedWords(this.scan().suppressed_count));
  protected readonly reporters = computed(() => reportersOf(this.scan()));
  protected readonly missing = computed(() => {
    if (this.scan().imported !== null) return 'as the imported document tells';
    const incomplete = this.scan().scanner_outcomes.filter(
      (outcome) => outcome.status !== 'completed',
    );
    if (incomplete.length === 0) return 'all ran to their end';
    return `completed, ${incomplete.length} did not run to their end`;
  });
  protected readonly duration = computed(() => {
    const { started_at, completed_at } = this.scan();
    if (started_at === null || completed_at === null) return '–';
    return formatDuration((Date.parse(completed_at) - Date.parse(started_at)) / 1000);
  });
  protected readonly finished = computed(() => {
    const { completed_at } = this.scan();
    return completed_at === null ? '' : formatInstant(completed_at);
  });
}
