import { OperationalError } from '@securescan/core';
import { aMachine, anInspectContext, reportOf } from '@securescan/testing';
import type { Admission, HttpAnswer, HttpClient } from '../../ports';
import type { ScannerReport, ScanOptions, Unavailable } from '../../scanner';
import { createZapScanner, zapScanner } from './scanner';

const KEY = 'api-key-of-the-test';
const TARGET = 'http://shop.example/start';

/** Polls at once; limits that are never reached unless a test asks for it. */
const TIMING = {
  spider: { pollMs: 1, limitMs: 60_000 },
  active: { pollMs: 1, limitMs: 60_000 },
  passive: { pollMs: 1, limitMs: 60_000 },
  versionMs: 100,
  requestMs: 100,
};

const CANCELLED = new Error('cancelled');

type Answers = Readonly<Record<string, (asked: number, query: URLSearchParams) => unknown>>;

/** A whole answer in place of one with status 200. */
class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {}
}

const alertAt = (url: string, fields: object = {}): object => ({
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
class Daemon implements HttpClient {
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

function inspect(
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

const silent: HttpClient = {
  send: () =>
    Promise.reject(
      new OperationalError('SERVICE_UNAVAILABLE', '127.0.0.1:8090 did not answer: ECONNREFUSED'),
    ),
};

describe('a scan by ZAP', () => {
  it('crawls, waits for the passive rules and takes the alerts', async () => {
    const daemon = new Daemon();
    const report = reportOf(await inspect(daemon));
    expect(daemon.calls).toEqual([
      'core/view/version',
      'core/view/numberOfAlerts',
      'spider/action/setOptionMaxDepth',
      'spider/action/setOptionMaxDuration',
      'spider/action/scan',
      'spider/view/status',
      'spider/view/status',
      'spider/view/status',
      'spider/view/fullResults',
      'pscan/view/recordsToScan',
      'pscan/view/recordsToScan',
      'core/view/alerts',
    ]);
    expect(report.findings).toMatchObject([
      {
        ruleId: 'zap-10021',
        severity: 'low',
        discriminator: 'GET /a',
        metadata: { target_url: TARGET },
      },
    ]);
    expect(report.notes).toEqual(['ZAP 2.16.1 visited 2 addresses']);
  });

  it('attacks where the order says so, and only there', async () => {
    const peaceful = new Daemon();
    await inspect(peaceful, { options: { active: false } });
    expect(peaceful.calls.filter((call) => call.startsWith('ascan'))).toEqual([]);
    const daemon = new Daemon();
    await inspect(daemon, { options: { active: true } });
    expect(daemon.calls.filter((call) => call.startsWith('ascan'))).toEqual([
      'ascan/action/setOptionMaxScanDurationInMins',
      'ascan/action/scan',
      ...Array<string>(4).fill('ascan/view/status'),
    ]);
  });

  it('sends the daemon to the target, within bounds', async () => {
    const seen: Record<string, string> = {};
    const daemon = new Daemon({
      'spider/action/scan': (_asked, query) => {
        Object.assign(seen, Object.fromEntries(query));
        return { scan: '4' };
      },
    });
    await inspect(daemon, { options: { targetUrl: 'http://shop.example/?a=b&c#d' } });
    expect(seen).toEqual({
      url: 'http://shop.example/?a=b&c',
      maxChildren: '200',
      recurse: 'true',
    });
  });

  it('takes the alerts page by page, and none of another origin', async () => {
    const all = Array.from({ length: 1_203 }, (_, index) =>
      alertAt(index % 2 === 0 ? `http://shop.example/${index}` : 'http://shop.example:8080/'),
    );
    const asked: string[] = [];
    const daemon = new Daemon({
      'core/view/alerts': (_asked, query) => {
        const start = Number(query.get('start'));
        asked.push(`${query.get('baseurl') ?? ''} ${start}`);
        return { alerts: all.slice(start - 1, start - 1 + Number(query.get('count'))) };
      },
    });
    const { findings } = reportOf(await inspect(daemon));
    expect(asked).toEqual([1, 501, 1001].map((start) => `http://shop.example ${start}`));
    expect(findings).toHaveLength(602);
    expect(new Set(findings.map(({ discriminator }) => discriminator)).size).toBe(602);
  });

  it('does not ask without end, and says so', async () => {
    const page = Array<object>(500).fill(alertAt('http://shop.example/'));
    const daemon = new Daemon({ 'core/view/alerts': () => ({ alerts: page }) });
    const report = reportOf(await inspect(daemon));
    expect(report.findings).toHaveLength(10_000);
    expect(report.notes.join()).toContain('more alerts than the 10000');
  });

  it('says that some of the alerts may be of yesterday', async () => {
    const daemon = new Daemon({ 'core/view/numberOfAlerts': () => ({ numberOfAlerts: '12' }) });
    const { notes } = reportOf(await inspect(daemon));
    expect(notes[1]).toMatch(/^12 alerts are from before this scan/);
  });

  it('has nothing to do without a URL', async () => {
    const daemon = new Daemon();
    const report = reportOf(await inspect(daemon, { options: { targetUrl: null } }));
    expect([report.findings, daemon.calls]).toEqual([[], []]);
  });
});

describe('a scan by ZAP that ends early', () => {
  const never = { status: '17' };

  it('stops the crawler when its time is up, and takes what there is', async () => {
    const daemon = new Daemon({ 'spider/view/status': () => never });
    const timing = { spider: { pollMs: 1, limitMs: 20 } };
    const report = reportOf(await inspect(daemon, { timing }));
    expect(daemon.count('spider/action/stop')).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.notes.join()).toContain('the crawler was stopped');
  });

  it('stops the attack when its time is up', async () => {
    const daemon = new Daemon({ 'ascan/view/status': () => never });
    const timing = { active: { pollMs: 1, limitMs: 20 } };
    const report = reportOf(await inspect(daemon, { timing, options: { active: true } }));
    expect([daemon.count('spider/action/stop'), daemon.count('ascan/action/stop')]).toEqual([0, 1]);
    expect(report.notes.join()).toContain('the active scan was stopped');
  });

  it('says that pages were left unjudged', async () => {
    const daemon = new Daemon({ 'pscan/view/recordsToScan': () => ({ recordsToScan: '9' }) });
    const report = reportOf(
      await inspect(daemon, { timing: { passive: { pollMs: 1, limitMs: 20 } } }),
    );
    expect(report.notes.join()).toContain('had not judged all pages');
  });

  it.each(['spider', 'ascan'])('stops the daemon when it is cancelled during %s', async (kind) => {
    const cancel = new AbortController();
    const stopped: string[] = [];
    const daemon = new Daemon({
      [`${kind}/view/status`]: () => {
        cancel.abort(CANCELLED);
        return never;
      },
      [`${kind}/action/stop`]: (_asked, query) => stopped.push(query.get('scanId') ?? ''),
    });
    const scan = inspect(daemon, { signal: cancel.signal, options: { active: true } });
    await expect(scan).rejects.toBe(CANCELLED);
    expect(stopped).toEqual([kind === 'spider' ? '4' : '9']);
    expect(daemon.count('core/view/alerts')).toBe(0);
  });

  it('stops what began while it was cancelled', async () => {
    const cancel = new AbortController();
    const daemon = new Daemon({
      'spider/action/scan': () => {
        cancel.abort(CANCELLED);
        return { scan: '4' };
      },
    });
    await expect(inspect(daemon, { signal: cancel.signal })).rejects.toBe(CANCELLED);
    expect(daemon.count('spider/action/stop')).toBe(1);
  });

  it('begins nothing once it is cancelled', async () => {
    const cancel = new AbortController();
    const daemon = new Daemon({
      'spider/action/setOptionMaxDuration': () => {
        cancel.abort(CANCELLED);
        return { Result: 'OK' };
      },
    });
    await expect(inspect(daemon, { signal: cancel.signal })).rejects.toBe(CANCELLED);
    expect(daemon.count('spider/action/scan')).toBe(0);
  });

  it('ends although the daemon does not stop', async () => {
    const daemon = new Daemon({
      'spider/view/status': () => new Refusal(500, 'internal_error'),
      'spider/action/stop': () => new Refusal(500, 'internal_error'),
    });
    await expect(inspect(daemon)).rejects.toThrow('spider/view/status with status 500');
    expect(daemon.count('spider/action/stop')).toBe(1);
  });
});

describe('a ZAP that cannot be used', () => {
  it('is skipped where nobody answers', async () => {
    expect(await inspect(silent)).toEqual({
      unavailable: expect.stringMatching(/ECONNREFUSED.*SECURESCAN_ZAP_ADDRESS.*wrong key/),
      installHint: expect.stringContaining('zap.sh -daemon'),
    });
  });

  it('is skipped where it refuses the key, which is not told', async () => {
    const tools = { zapApiKey: 'another-key', networkTargets: ['shop.example'] };
    const refused = await inspect(new Daemon(), { options: { tools } });
    expect(refused).toMatchObject({
      unavailable: expect.stringContaining('SECURESCAN_ZAP_API_KEY'),
    });
    expect(JSON.stringify(refused)).not.toContain('another-key');
  });

  it('is skipped where its address is none', async () => {
    const tools = { zapAddress: 'localhost:8090', networkTargets: ['shop.example'] };
    expect(await inspect(new Daemon(), { options: { tools } })).toMatchObject({
      unavailable: expect.stringContaining('SECURESCAN_ZAP_ADDRESS'),
    });
  });

  it.each([
    ['a page', '<html>'],
    ['another answer', { version: 7 }],
    ['an error', new Refusal(502, 'bad_gateway')],
  ])('fails where %s answers for it', async (_name, body) => {
    const daemon = new Daemon({ 'core/view/version': () => body });
    await expect(inspect(daemon)).rejects.toBeInstanceOf(OperationalError);
  });

  it.each([
    ['spider/action/scan', { scan: 'x' }],
    ['spider/view/status', { status: '-1' }],
    ['spider/view/fullResults', {}],
    ['pscan/view/recordsToScan', { recordsToScan: null }],
    ['core/view/alerts', { alerts: 'none' }],
    ['core/view/alerts', new Refusal(400, 'bad_api_key')],
  ])('fails where %s is answered with %j', async (path, body) => {
    await expect(inspect(new Daemon({ [path]: () => body }))).rejects.toBeInstanceOf(
      OperationalError,
    );
  });

  it('fails where it could not reach the target, which looks like a clean one', async () => {
    const daemon = new Daemon({
      'spider/view/fullResults': () => ({
        fullResults: [{ urlsInScope: [] }, { urlsIoError: [{ url: TARGET }] }],
      }),
    });
    await expect(inspect(daemon)).rejects.toThrow('could not reach http://shop.example');
  });
});

describe('the target of ZAP', () => {
  const asked = async (
    targetUrl: string,
    networkTargets: readonly string[],
    admission?: Admission,
  ): Promise<{ answer: ScannerReport | Unavailable; calls: readonly string[] }> => {
    const daemon = new Daemon();
    const options = { targetUrl, tools: { zapApiKey: KEY, networkTargets } };
    const answer = await inspect(daemon, { options, ...(admission ? { admission } : {}) });
    return { answer, calls: daemon.calls };
  };

  it('is left alone where the gate refuses it', async () => {
    const { answer, calls } = await asked(TARGET, [], { refused: 'shop.example is not allowed' });
    expect(answer).toMatchObject({
      unavailable: expect.stringMatching(
        /shop\.example is not allowed.*SECURESCAN_NETWORK_TARGETS/,
      ),
    });
    expect(calls).toEqual([]);
  });

  it('has to be named by its name, because ZAP resolves it again', async () => {
    const { answer, calls } = await asked(TARGET, ['192.0.2.0/24']);
    expect(answer).toMatchObject({ unavailable: expect.stringContaining('by its name') });
    expect(calls).toEqual([]);
  });

  it.each(['http://192.0.2.7/', 'http://[2001:db8::7]:8080/', 'http://localhost:3000/'])(
    'may be %s by a range',
    async (url) => {
      const { calls } = await asked(url, ['192.0.2.0/24', '2001:db8::/64', '127.0.0.0/8']);
      expect(calls).toContain('spider/action/scan');
    },
  );

  it.each(['shop.example', 'ftp://shop.example/', 'http://user:secret@shop.example/'])(
    'is not %s',
    async (url) => {
      await expect(asked(url, ['shop.example'])).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
    },
  );
});

describe('the version of ZAP', () => {
  it('is asked of the daemon that the operator named', async () => {
    const version = zapScanner.service?.version;
    const { signal } = new AbortController();
    const options = { semgrepRules: [], tools: { zapApiKey: KEY } };
    expect(await version?.(new Daemon(), options, signal)).toBe('2.16.1');
    await expect(version?.(silent, options, signal)).rejects.toThrow('ZAP does not answer at');
  });
});
