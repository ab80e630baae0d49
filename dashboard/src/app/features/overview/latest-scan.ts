import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ScanBody, ScanSummaryBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { RiskScore } from '../../ui/risk-score/risk-score';
import { ScanStatus } from '../../ui/scan-status/scan-status';
import { targetOf } from '../../ui/scan-table/scan-table';
import { SeverityBar } from '../../ui/severity/severity-bar';
import { suppressedWords } from '../../ui/suppression/suppression';
import { shortPath } from '../../ui/text/short-path';

/** The newest scan that has ended: its state, its risk, and which scanners took part. */
@Component({
  selector: 'app-latest-scan',
  imports: [RiskScore, RouterLink, ScanStatus, SeverityBar],
  templateUrl: './latest-scan.html',
  styleUrl: './latest-scan.css',
})
export class LatestScan {
  readonly scan = input.required<ScanBody>();
  readonly summary = input.required<Loaded<ScanSummaryBody>>();

  protected readonly target = computed(() => shortPath(targetOf(this.scan()), 52));
  protected readonly fullTarget = computed(() => targetOf(this.scan()));
  protected readonly counts = computed(() => {
    const loaded = this.summary();
    return loaded.state === 'value' && loaded.value.total_findings > 0 ? loaded.value : null;
  });
  protected readonly suppressed = computed(() => suppressedWords(this.scan().suppressed_count));
  protected readonly absent = computed(() =>
    this.scan().scanner_outcomes.filter((outcome) => outcome.status !== 'completed'),
  );
}
