import { Component, computed, inject, input } from '@angular/core';
import {
  type ScanProgress,
  type ScannerPhase,
  type ScannerProgress,
  isFinished,
} from '../../core/live/scan-progress';
import { Icon } from '../../ui/icon/icon';
import type { IconName } from '../../ui/icon/icon-shapes';
import { formatDuration, formatElapsed } from '../../ui/time/format-time';
import { Ticker } from '../../ui/time/ticker';
import { queueWords } from './queue-words';

const PHASES: Readonly<Record<ScannerPhase, { icon: IconName; words: string }>> = {
  queued: { icon: 'clock', words: 'queued' },
  running: { icon: 'clock', words: 'running' },
  completed: { icon: 'check', words: 'done' },
  failed: { icon: 'alert', words: 'failed' },
  timed_out: { icon: 'clock', words: 'timed out' },
  skipped: { icon: 'skip', words: 'skipped' },
};

const CONNECTIONS: Readonly<Record<ScanProgress['connection'], string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Connection lost, trying again',
  polling: 'No live connection, asking from time to time',
};

/** A running scan, scanner by scanner. */
@Component({
  selector: 'app-progress-panel',
  imports: [Icon],
  templateUrl: './progress-panel.html',
  styleUrl: './progress-panel.css',
})
export class ProgressPanel {
  private readonly ticker = inject(Ticker);

  readonly progress = input.required<ScanProgress>();
  /** ISO time; `null` while the scan waits for its turn. */
  readonly startedAt = input.required<string | null>();

  /** 1 for the next one to run; `null` where the scan does not wait. */
  readonly queuePosition = input.required<number | null>();

  protected readonly place = computed(() => {
    const position = this.queuePosition();
    return position === null ? null : queueWords(position);
  });
  protected readonly finished = computed(
    () => this.progress().scanners.filter((row) => isFinished(row)).length,
  );
  protected readonly connection = computed(() => CONNECTIONS[this.progress().connection]);
  protected readonly elapsed = computed(() => this.since(this.startedAt()));
  /** For screen readers: changes when a scanner ends, not every second. */
  protected readonly announcement = computed(() => {
    const total = this.progress().scanners.length;
    if (total === 0) return `${this.place() ?? 'About to start'}.`;
    return `${this.finished()} of ${total} scanners have ended.`;
  });

  protected phase(row: ScannerProgress): { icon: IconName; words: string } {
    return PHASES[row.phase];
  }

  protected time(row: ScannerProgress): string {
    if (row.phase === 'running') return this.since(row.startedAt);
    return row.seconds === null ? '' : formatDuration(row.seconds);
  }

  private since(iso: string | null): string {
    return iso === null ? '' : formatElapsed(this.ticker.second() - Date.parse(iso));
  }
}
