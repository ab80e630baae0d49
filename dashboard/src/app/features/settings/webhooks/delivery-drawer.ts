import { Component, computed, input, output } from '@angular/core';
import type { WebhookDeliveryDetailBody } from '@securescan/contracts';
import type { Followed } from '../../../core/api/held-value';
import { Dialog } from '../../../ui/dialog/dialog';
import { ErrorNotice, type Notice } from '../../../ui/error-notice/error-notice';
import { Icon } from '../../../ui/icon/icon';
import { Skeleton } from '../../../ui/skeleton/skeleton';
import { formatInstant } from '../../../ui/time/format-time';
import { DeliveryStatus } from './delivery-status';
import { hasEnded } from './webhook-words';

/** One delivery beside the list: what is sent, every attempt, and what can be done with it. */
@Component({
  selector: 'app-delivery-drawer',
  imports: [DeliveryStatus, Dialog, ErrorNotice, Icon, Skeleton],
  templateUrl: './delivery-drawer.html',
  styles: `
    .panel-body {
      display: grid;
      gap: var(--space-3);
      grid-template-columns: minmax(0, 1fr);
      font-size: var(--size-sm);
    }

    .line {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-3);
      align-items: center;
    }

    dl {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: var(--space-1) var(--space-3);
      overflow-wrap: anywhere;
    }

    dt {
      color: var(--muted);
    }

    ol {
      display: grid;
      gap: var(--space-2);
    }

    pre {
      max-height: 320px;
      padding: var(--space-3);
      overflow: auto;
      border: 1px solid var(--border);
      border-radius: var(--radius-sm);
      background: var(--bg);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class DeliveryDrawer {
  readonly delivery = input.required<Followed<WebhookDeliveryDetailBody>>();
  readonly isBusy = input.required<boolean>();
  /** Why the last deed was refused. */
  readonly refusal = input.required<Notice | null>();

  readonly redelivered = output<string>();
  readonly skipped = output<string>();
  readonly closed = output();

  protected readonly instant = formatInstant;
  protected readonly isEnded = computed(() => {
    const { shown } = this.delivery();
    return shown.state === 'value' && hasEnded(shown.value.status);
  });
  protected readonly pretty = computed(() => {
    const { shown } = this.delivery();
    return shown.state === 'value' ? indented(shown.value.payload) : '';
  });
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    // Expected of a body that was cut.
    return json;
  }
}
