import { OperationalError } from '@securescan/core';
import type { Admission } from '../../ports';
import type { ScannerReport, Unavailable } from '../../scanner';
import { zapScanner } from './scanner';
import { Daemon, inspect, KEY, Refusal, silent, TARGET } from './test/zap-daemon';

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
