import { createHmac } from 'node:crypto';
import type { WebhookMessageBody } from '@securescan/contracts';
import { anyText } from '@securescan/testing';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { genericMessage } from './message';
import { deliveryHeaders, problemOfCustomHeader, type DeliveryAttempt } from './request-headers';
import { webhookSecret } from './signature';

const OLD = webhookSecret(Uint8Array.from({ length: 32 }, (_, index) => index));
const NEW = webhookSecret(Uint8Array.from({ length: 32 }, (_, index) => 255 - index));

const MESSAGE: WebhookMessageBody = {
  data: { message: 'Test from SecureScan', timestamp: '2026-01-31T12:00:00.000Z' },
  occurred_at: '2026-01-31T12:00:00.000Z',
  event: 'webhook.test',
  id: '0b9a4a0e-7b1a-4a43-9d5c-0c7a1a2b3c4d',
};

function attempt(changes: Partial<DeliveryAttempt> = {}): DeliveryAttempt {
  return {
    event: 'webhook.test',
    webhookId: 'a-webhook',
    deliveryId: 'a-delivery',
    messageId: MESSAGE.id,
    body: genericMessage(MESSAGE),
    secrets: [NEW],
    startedAt: new Date(),
    isOutOfOrder: false,
    toolVersion: '1.2.3',
    ...changes,
  };
}

describe('genericMessage', () => {
  it('is the contract in its order, without white space', () => {
    expect(genericMessage(MESSAGE)).toBe(
      `{"id":"${MESSAGE.id}","event":"webhook.test","occurred_at":"2026-01-31T12:00:00.000Z","data":{"message":"Test from SecureScan","timestamp":"2026-01-31T12:00:00.000Z"}}`,
    );
  });

  it('is Unicode that UTF-8 can write, whatever a message holds', () => {
    const halves = { ...MESSAGE, data: { message: '\ud800x', timestamp: '' } } as const;
    expect(genericMessage(halves).isWellFormed()).toBe(true);
    expect(JSON.parse(genericMessage(halves))).toEqual(halves);
  });
});

describe('deliveryHeaders', () => {
  it('says what, for whom, which, and since when', () => {
    const headers = deliveryHeaders(attempt({ startedAt: new Date('2026-01-31T12:00:00.999Z') }));
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      'User-Agent': 'SecureScan-Webhook/1.2.3',
      'X-SecureScan-Event': 'webhook.test',
      'X-SecureScan-Webhook-Id': 'a-webhook',
      'X-SecureScan-Delivery': 'a-delivery',
      'X-SecureScan-Signature': expect.stringMatching(/^t=1769860800,v1=[0-9a-f]{64}$/) as string,
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1769860800',
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/) as string,
    });
  });

  it('marks what younger deliveries may have overtaken', () => {
    const headers = deliveryHeaders(attempt({ isOutOfOrder: true }));
    expect(headers['X-SecureScan-Out-Of-Order']).toBe('1');
  });

  it('is verified by whoever holds either secret, both ways, and by nobody else', () => {
    fc.assert(
      fc.property(anyText(), (body) => {
        const headers = deliveryHeaders(
          attempt({ body: JSON.stringify(body), secrets: [NEW, OLD] }),
        );
        for (const secret of [NEW, OLD]) {
          expect(new Webhook(secret).verify(JSON.stringify(body), headers)).toBe(body);
          const [stamp = '', ...signatures] = (headers['X-SecureScan-Signature'] ?? '').split(',');
          const expected = createHmac('sha256', secret)
            .update(`${stamp.slice(2)}.${JSON.stringify(body)}`, 'utf8')
            .digest('hex');
          expect(signatures).toContain(`v1=${expected}`);
        }
        const stranger = new Webhook(webhookSecret(new Uint8Array(32)));
        expect(() => stranger.verify(JSON.stringify(body), headers)).toThrow('No matching');
        expect(() => new Webhook(NEW).verify(`${JSON.stringify(body)} `, headers)).toThrow();
      }),
    );
  });

  it('makes and takes secrets of one spelling', () => {
    expect(() => deliveryHeaders(attempt({ secrets: ['plain'] }))).toThrow('not written as');
    expect(() => deliveryHeaders(attempt({ secrets: ['whsec_-'] }))).toThrow('not written as');
    expect(() => webhookSecret(new Uint8Array(31))).toThrow('32 bytes');
  });
});

describe('problemOfCustomHeader', () => {
  it.each([
    ['Authorization', 'Bearer 0123'],
    ['X-Api-Key', '!'],
    ['x_team', 'security one'],
  ])('lets %s through', (name, value) => {
    expect(problemOfCustomHeader(name, value)).toBeNull();
  });

  it.each([
    ['', 'x'],
    ['X Y', 'x'],
    ['X:Y', 'x'],
    ['Host', 'evil.example'],
    ['content-length', '0'],
    ['Content-Type', 'text/html'],
    ['Transfer-Encoding', 'chunked'],
    ['X-SecureScan-Signature', 't=0,v1=0'],
    ['WEBHOOK-ID', 'x'],
    ['Proxy-Authorization', 'x'],
    ['X-Forwarded-For', '10.0.0.1'],
    ['X-A', ''],
    ['X-A', ' x'],
    ['X-A', 'x\r\nHost: y'],
    ['X-A', 'ä'],
    ['X-A', 'x'.repeat(2001)],
    ['X'.repeat(101), 'x'],
  ])('stops %j: %j', (name, value) => {
    expect(problemOfCustomHeader(name, value)).toMatch(/^must /);
  });
});
