import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FindingWithStateBody, ScanBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { placeOf } from '../../ui/finding-place/finding-place';
import { SeverityPill } from '../../ui/severity/severity-pill';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { reportersOf } from '../../ui/scan-table/reporters-of';
import { suppressedWords, suppressionOf } from '../../ui/suppression/suppression';
import { SuppressionNote } from '../../ui/suppression/suppression-note';
import { shortPath } from '../../ui/text/short-path';

/** The worst findings of the latest scan. */
@Component({
  selector: 'app-top-findings',
  imports: [EmptyState, ErrorNotice, RouterLink, SeverityPill, Skeleton, SuppressionNote],
  templateUrl: './top-findings.html',
  styleUrl: './top-findings.css',
})
export class TopFindings {
  readonly scan = input.required<ScanBody>();
  readonly findings = input.required<Loaded<FindingWithStateBody[]>>();

  readonly retried = output();

  protected readonly checkedBy = computed(() => reportersOf(this.scan()).join(', '));

  protected readonly suppressed = computed(() => suppressedWords(this.scan().suppressed_count));
  protected readonly suppressionOf = suppressionOf;

  protected place(finding: FindingWithStateBody): string {
    return shortPath(placeOf(finding), 56);
  }
}
