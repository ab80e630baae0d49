import type {
  AuditEntryBody,
  ErrorBody,
  WebhookBody,
  WebhookSecretBody,
} from '@securescan/contracts';
import { Webhook } from 'standardwebhooks';
import { type Received, Receiver } from '../support/receiver';
import { WebhookServer } from './webhook-calls';

const DAY_MS = 86_400_000;
const UUID = /^[0-9a-f-]{36}$/;

let server: WebhookServer;
let receiver: Receiver;

beforeAll(async () => {
  server = await WebhookServer.start({ SECURESCAN_PUBLIC_URL: 'https://scan.example.com' });
  receiver = await Receiver.start();
});

afterAll(async () => {
  await server.close();
  await receiver.stop();
});

/** Throws where the signature is not right. */
function verify(secret: string, { body, headers }: Received): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

async function audited(): Promise<string[]> {
  const answer = await server.server.app.inject('/api/v1/audit?subject_type=webhook&limit=200');
  return answer.json<AuditEntryBody[]>().map(({ action }) => action);
}

describe('a webhook', () => {
  it('shows its secret once, and of its URL and headers what may be shown', async () => {
    const made = await server.subscribe(`${receiver.url}/hidden?token=hidden`, {
      name: 'tickets',
      event_filter: ['scan.failed', 'scan.complete', 'scan.failed'],
      headers: { Authorization: 'Bearer hidden' },
    });
    const { secret, ...shown } = made;

    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toEqual({
      id: expect.stringMatching(UUID) as string,
      name: 'tickets',
      url: `${receiver.url}/***`,
      format: 'generic',
      event_filter: ['scan.complete', 'scan.failed'],
      ordered: true,
      enabled: true,
      disabled_reason: null,
      disabled_at: null,
      header_names: ['Authorization'],
      previous_secret_until: null,
      secrets_readable: true,
      failing_since: null,
      paused_until: null,
      blocked_by: null,
      open_deliveries: 0,
      created_at: shown.created_at,
      updated_at: shown.created_at,
    });
    expect(await server.get(made.id)).toEqual(shown);
    const list = await server.ask<WebhookBody[]>('GET', '?limit=1');
    expect([list.body, list.headers['x-total-count']]).toEqual([[shown], '1']);

    const changes = { name: 'other', format: 'slack', ordered: null, url: null };
    const changed = await server.ask<WebhookBody>('PATCH', `/${made.id}`, changes);
    expect(changed.body).toEqual({
      ...shown,
      name: 'other',
      format: 'slack',
      updated_at: changed.body.updated_at,
    });
    expect((await server.ask('DELETE', `/${made.id}`)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE'] as const) {
      const gone = await server.ask<ErrorBody>(
        method,
        `/${made.id}`,
        method === 'PATCH' ? {} : undefined,
      );
      expect([gone.status, gone.body.code]).toEqual([404, 'WEBHOOK_NOT_FOUND']);
    }
    expect(await audited()).toEqual(['webhook.deleted', 'webhook.changed', 'webhook.created']);
    expect(server.server.logged()).not.toContain('hidden');
  });

  it.each([
    ['file:///etc/passwd', {}],
    ['//receiver.example.com/x', {}],
    ['receiver.example.com', {}],
    ['http ://receiver.example.com', {}],
    [' https://receiver.example.com', {}],
    ['https://ada:secret@receiver.example.com/', {}],
    ['https://169.254.169.254/latest', {}],
    ['https://receiver.example.com/***', {}],
    ['https://ok.example.com', { event_filter: [] }],
    ['https://ok.example.com', { event_filter: ['scan.start'] }],
    ['https://ok.example.com', { name: '' }],
    ['https://ok.example.com', { format: 'xml' }],
    ['https://ok.example.com', { secret: 'mine' }],
    ...[
      'Host',
      'content-length',
      'X-SecureScan-Event',
      'webhook-id',
      'Transfer-Encoding',
      'a b',
    ].map((name): [string, object] => ['https://ok.example.com', { headers: { [name]: 'x' } }]),
    ['https://ok.example.com', { headers: { 'X-Team': 'a\r\nHost: b' } }],
    ['https://ok.example.com', { headers: { 'X-Team': 'a', 'x-team': 'b' } }],
  ])('is not made for %s with %j', async (url, more) => {
    const request = { name: 'n', url, event_filter: ['scan.complete'], ...more };
    const { status, body } = await server.ask<ErrorBody>('POST', '', request);
    expect([status, body.code]).toEqual([422, 'VALIDATION_FAILED']);
  });
});

describe('a scan that completes', () => {
  it('is told with what the list of deliveries holds, signed, to those that asked for it', async () => {
    const path = '/in?token=t';
    const made = await server.subscribe(`${receiver.url}${path}`, {
      headers: { 'X-Team': 'shop' },
    });
    const other = await server.subscribe(receiver.url, { event_filter: ['scan.failed'] });
    const before = receiver.received.length;
    const scan = await server.completeScan('bücher');
    const [request] = (await receiver.hasReceived(before + 1)).slice(before);
    if (request === undefined) throw new Error('Nothing came.');
    const [delivery] = await server.untilStatuses(made.id, ['succeeded']);

    const { payload, attempts } = await server.delivery(made.id, delivery?.id ?? '');
    expect(request.body).toBe(payload);
    expect(verify(made.secret, request)).toEqual({
      id: delivery?.id,
      event: 'scan.complete',
      occurred_at: delivery?.occurred_at,
      data: {
        scan_id: scan,
        project: 'bücher',
        target: '',
        url: `https://scan.example.com/scan/${scan}`,
        scan_types: ['code'],
        scanners_run: [],
        scanners_skipped: [],
        started_at: expect.stringMatching(/Z$/) as string,
        completed_at: expect.stringMatching(/Z$/) as string,
        duration_s: expect.any(Number) as number,
        scanner_count: 0,
        findings_count: 0,
        severity_counts: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
        risk_score: 0,
      },
    });
    expect([request.path, request.headers['x-team']]).toEqual([path, 'shop']);
    expect(request.headers['x-securescan-delivery']).toBe(delivery?.id);
    expect(attempts).toEqual([
      {
        attempt: 1,
        started_at: expect.stringMatching(/Z$/) as string,
        duration_ms: expect.any(Number) as number,
        response_code: 204,
        response_body: attempts[0]?.response_body,
        error: null,
      },
    ]);
    expect(await server.deliveries(other.id)).toEqual([]);
    await server.ask('DELETE', `/${made.id}`);
    await server.completeScan();
    expect(receiver.received).toHaveLength(before + 1);
  });
});

describe('a secret that is changed', () => {
  it('signs beside the new one for a day', async () => {
    const made = await server.subscribe(receiver.url);
    const rotated = await server.ask<WebhookSecretBody>('POST', `/${made.id}/rotate-secret`);
    const { secret } = rotated.body;
    const until = (await server.get(made.id)).previous_secret_until ?? '';
    expect(Date.parse(until) - Date.now()).toBeGreaterThan(DAY_MS - 60_000);

    const sent = async (): Promise<Received> => {
      const before = receiver.received.length;
      await server.ask('POST', `/${made.id}/test`);
      const found = (await receiver.hasReceived(before + 1))[before];
      if (found === undefined) throw new Error('Nothing came.');
      return found;
    };
    const both = await sent();
    expect(verify(made.secret, both)).toEqual(verify(secret, both));
    expect(both.headers['x-securescan-signature']).toMatch(
      /^t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}$/,
    );

    await server.pass(DAY_MS + 60_000, made.id);
    const one = await sent();
    // Its time is tomorrow, which the verifier rightly refuses; the number of signatures says enough.
    expect(one.headers['webhook-signature']).toMatch(/^v1,\S+$/);
    expect(() => verify(made.secret, one)).toThrow();
    await server.ask('DELETE', `/${made.id}`);
  });
});

