import { Component, computed, input } from '@angular/core';
import type { ScannerOutcomeBody } from '@securescan/contracts';

/** Who looked, at how many files, and who could not: what makes a silence worth something. */
@Component({
  selector: 'app-checked-by',
  template: `
    @if (checkedBy(); as names) {
      <p>Checked by {{ names }}.</p>
    }
    @if (incomplete().length > 0) {
      <p>
        Not covered: {{ incomplete().join(', ') }}. The table below says why, and how to add them.
      </p>
    }
  `,
})
export class CheckedBy {
  readonly outcomes = input.required<readonly ScannerOutcomeBody[]>();

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
