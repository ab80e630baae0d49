import { Component, input } from '@angular/core';
import type { ScanStatus as Status } from '@securescan/contracts';

/** The state of a scan by word and mark. */
@Component({
  selector: 'app-scan-status',
  template: `
    <span class="status" [class]="status()">
      <span class="dot" aria-hidden="true"></span>{{ status() }}
    </span>
  `,
  styleUrl: './scan-status.css',
})
export class ScanStatus {
  readonly status = input.required<Status>();
}