describe('what is stored with another secret key', () => {
  it('pauses the webhook, which says so, and is sent when the key is back', async () => {
    const shared = await WebhookServer.start({ SECURESCAN_SECRET_KEY: 'a'.repeat(40) });
    const file = `${shared.server.directory}/scans.db`;
    const made = await shared.subscribe(receiver.url);
    await shared.server.app.close();
    const before = receiver.received.length;

    const blind = await WebhookServer.start({
      SECURESCAN_DB_PATH: file,
      SECURESCAN_SECRET_KEY: 'b'.repeat(40),
    });
    await blind.completeScan();
    const paused = await blind.get(made.id);
    expect([paused.secrets_readable, paused.enabled, paused.open_deliveries]).toEqual([
      false,
      true,
      1,
    ]);
    const refused = await blind.ask<ErrorBody>('POST', `/${made.id}/test`);
    expect([refused.status, refused.body.code]).toEqual([409, 'WEBHOOK_UNREADABLE']);
    await blind.close();
    expect(receiver.received).toHaveLength(before);

    const seeing = await WebhookServer.start({
      SECURESCAN_DB_PATH: file,
      SECURESCAN_SECRET_KEY: 'a'.repeat(40),
    });
    const received = await receiver.hasReceived(before + 1);
    expect(verify(made.secret, received[before] as Received)).toHaveProperty(
      'event',
      'scan.complete',
    );
    await seeing.close();
    await shared.close();
  });
});
