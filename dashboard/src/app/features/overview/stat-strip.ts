import { Component, input } from '@angular/core';
import type { Loaded } from '../../core/api/held-value';
import type { DashboardStatsBody } from '../../core/api/wire';
import { RiskScore } from '../../ui/risk-score/risk-score';

/** The installation's figures in one line; dashes where they could not be had. */
@Component({
  selector: 'app-stat-strip',
  imports: [RiskScore],
  template: `
    @let loaded = stats();
    @let known = loaded.state === 'value' ? loaded.value : null;
    <dl class="strip">
      <div>
        <dt>Scans</dt>
        <dd>
          <span class="figure numeric">{{ known?.total_scans ?? '–' }}</span>
          @if (known) {
            <span class="caption">{{ known.completed_scans }} completed</span>
          }
        </dd>
      </div>
      <div>
        <dt>Findings over all scans</dt>
        <dd>
          <span class="figure numeric">{{ known?.total_findings ?? '–' }}</span>
        </dd>
      </div>
      <div>
        <dt>Average risk</dt>
        <dd>
          <app-risk-score
            [score]="known?.completed_scans ? known.average_risk_score : null"
            [large]="true"
          />
        </dd>
      </div>
    </dl>
    @if (loaded.state === 'error') {
      <p class="caption" role="status">
        The figures could not be read: {{ loaded.problem.message }}
        @if (loaded.problem.requestId; as id) {
          <span class="mono">request {{ id }}</span>
        }
      </p>
    }
  `,
  styleUrl: './stat-strip.css',
})
export class StatStrip {
  readonly stats = input.required<Loaded<DashboardStatsBody>>();
}
