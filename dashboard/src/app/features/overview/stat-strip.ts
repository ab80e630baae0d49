import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { DashboardStatsBody, OpenAgesBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { RiskScore } from '../../ui/risk-score/risk-score';
import { SeverityBar } from '../../ui/severity/severity-bar';

/** How things stand now, in one line; dashes where it could not be had. */
@Component({
  selector: 'app-stat-strip',
  imports: [RiskScore, RouterLink, SeverityBar],
  templateUrl: './stat-strip.html',
  styleUrl: './stat-strip.css',
})
export class StatStrip {
  readonly stats = input.required<Loaded<DashboardStatsBody>>();
  readonly ages = input.required<Loaded<OpenAgesBody>>();

  protected readonly known = computed(() => {
    const loaded = this.stats();
    return loaded.state === 'value' ? loaded.value : null;
  });
  protected readonly problem = computed(() => {
    const loaded = this.stats();
    return loaded.state === 'error' ? loaded.problem : null;
  });
  /** What is open and was neither fixed nor dismissed; the dismissed ones are counted beside them. */
  protected readonly dismissed = computed(() => {
    const loaded = this.ages();
    return loaded.state === 'value' ? loaded.value.dismissed : 0;
  });
  protected readonly underWay = computed(() => {
    const known = this.known();
    if (known === null) return '';
    const { pending, running, failed } = known.scans_by_status;
    const parts = [
      pending + running > 0 ? `${pending + running} under way` : '',
      failed > 0 ? `${failed} failed` : '',
    ];
    return parts.filter(Boolean).join(', ') || `${known.completed_scans} completed`;
  });
}
