import { randomToken } from '@securescan/testing';
import {
  completedText,
  failedScannersText,
  failedText,
  lapsedText,
  nameText,
  regressedText,
} from './notification-texts';

const scan = { isImport: false, target: '/srv/shop', findingsCount: 12 };
const nothingNew = { new: 0, newCritical: 0, among: null };

describe('a completed scan', () => {
  it.each([
    [1, nothingNew, 'info', '1 finding on /srv/shop: nothing new.'],
    [12, { ...nothingNew, new: 1 }, 'warning', '12 findings on /srv/shop: 1 new.'],
    [
      12,
      { new: 3, newCritical: 1, among: null },
      'error',
      '12 findings on /srv/shop: 3 new, 1 critical.',
    ],
    [
      54321,
      { ...nothingNew, among: 1000 },
      'warning',
      '54,321 findings on /srv/shop: nothing new among the 1,000 most severe.',
    ],
  ])('with %d findings, of which %j, is told as %s', (findingsCount, novelty, severity, body) => {
    expect(completedText({ ...scan, findingsCount, novelty })).toEqual({
      type: 'scan.complete',
      title: 'Scan complete',
      severity,
      body,
    });
  });

  it('of the machine itself names no target, and an import is called one', () => {
    const text = completedText({ ...scan, isImport: true, target: '', novelty: nothingNew });
    expect(text).toMatchObject({ title: 'Import complete', body: '12 findings: nothing new.' });
  });

  it('keeps the end of a long target, and only what a screen shows of a hostile one', () => {
    const target = `/${'deep/'.repeat(100)}shop\n\u202egnp.<b>\u001b[31m`;
    const { body } = completedText({ ...scan, target, novelty: nothingNew });
    expect(body).toMatch(/^12 findings on ….*\/shop gnp\.<b> \[31m: nothing new\.$/);
    expect(body?.length).toBeLessThan(250);
  });
});

describe('a failed scan', () => {
  it('tells its reason, cut, and no secret of it', () => {
    const secret = `ghp_${randomToken(36, 4)}`;
    expect(failedText('/srv/shop', `no ${secret} here`).body).not.toContain(secret);
    const { body, severity } = failedText('/srv/shop', 'x'.repeat(2000));
    expect(body).toBe(`/srv/shop: ${'x'.repeat(199)}…`);
    expect(severity).toBe('error');
    expect(failedText('', '').body).toBeNull();
  });
});

describe('scanners that failed', () => {
  const failed = (scanner: string) => ({ scanner, status: 'failed' as const, reason: 'exit 2' });

  it('are named one by one up to three, and then counted', () => {
    const slow = { scanner: 'trivy', status: 'timed_out' as const, reason: 'y'.repeat(300) };
    expect(failedScannersText('/srv/shop', [slow])).toMatchObject({
      title: 'Scanner failed',
      body: `trivy timed out on /srv/shop: ${'y'.repeat(99)}…`,
    });
    const five = [slow, ...['a', 'b', 'c', 'd'].map(failed)];
    expect(failedScannersText('/srv/shop', five)).toEqual({
      type: 'scanner.failed',
      severity: 'warning',
      title: '5 scanners failed',
      body: 'trivy timed out, a failed, b failed and 2 more on /srv/shop',
    });
  });
});

it('counts verdicts and findings in the singular and the plural', () => {
  expect(lapsedText(1, ['a'], false)).toMatchObject({
    title: 'A verdict has lapsed',
    body: 'a',
    severity: 'info',
  });
  expect(lapsedText(1203, ['a', 'b', 'c'], true)).toMatchObject({
    title: '1,203 verdicts have lapsed',
    body: 'a, b, c and 1,200 more',
    severity: 'warning',
  });
  expect(regressedText(1, ['a'], false)).toMatchObject({
    title: 'A fixed finding is back',
    severity: 'warning',
  });
  expect(regressedText(2, ['a', 'b'], true)).toMatchObject({
    title: '2 fixed findings are back',
    body: 'a, b',
    severity: 'error',
  });
});

it('cuts names without halving a character', () => {
  expect(nameText(`${'a'.repeat(118)}\u{1f600}\u{1f600}`).isWellFormed()).toBe(true);
});
