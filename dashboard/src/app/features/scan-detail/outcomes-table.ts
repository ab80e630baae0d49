import { Component, input } from '@angular/core';
import type { OutcomeStatus, ScannerOutcomeBody, SkippedFilesBody } from '@securescan/contracts';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icon-shapes';
import { formatDuration } from '../../ui/time/format-time';

const OUTCOME_ICONS: Readonly<Record<OutcomeStatus, IconName>> = {
  completed: 'check',
  failed: 'alert',
  timed_out: 'clock',
  skipped: 'skip',
};

interface RunFact {
  readonly name: string;
  readonly value: string;
}

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

  protected skippedCount({ files_skipped }: ScannerOutcomeBody): number {
    return files_skipped.reduce((sum, { count }) => sum + count, 0);
  }

  /** A few names, and how many there are beyond them. */
  protected examplesOf({ count, paths }: SkippedFilesBody): string {
    const more = count - paths.length;
    return more > 0 ? `${paths.join(', ')} and ${more} more` : paths.join(', ');
  }

  /** What is known about the run beside its result. */
  protected facts(outcome: ScannerOutcomeBody): RunFact[] {
    return [
      { name: 'Rules (SHA-256)', value: outcome.rule_pack_digest },
      { name: 'Bytes read', value: outcome.bytes_assessed?.toLocaleString('en') ?? null },
      { name: 'Exit code', value: outcome.exit_code === null ? null : String(outcome.exit_code) },
      { name: 'Last words', value: outcome.stderr_tail },
    ].flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
  }
}
