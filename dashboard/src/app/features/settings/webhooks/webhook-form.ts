import { Component, computed, input, linkedSignal, output, signal, untracked } from '@angular/core';
import {
  WEBHOOK_EVENTS,
  WEBHOOK_FORMATS,
  type WebhookBody,
  type WebhookEventName,
  type WebhookFormat,
  type WebhookRequestBody,
} from '@securescan/contracts';
import { Dialog } from '../../../ui/dialog/dialog';
import { ErrorNotice, type Notice } from '../../../ui/error-notice/error-notice';
import { headersOf } from './header-lines';
import { EVENT_WORDS, FORMAT_WORDS } from './webhook-words';

/** What was filled in: of an existing webhook, what is left out stays as it is. */
export type WebhookAnswers = Partial<WebhookRequestBody> &
  Pick<WebhookRequestBody, 'name' | 'event_filter'>;

/** Asks where messages go, and of what. */
@Component({
  selector: 'app-webhook-form',
  imports: [Dialog, ErrorNotice],
  templateUrl: './webhook-form.html',
  styleUrl: '../settings-form.css',
})
export class WebhookForm {
  /** The one that is changed; `null` for a new one. */
  readonly webhook = input.required<WebhookBody | null>();
  readonly isBusy = input.required<boolean>();
  readonly problem = input.required<Notice | null>();

  readonly asked = output<WebhookAnswers>();
  readonly dismissed = output();

  protected readonly events = WEBHOOK_EVENTS.map((event) => ({ event, label: EVENT_WORDS[event] }));
  protected readonly formats = WEBHOOK_FORMATS.map((format) => ({
    format,
    label: FORMAT_WORDS[format],
  }));
  private readonly id = computed(() => this.webhook()?.id);
  /** As it was when somebody began to change it: the page goes on reading it, and what was filled in stays. */
  private readonly begunWith = linkedSignal<string | undefined, WebhookBody | null>({
    source: this.id,
    computation: () => untracked(this.webhook),
  });
  protected readonly typedName = linkedSignal(() => this.begunWith()?.name ?? '');
  protected readonly typedUrl = signal('');
  protected readonly typedHeaders = signal('');
  protected readonly format = linkedSignal<WebhookFormat | null>(
    () => this.begunWith()?.format ?? null,
  );
  protected readonly chosen = linkedSignal<ReadonlySet<WebhookEventName>>(
    () => new Set(this.begunWith()?.event_filter ?? ['scan.complete']),
  );
  /** `null` where the format decides. */
  protected readonly ordered = linkedSignal<boolean | null>(
    () => this.begunWith()?.ordered ?? null,
  );
  protected readonly dropsHeaders = signal(false);
  private readonly hasTried = signal(false);

  protected readonly nameFault = computed(() =>
    this.hasTried() && this.typedName().trim() === '' ? 'Give it a name.' : null,
  );
  protected readonly urlFault = computed(() => {
    const url = this.typedUrl().trim();
    if (!this.hasTried() || (url === '' && this.webhook() !== null)) return null;
    return /^https?:\/\/\S+$/.test(url) ? null : 'It must begin with https:// or http://.';
  });
  protected readonly urlNote = computed(() =>
    this.webhook() === null
      ? 'Kept encrypted: later only its origin is shown.'
      : 'Left empty, it stays as it is.',
  );
  protected readonly eventFault = computed(() =>
    this.hasTried() && this.chosen().size === 0 ? 'Choose at least one event.' : null,
  );
  private readonly headers = computed(() => headersOf(this.typedHeaders()));
  protected readonly headerFault = computed(() =>
    this.hasTried() && this.headers() === null ? 'Each line is a name, a colon and a value.' : null,
  );
  protected readonly headerNote = computed(() => {
    const names = this.webhook()?.header_names ?? [];
    if (names.length === 0 || this.dropsHeaders())
      return 'They go along with every message, and are kept encrypted.';
    return `Left empty, ${names.join(', ')} stay as they are. What is written here takes their place.`;
  });

  protected toggle(event: WebhookEventName): void {
    const next = new Set(this.chosen());
    if (!next.delete(event)) next.add(event);
    this.chosen.set(next);
  }

  protected chooseFormat(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const { value } = event.target;
    this.format.set(WEBHOOK_FORMATS.find((format) => format === value) ?? null);
  }

  protected chooseOrder(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const { value } = event.target;
    this.ordered.set(value === '' ? null : value === 'ordered');
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.hasTried.set(true);
    const headers = this.headers();
    const faults = [this.nameFault(), this.urlFault(), this.eventFault()];
    if (headers === null || this.isBusy() || faults.some((fault) => fault !== null)) return;
    const [url, format, ordered] = [this.typedUrl().trim(), this.format(), this.ordered()];
    const changesHeaders = this.dropsHeaders() || Object.keys(headers).length > 0;
    this.asked.emit({
      name: this.typedName().trim(),
      event_filter: [...this.chosen()],
      ...(url !== '' && { url }),
      ...(format !== null && { format }),
      ...(ordered !== null && { ordered }),
      ...(changesHeaders && { headers }),
    });
  }
}
