import { Component, input } from '@angular/core';
import type { OutcomeStatus, ScannerOutcomeBody } from '@securescan/contracts';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icon-shapes';
import { formatDuration } from '../../ui/time/format-time';

const OUTCOME_ICONS: Readonly<Record<OutcomeStatus, IconName>> = {
  completed: 'check',
  failed: 'alert',
  timed_out: 'clock',
  skipped: 'skip',
};

/** How each scanner's part of the scan ended: what was looked at, and what was not and why. */
@Component({
  selector: 'app-outcomes-table',
  imports: [Icon],
  templateUrl: './outcomes-table.html',
  styleUrl: './outcomes-table.css',
})
export class OutcomesTable {
  readonly outcomes = input.required<readonly ScannerOutcomeBody[]>();

  protected icon(status: OutcomeStatus): IconName {
    return OUTCOME_ICONS[status];
  }

  protected words(status: OutcomeStatus): string {
    return status === 'timed_out' ? 'timed out' : status;
  }

  protected duration(outcome: ScannerOutcomeBody): string {
    return outcome.status === 'skipped' ? '–' : formatDuration(outcome.duration_ms / 1000);
  }
}
