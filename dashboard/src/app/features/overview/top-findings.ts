import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FindingWithStateBody, ScanBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { SeverityPill } from '../../ui/severity/severity-pill';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';

/** The worst findings of the latest scan. */
@Component({
  selector: 'app-top-findings',
  imports: [EmptyState, ErrorNotice, RouterLink, SeverityPill, Skeleton],
  templateUrl: './top-findings.html',
  styleUrl: './top-findings.css',
})
export class TopFindings {
  readonly scan = input.required<ScanBody>();
  readonly findings = input.required<Loaded<FindingWithStateBody[]>>();

  readonly retried = output();

  protected readonly checkedBy = computed(() => this.scan().scanners_run.join(', '));

  protected location(finding: FindingWithStateBody): string {
    if (finding.file_path === null) return 'whole target';
    const line = finding.line_start === null ? '' : `:${finding.line_start}`;
    return `${shortPath(finding.file_path, 56)}${line}`;
  }
}
