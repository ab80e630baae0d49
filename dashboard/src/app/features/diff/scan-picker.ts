import { Component, computed, input, output, signal } from '@angular/core';
import type { ScanBody } from '@securescan/contracts';
import type { Loaded } from '../../core/api/held-value';
import { ArrowMoves } from '../../ui/arrow-moves/arrow-moves';
import { Dialog } from '../../ui/dialog/dialog';
import { ErrorNotice } from '../../ui/error-notice/error-notice';
import { targetOf } from '../../ui/scan-table/scan-table';
import { Skeleton } from '../../ui/skeleton/skeleton';
import { shortPath } from '../../ui/text/short-path';
import { RelativeTime } from '../../ui/time/relative-time';

/** One of the completed scans, found by what it was about. */
@Component({
  selector: 'app-scan-picker',
  imports: [ArrowMoves, Dialog, ErrorNotice, RelativeTime, Skeleton],
  templateUrl: './scan-picker.html',
  styleUrl: './scan-picker.css',
})
export class ScanPicker {
  readonly heading = input.required<string>();
  readonly scans = input.required<Loaded<readonly ScanBody[]>>();
  /** There are more than these, all of them older. */
  readonly isCut = input.required<boolean>();

  /** The id of a scan. */
  readonly picked = output<string>();
  readonly dismissed = output();
  readonly retried = output();

  protected readonly sought = signal('');
  protected readonly found = computed<readonly ScanBody[]>(() => {
    const loaded = this.scans();
    if (loaded.state !== 'value') return [];
    const words = this.sought().toLowerCase().split(/\s+/);
    return loaded.value.filter((scan) => {
      const text = `${targetOf(scan)} ${scan.project} ${scan.id}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
  });
  protected readonly countWords = computed(() => {
    const count = this.found().length;
    if (count === 0) return 'No completed scan that can be compared is like that.';
    const scans = count === 1 ? '1 completed scan' : `${count} completed scans`;
    return this.isCut() ? `${scans}, of the newest that there are` : scans;
  });

  protected search(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.sought.set(event.target.value);
  }

  protected target(scan: ScanBody): string {
    return shortPath(targetOf(scan), 64);
  }
}
