import { reportOf } from '@securescan/testing';
import { alertAt, Daemon, inspect, Refusal, TARGET } from './test/zap-daemon';

const CANCELLED = new Error('cancelled');

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
