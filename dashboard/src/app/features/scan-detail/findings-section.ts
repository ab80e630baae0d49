import { Component, computed, input, output } from '@angular/core';
import type {
  FindingWithStateBody,
  ScanSummaryBody,
  ScannerOutcomeBody,
  Severity,
} from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { EmptyState } from '../../ui/empty-state/empty-state';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { type PageWindow, Pager } from '../../ui/pager/pager';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { suppressedWords } from '../../ui/suppression/suppression';
import { FindingsFilter } from './findings-filter';
import { FindingsTable } from './findings-table';

/** The findings of a completed scan in all their states. */
@Component({
  selector: 'app-findings-section',
  imports: [EmptyState, ErrorNotice, FindingsFilter, FindingsTable, Pager, Skeleton],
  templateUrl: './findings-section.html',
  styles: `
    .busy {
      opacity: 0.6;
    }

    .apart {
      margin-left: var(--space-3);
    }

    .notice {
      padding: var(--space-4);
    }
  `,
})
export class FindingsSection {
  readonly findings = input.required<Loaded<FindingWithStateBody[]>>();
  readonly summary = input.required<Loaded<ScanSummaryBody>>();
  readonly window = input.required<PageWindow>();
  readonly isBusy = input.required<boolean>();
  readonly severity = input.required<Severity | null>();
  readonly scanner = input.required<string | null>();
  readonly scanners = input.required<readonly string[]>();
  readonly outcomes = input.required<readonly ScannerOutcomeBody[]>();

  readonly severityChosen = output<Severity | null>();
  readonly scannerChosen = output<string | null>();
  readonly filterCleared = output();
  readonly nextPage = output();
  readonly previousPage = output();
  readonly retried = output();

  protected readonly counts = computed(() => {
    const loaded = this.summary();
    return loaded.state === 'value' ? loaded.value : null;
  });
  protected readonly suppressed = computed(() =>
    suppressedWords(this.counts()?.suppressed_findings ?? 0),
  );
  protected readonly isFiltered = computed(
    () => this.severity() !== null || this.scanner() !== null,
  );
  protected readonly incomplete = computed(() =>
    this.outcomes()
      .filter((outcome) => outcome.status !== 'completed')
      .map((outcome) => outcome.scanner),
  );
  /** `semgrep (120 files), secrets (130 files)`. */
  protected readonly checkedBy = computed(() =>
    this.outcomes()
      .filter((outcome) => outcome.status === 'completed')
      .map(({ scanner, files_assessed: files }) =>
        files === null ? scanner : `${scanner} (${files} ${files === 1 ? 'file' : 'files'})`,
      )
      .join(', '),
  );
}
