import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ScanBody } from '@securescan/contracts';
import { ScanStatus } from '../../ui/scan-status/scan-status';
import { targetOf } from '../../ui/scan-table/scan-table';
import { shortPath } from '../../ui/text/short-path';

/** How far a running scan has come, in scanners. */
export interface LiveProgress {
  readonly ended: number;
  /** 0 until it is known. */
  readonly total: number;
}

export interface LiveScan {
  readonly scan: ScanBody;
  readonly progress: LiveProgress;
}

/** The scans that run or wait now, each a link to its page. */
@Component({
  selector: 'app-live-scans',
  imports: [RouterLink, ScanStatus],
  template: `
    <section class="panel" aria-labelledby="live-heading">
      <div class="panel-head"><h2 id="live-heading">Running now</h2></div>
      <ul>
        @for (each of scans(); track each.scan.id) {
          <li>
            <app-scan-status [status]="each.scan.status" />
            <a class="mono target" [routerLink]="['/scan', each.scan.id]">{{
              target(each.scan)
            }}</a>
            @if (each.progress.total > 0) {
              <progress
                [attr.aria-label]="'Progress of ' + target(each.scan)"
                [max]="each.progress.total"
                [value]="each.progress.ended"
              ></progress>
            }
            <span class="words muted" role="status">{{ words(each) }}</span>
          </li>
        }
      </ul>
    </section>
  `,
  styleUrl: './live-scans.css',
})
export class LiveScans {
  readonly scans = input.required<readonly LiveScan[]>();

  protected target(scan: ScanBody): string {
    return shortPath(targetOf(scan), 56);
  }

  protected words({ scan, progress: { ended, total } }: LiveScan): string {
    if (total > 0) return `${ended} of ${total} scanners have ended`;
    return scan.status === 'pending' ? 'waits for its turn' : 'has begun';
  }
}
