import { Component, computed, input, output } from '@angular/core';
import { SEVERITIES, type Severity, type SeverityCountsBody } from '@securescan/contracts';
import { SeverityPill } from '../../ui/severity/severity-pill';

/** Narrows the findings by severity and by scanner. */
@Component({
  selector: 'app-findings-filter',
  imports: [SeverityPill],
  template: `
    <div class="chips" role="group" aria-label="Severity">
      <button
        type="button"
        class="chip"
        [attr.aria-pressed]="severity() === null"
        (click)="severityChosen.emit(null)"
      >
        All
        @if (counts(); as known) {
          <span class="numeric">{{ known.total_findings }}</span>
        }
      </button>
      @for (choice of choices(); track choice.severity) {
        <button
          type="button"
          class="chip"
          [attr.aria-pressed]="severity() === choice.severity"
          (click)="severityChosen.emit(choice.severity)"
        >
          <app-severity-pill [severity]="choice.severity" [count]="choice.count" />
        </button>
      }
    </div>
    <label class="scanner">
      <span class="caption">Scanner</span>
      <select class="control" [value]="scanner() ?? ''" (change)="chooseScanner($event)">
        <option value="">All scanners</option>
        @for (name of scanners(); track name) {
          <option [value]="name" [selected]="name === scanner()">{{ name }}</option>
        }
      </select>
    </label>
  `,
  styleUrl: './findings-filter.css',
})
export class FindingsFilter {
  readonly counts = input.required<(SeverityCountsBody & { total_findings: number }) | null>();
  readonly severity = input.required<Severity | null>();
  readonly scanner = input.required<string | null>();
  readonly scanners = input.required<readonly string[]>();

  readonly severityChosen = output<Severity | null>();
  readonly scannerChosen = output<string | null>();

  /** Severities that occur, and the chosen one even if it does not. */
  protected readonly choices = computed(() =>
    SEVERITIES.map((severity) => ({ severity, count: this.counts()?.[severity] ?? 0 })).filter(
      (choice) => choice.count > 0 || choice.severity === this.severity(),
    ),
  );

  protected chooseScanner(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.scannerChosen.emit(event.target.value === '' ? null : event.target.value);
  }
}
