import { OperationalError } from '@securescan/core';
import { aMachine, anInspectContext } from '@securescan/testing';
import type { Admission, HttpAnswer, HttpClient } from '../../../ports';
import type { ScannerReport, ScanOptions, Unavailable } from '../../../scanner';
import { createZapScanner } from '../scanner';

export const KEY = 'api-key-of-the-test';
export const TARGET = 'http://shop.example/start';

/** Polls at once; limits that are never reached unless a test asks for it. */
const TIMING = {
  spider: { pollMs: 1, limitMs: 60_000 },
  active: { pollMs: 1, limitMs: 60_000 },
  passive: { pollMs: 1, limitMs: 60_000 },
  versionMs: 100,
  requestMs: 100,
};

type Answers = Readonly<Record<string, (asked: number, query: URLSearchParams) => unknown>>;

/** A whole answer in place of one with status 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {}
}

export const alertAt = (url: string, fields: object = {}): object => ({
  pluginId: '10021',
  alert: 'A header is missing',
  risk: 'Low',
  confidence: 'Medium',
  description: 'Text.',
  method: 'GET',
  url,
  ...fields,
});

const PEACEFUL: Answers = {
  'core/view/version': () => ({ version: '2.16.1' }),
  'core/view/numberOfAlerts': () => ({ numberOfAlerts: '0' }),
  'spider/action/setOptionMaxDepth': () => ({ Result: 'OK' }),
  'spider/action/setOptionMaxDuration': () => ({ Result: 'OK' }),
  'spider/action/scan': () => ({ scan: '4' }),
  'spider/view/status': (asked) => ({ status: String(Math.min(100, asked * 50)) }),
  'spider/view/fullResults': () => ({
    fullResults: [
      { urlsInScope: [{ url: TARGET }, { url: 'http://shop.example/a' }] },
      { urlsOutOfScope: ['http://elsewhere.example/'] },
      { urlsIoError: [] },
    ],
  }),
  'spider/action/stop': () => ({ Result: 'OK' }),
  'ascan/action/setOptionMaxScanDurationInMins': () => ({ Result: 'OK' }),
  'ascan/action/scan': () => ({ scan: '9' }),
  'ascan/view/status': (asked) => ({ status: String(Math.min(100, asked * 40)) }),
  'ascan/action/stop': () => ({ Result: 'OK' }),
  'pscan/view/recordsToScan': (asked) => ({ recordsToScan: asked === 0 ? '7' : '0' }),
  'core/view/alerts': () => ({ alerts: [alertAt('http://shop.example/a')] }),
};

/** A daemon in memory, which answers by what it was asked how often, and keeps what it was asked. */
export class Daemon implements HttpClient {
  readonly calls: string[] = [];
  private readonly answers: Answers;

  constructor(answers: Answers = {}) {
    this.answers = { ...PEACEFUL, ...answers };
  }

  send(request: Parameters<HttpClient['send']>[0]): Promise<HttpAnswer> {
    return new Promise((resolve) => resolve(this.answerTo(request)));
  }

  private answerTo({ url, headers, signal }: Parameters<HttpClient['send']>[0]): HttpAnswer {
    signal.throwIfAborted();
    const { pathname, searchParams, origin } = new URL(url);
    const path = pathname.replace(/^\/JSON\/|\/$/gu, '');
    const asked = this.count(path);
    this.calls.push(path);
    if (origin !== 'http://127.0.0.1:8090') throw new RangeError(`nobody is at ${origin}`);
    if (headers?.['X-ZAP-API-Key'] !== KEY)
      return answer(400, { code: 'bad_api_key', message: '' });
    const made = this.answers[path]?.(asked, searchParams) ?? new Refusal(400, 'bad_view');
    return made instanceof Refusal ? answer(made.status, { code: made.code }) : answer(200, made);
  }

  count(path: string): number {
    return this.calls.filter((call) => call === path).length;
  }
}

function answer(status: number, body: unknown): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: [], body: text, isBodyCut: false, tls: null };
}

interface Situation {
  readonly options?: Partial<ScanOptions>;
  readonly admission?: Admission;
  readonly timing?: Partial<typeof TIMING>;
  readonly signal?: AbortSignal;
}

export function inspect(
  http: HttpClient,
  { options = {}, admission = { addresses: ['192.0.2.7'] }, timing, signal }: Situation = {},
): Promise<ScannerReport | Unavailable> {
  const tools = { zapApiKey: KEY, networkTargets: ['shop.example'] };
  const context = anInspectContext({
    options: { semgrepRules: [], targetUrl: TARGET, tools, ...options },
    machine: aMachine({ http, network: { admit: () => Promise.resolve(admission) } }),
    ...(signal === undefined ? {} : { signal }),
  });
  return createZapScanner({ ...TIMING, ...timing }).inspect(context);
}

export const silent: HttpClient = {
  send: () =>
    Promise.reject(
      new OperationalError('SERVICE_UNAVAILABLE', '127.0.0.1:8090 did not answer: ECONNREFUSED'),
    ),
};
