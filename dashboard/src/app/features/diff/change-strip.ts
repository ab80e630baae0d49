import { Component, computed, input } from '@angular/core';
import {
  SEVERITIES,
  type ComparisonBody,
  type Severity,
  type SeverityCountsBody,
} from '@securescan/contracts';
import { SeverityPill } from '../../ui/severity/severity-pill';

/** What changed, in figures. What is new is told by severity: that is what a change is judged by. */
@Component({
  selector: 'app-change-strip',
  imports: [SeverityPill],
  template: `
    <dl class="strip">
      <div>
        <dt>New</dt>
        <dd>
          <span class="figure numeric" [class.worse]="counts().new > 0">+{{ counts().new }}</span>
          @for (part of arrived(); track part.severity) {
            <app-severity-pill [severity]="part.severity" [count]="part.count" />
          }
        </dd>
      </div>
      <div>
        <dt>Fixed</dt>
        <dd>
          <span class="figure numeric" [class.better]="counts().fixed > 0"
            >&minus;{{ counts().fixed }}</span
          >
          @for (part of gone(); track part.severity) {
            <app-severity-pill [severity]="part.severity" [count]="part.count" [dimmed]="true" />
          }
        </dd>
      </div>
      <div>
        <dt>Unchanged</dt>
        <dd>
          <span class="figure numeric">{{ counts().unchanged }}</span>
          @if (comparison().severity_changed; as count) {
            <span class="aside muted">{{ count }} with another severity</span>
          }
        </dd>
      </div>
      <div>
        <dt>Not assessed</dt>
        <dd>
          <span class="figure numeric">{{ counts().not_assessed }}</span>
          @if (counts().not_assessed > 0) {
            <span class="aside muted">nobody can say whether they came or went</span>
          }
        </dd>
      </div>
      <div>
        <dt>Suppressed</dt>
        <dd>
          <span class="figure numeric">{{ counts().suppressed + counts().newly_suppressed }}</span>
          @if (counts().newly_suppressed; as count) {
            <span class="aside muted">{{ count }} of them newly</span>
          }
        </dd>
      </div>
      <div>
        <dt>Risk</dt>
        <dd>
          <span
            class="figure numeric"
            [class.worse]="comparison().risk_delta > 0"
            [class.better]="comparison().risk_delta < 0"
            >{{ risk() }}</span
          >
          <span class="aside muted">{{ riskWords() }}</span>
        </dd>
      </div>
    </dl>
  `,
  styleUrl: './change-strip.css',
})
export class ChangeStrip {
  readonly comparison = input.required<ComparisonBody>();

  protected readonly counts = computed(() => this.comparison().counts);
  protected readonly arrived = computed(() => partsOf(this.comparison().new_by_severity));
  protected readonly gone = computed(() => partsOf(this.comparison().fixed_by_severity));
  protected readonly risk = computed(() => {
    const delta = this.comparison().risk_delta;
    const size = String(Math.abs(Math.round(delta * 10) / 10));
    if (delta === 0) return '0';
    return delta > 0 ? `+${size}` : `−${size}`;
  });
  protected readonly riskWords = computed(() => {
    const { risk_delta: delta, base, head } = this.comparison();
    const scores = `from ${base.risk_score ?? '–'} to ${head.risk_score ?? '–'}`;
    if (delta === 0) return `the same, ${head.risk_score ?? '–'}`;
    return `${delta > 0 ? 'worse' : 'better'}, ${scores}`;
  });
}

function partsOf(counts: SeverityCountsBody): readonly { severity: Severity; count: number }[] {
  return SEVERITIES.map((severity) => ({ severity, count: counts[severity] })).filter(
    ({ count }) => count > 0,
  );
}
