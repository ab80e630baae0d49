import { TestBed } from '@angular/core/testing';
import type { WebhookBody } from '@securescan/contracts';
import { type WebhookAnswers, WebhookForm } from './webhook-form';

const WEBHOOK: WebhookBody = {
  id: 'w-1',
  name: 'builds',
  url: 'https://receiver.test/***',
  format: 'generic',
  event_filter: ['scan.complete'],
  ordered: true,
  enabled: true,
  disabled_reason: null,
  disabled_at: null,
  header_names: ['X-Team'],
  previous_secret_until: null,
  secrets_readable: true,
  failing_since: null,
  paused_until: null,
  blocked_by: null,
  open_deliveries: 0,
  created_at: '2026-03-01T10:00:00.000Z',
  updated_at: '2026-03-01T10:00:00.000Z',
};

describe('WebhookForm', () => {
  beforeAll(() => {
    // jsdom knows dialogs, but opens none.
    HTMLDialogElement.prototype.showModal = function (): void {
      this.open = true;
    };
  });

  it('keeps what was filled in while the page reads the webhook again', async () => {
    const fixture = TestBed.createComponent(WebhookForm);
    const asked: WebhookAnswers[] = [];
    fixture.componentInstance.asked.subscribe((answers) => asked.push(answers));
    for (const [name, value] of Object.entries({
      webhook: WEBHOOK,
      isBusy: false,
      problem: null,
    })) {
      fixture.componentRef.setInput(name, value);
    }
    await fixture.whenStable();
    const find = (selector: string): HTMLInputElement => {
      const found = document.querySelector<HTMLInputElement>(selector);
      if (found === null) throw new RangeError(`There is no ${selector}.`);
      return found;
    };
    const name = find('#webhook-name');
    name.value = 'all builds';
    name.dispatchEvent(new Event('input'));
    find('[id="event-scan.failed"]').click();
    find('#webhook-headers-drop').click();
    const order = find('#webhook-order');
    order.value = 'free';
    order.dispatchEvent(new Event('change'));

    fixture.componentRef.setInput('webhook', { ...WEBHOOK, open_deliveries: 3 });
    await fixture.whenStable();
    find('form').dispatchEvent(new Event('submit'));
    expect(asked).toEqual([
      {
        name: 'all builds',
        event_filter: ['scan.complete', 'scan.failed'],
        format: 'generic',
        ordered: false,
        headers: {},
      },
    ]);
  });
});
