import type { FindingBody, SbomBody, ScanBody, WebhookCreatedBody } from '@securescan/contracts';
import { randomToken } from '@securescan/testing';
import { setTimeout as pause } from 'node:timers/promises';
import type { RunningServer } from './running-server';

const SCAN_LIMIT_MS = 60_000;
/** A name that nobody can have (RFC 6761). */
const NOWHERE = 'https://receiver.invalid/securescan';
const LOCK = JSON.stringify({
  name: 'shop',
  version: '1.2.0',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop', version: '1.2.0', dependencies: { elm: '1.0.0', oak: '2.0.0' } },
    'node_modules/elm': { version: '1.0.0', license: 'MIT' },
    'node_modules/oak': { version: '2.0.0', license: 'Apache-2.0' },
  },
});

/** What a server holds that every page has something to show of. */
export interface Seed {
  readonly target: string;
  /** Completed scans of one target: between them a key has come, and a base image is pinned. */
  readonly base: ScanBody;
  readonly head: ScanBody;
  readonly baseBill: SbomBody;
  readonly headBill: SbomBody;
  /** Of the worst finding of `head`. */
  readonly fingerprint: string;
  /** A webhook to nowhere: a test of it has failed. */
  readonly webhook: string;
}

/** Scans one tree twice, and changes it in between. Nobody may have to be recognised. */
export async function seed(server: RunningServer): Promise<Seed> {
  server.openGate();
  const target = server.makeTarget('shop', {
    Dockerfile: 'FROM node:latest\nCOPY . .\nCMD ["node", "main.js"]\n',
    'package-lock.json': LOCK,
  });
  const base = await scanned(server, target);
  const key = `AKIA${randomToken(16, 11, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
  server.makeTarget('shop', {
    Dockerfile: 'FROM node:24.1.0-slim\nCOPY . .\nCMD ["node", "main.js"]\n',
    'config/deploy.env': `AWS_ACCESS_KEY_ID=${key}\n`,
    'package-lock.json': LOCK.replaceAll('2.0.0', '2.1.0'),
  });
  const head = await scanned(server, target);
  const [baseBill] = await api<SbomBody[]>(server, `/sbom/scan/${base.id}`);
  const [headBill] = await api<SbomBody[]>(server, `/sbom/scan/${head.id}`);
  const [worst] = await api<FindingBody[]>(server, `/scans/${head.id}/findings?limit=1`);
  if (baseBill === undefined || headBill === undefined || worst === undefined) {
    throw new ReferenceError('A scan brought no bill, or no finding.');
  }
  const receiver = { name: 'builds', url: NOWHERE, event_filter: ['scan.failed'] };
  const webhook = (await api<WebhookCreatedBody>(server, '/webhooks', receiver)).id;
  await api(server, `/webhooks/${webhook}/test`, {});
  return { target, base, head, baseBill, headBill, fingerprint: worst.fingerprint, webhook };
}

/** Every page by a name for files, with an address at which it has something to show. */
export function pagesOf(seeded: Seed): Record<string, string> {
  const { base, head, baseBill, headBill, fingerprint, webhook } = seeded;
  return {
    overview: '/',
    'new-scan': '/scan',
    'scan-detail': `/scan/${head.id}`,
    findings: '/findings',
    finding: `/findings/${fingerprint}`,
    history: '/history',
    diff: `/diff?base=${base.id}&head=${head.id}`,
    notifications: '/notifications',
    sbom: '/sbom',
    'sbom-bill': `/sbom/${headBill.id}`,
    'sbom-diff': `/sbom/diff?base=${baseBill.id}&head=${headBill.id}&kind=changed`,
    compliance: '/compliance',
    scanners: '/scanners',
    'settings-keys': '/settings/keys',
    'settings-webhooks': '/settings/webhooks',
    'settings-webhook': `/settings/webhooks/${webhook}`,
    'not-found': '/nowhere',
  };
}

/** A completed scan of a tree. @param more what else the request holds */
export async function scanned(
  server: RunningServer,
  target: string,
  more: object = {},
): Promise<ScanBody> {
  const { id } = await api<ScanBody>(server, '/scans', { target_path: target, ...more });
  const limit = Date.now() + SCAN_LIMIT_MS;
  while (Date.now() < limit) {
    const scan = await api<ScanBody>(server, `/scans/${id}`);
    if (scan.status === 'completed') return scan;
    if (scan.status === 'failed') throw new ReferenceError(scan.error ?? 'The scan failed.');
    await pause(100);
  }
  throw new ReferenceError('The scan did not end.');
}

/** Asks the API, with `POST` where there is a body. */
export async function api<T>(server: RunningServer, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new ReferenceError(`${path} answered ${String(answer.status)}`);
  return (await answer.json()) as T;
}
