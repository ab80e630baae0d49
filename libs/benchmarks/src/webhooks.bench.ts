import 'reflect-metadata';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderWebhookMessage, webhookSecret } from '@securescan/core';
import { insertRows } from '../../../server/src/database/insert-rows';
import { WebhookDeliveryEntity } from '../../../server/src/modules/webhooks/webhook-delivery.entity';
import { WebhookVault } from '../../../server/src/modules/webhooks/webhook-vault';
import { WebhookEntity } from '../../../server/src/modules/webhooks/webhook.entity';
import { AesSecretBox } from '../../../server/src/platform/aes-secret-box';
import { openSecretKey } from '../../../server/src/platform/embedded/file-secret-key';
import type { ScanWriter } from './made-scan';
import { serveScans } from './served-scans';

/*
 * A backlog for 20 receivers on this machine; then scans that are told to 10 that are well, 5 that never answer and 5 that
 * send a byte now and then. npm run bench -- webhooks [deliveries] [scans]
 */

const [backlog = 20_000, scans = 200] = process.argv.slice(2).map(Number);
const RECEIVERS = 20;
const UNWELL = 5;
const KEY = 'k'.repeat(40);
const DRIP_MS = 1000;
const SARIF = { version: '2.1.0', runs: [{ tool: { driver: { name: 'Checker' } }, results: [] }] };

type Manner = 'well' | 'hanging' | 'dripping';

/** Calls back with each body that it receives. */
async function receive(manner: Manner, onBody: (body: string) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => {
      onBody(body);
      answer(manner, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

function answer(manner: Manner, response: ServerResponse): void {
  if (manner === 'hanging') return;
  if (manner === 'well') {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'content-length': '100000' });
  const timer = setInterval(() => response.write('.'), DRIP_MS);
  response.on('close', () => {
    clearInterval(timer);
  });
}

async function subscribe(writer: ScanWriter, urls: readonly string[]): Promise<void> {
  const vault = new WebhookVault(new AesSecretBox(openSecretKey(KEY, '')));
  const now = new Date().toISOString();
  const rows = urls.map((url, index): WebhookEntity => {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const secret = webhookSecret(globalThis.crypto.getRandomValues(new Uint8Array(32)));
    return {
      id,
      name: `receiver ${String(index)}`,
      url: vault.sealUrl(id, url),
      urlOrigin: new URL(url).origin,
      secret: vault.sealSecret(id, secret),
      previousSecret: null,
      previousSecretUntil: null,
      headers: null,
      headerNames: [],
      format: 'generic',
      eventFilter: ['scan.complete'],
      ordered: true,
      enabled: true,
      disabledReason: null,
      disabledAt: null,
      failingSince: null,
      pausedUntil: null,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
  });
  await writer.units.run((tx) => insertRows(tx.manager, WebhookEntity, rows));
}

/** What real scans would have left in line. */
async function enqueue(writer: ScanWriter): Promise<void> {
  const now = new Date().toISOString();
  const each = Math.ceil(backlog / RECEIVERS);
  for (let receiver = 0; receiver < RECEIVERS; receiver += 1) {
    const webhookId = `00000000-0000-4000-8000-${String(receiver).padStart(12, '0')}`;
    const rows = Array.from({ length: each }, (_, index): WebhookDeliveryEntity => {
      const id = globalThis.crypto.randomUUID();
      return {
        id,
        webhookId,
        lane: 'events',
        sequence: index + 1,
        messageId: id,
        event: 'scan.complete',
        payload: messageOf(id, now),
        status: 'pending',
        attempt: 0,
        nextAttemptAt: now,
        holdsSince: null,
        steppedAsideAt: null,
        leaseToken: 0,
        redeliveryOf: null,
        occurredAt: now,
        createdAt: now,
        updatedAt: now,
      };
    });
    await writer.units.run((tx) => insertRows(tx.manager, WebhookDeliveryEntity, rows));
  }
}

function messageOf(id: string, now: string): string {
  return renderWebhookMessage('generic', {
    id,
    event: 'scan.complete',
    occurred_at: now,
    data: {
      scan_id: id,
      project: 'shop',
      target: '/srv/code/shop',
      url: `https://scan.example.com/scan/${id}`,
      scan_types: ['code', 'dependency', 'iac'],
      scanners_run: ['bandit', 'dockerfile', 'secrets', 'semgrep', 'trivy'],
      scanners_skipped: ['nmap', 'zap'],
      started_at: now,
      completed_at: now,
      duration_s: 12.34,
      scanner_count: 5,
      findings_count: 42,
      severity_counts: { critical: 1, high: 5, medium: 12, low: 20, info: 4 },
      risk_score: 66.4,
    },
  });
}

async function throughput(): Promise<void> {
  let received = 0;
  let firstAt = 0;
  let lastAt = 0;
  const urls: string[] = [];
  for (let index = 0; index < RECEIVERS; index += 1) {
    const url = await receive('well', () => {
      lastAt = performance.now();
      if (received === 0) firstAt = lastAt;
      received += 1;
    });
    urls.push(url);
  }
  const served = await serveScans(async (writer) => {
    await subscribe(writer, urls);
    await enqueue(writer);
  });
  while (received < backlog) await new Promise((resume) => setTimeout(resume, 20));
  const { blockedMs, mostBytes } = await served.report();
  await served.close();
  print({
    receivers: RECEIVERS,
    deliveries: received,
    per_second: Math.round(((received - 1) / (lastAt - firstAt)) * 1000),
    blocked_max_ms: Math.round(blockedMs),
    memory_mb: Math.round(mostBytes / 1e6),
  });
}

async function latency(): Promise<void> {
  const taken: number[] = [];
  const urls: string[] = [];
  for (let index = 0; index < RECEIVERS; index += 1) {
    const manner = index < UNWELL ? 'hanging' : index < 2 * UNWELL ? 'dripping' : 'well';
    const url = await receive(manner, (body) => {
      const { occurred_at: at } = JSON.parse(body) as { occurred_at: string };
      if (manner === 'well') taken.push(Date.now() - Date.parse(at));
    });
    urls.push(url);
  }
  const served = await serveScans((writer) => subscribe(writer, urls));
  for (let n = 0; n < scans; n += 1) {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(SARIF) };
    const asked = await fetch(`${served.url}/api/v1/scans/import?project=shop`, sent);
    if (!asked.ok) throw new Error(`The import was refused: ${await asked.text()}`);
    await asked.arrayBuffer();
  }
  const expected = scans * (RECEIVERS - 2 * UNWELL);
  while (taken.length < expected) await new Promise((resume) => setTimeout(resume, 20));
  await served.close();
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.floor((taken.length - 1) * share)] ?? 0;
  print({
    well: RECEIVERS - 2 * UNWELL,
    hanging: UNWELL,
    dripping: UNWELL,
    deliveries: taken.length,
    p50_ms: at(0.5),
    p95_ms: at(0.95),
    max_ms: at(1),
  });
}

function print(figures: object): void {
  process.stdout.write(`${JSON.stringify({ bench: 'webhooks', ...figures })}\n`);
}

async function run(): Promise<void> {
  process.env['SECURESCAN_SECRET_KEY'] = KEY;
  process.env['SECURESCAN_WEBHOOK_ALLOWED_CIDRS'] = '127.0.0.0/8';
  process.env['SECURESCAN_RATE_LIMIT_ENABLED'] = '0';
  await throughput();
  await latency();
}

void run();
