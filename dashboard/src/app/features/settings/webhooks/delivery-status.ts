import { Component, input } from '@angular/core';
import type { DeliveryStatus as Status } from '@securescan/contracts';

/** The state of a delivery by word and mark. */
@Component({
  selector: 'app-delivery-status',
  template: `
    <span class="status" [class]="status()"
      ><span class="mark" aria-hidden="true"></span>{{ status() }}</span
    >
  `,
  styles: `
    .status {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      white-space: nowrap;
    }

    .mark {
      width: 8px;
      height: 8px;
      border: 1.5px solid var(--muted);
      border-radius: 50%;
    }

    .succeeded .mark {
      border-color: var(--accent);
      background: var(--accent);
    }

    .failed {
      color: var(--sev-critical);
    }

    .failed .mark {
      border-color: currentColor;
      border-radius: 1px;
      background: currentColor;
    }

    .skipped {
      color: var(--muted);
    }
  `,
})
export class DeliveryStatus {
  readonly status = input.required<Status>();
}
