import { randomToken } from '@securescan/testing';
import { describeParserContract } from '../parser.contract';
import { ScannerOutputError } from '../scanner-output.errors';
import { parseZap } from './alerts';

describeParserContract('zap', parseZap, { subject: 'http://shop.example/' });

type Finding = ReturnType<typeof parseZap>['findings'][number];

const LIVE = {
  pluginId: '10038',
  alert: 'A header is missing',
  risk: 'Medium',
  confidence: 'High',
  description: 'Text.',
  url: 'http://shop.example/a?b=1',
  method: 'GET',
  param: 'p',
  cweid: '693',
  wascid: '15',
};

function live(fields: Readonly<Record<string, string | undefined>> = {}): Finding | undefined {
  return parseZap(JSON.stringify({ alerts: [{ ...LIVE, ...fields }] }), 'http://shop.example/')
    .findings[0];
}

describe('an alert of ZAP', () => {
  it.each([
    ['High', 'high'],
    ['Medium', 'medium'],
    ['Low', 'low'],
    ['Informational', 'info'],
  ])('of risk %s is %s', (risk, severity) => {
    expect(live({ risk })?.severity).toBe(severity);
  });

  it('is not read where its risk is a word of nobody', () => {
    expect(() => live({ risk: 'Terrible' })).toThrow(ScannerOutputError);
    expect(() => live({ risk: undefined })).toThrow(ScannerOutputError);
  });

  it('is left out where somebody called it a false positive', () => {
    expect(live({ confidence: 'False Positive' })).toBeUndefined();
  });

  it('has an identity of method, path and parameter', () => {
    expect(live()?.discriminator).toBe('GET /a p');
    const moved = live({ url: 'http://shop.example/a;jsessionid=1F?b=2', evidence: 'other' });
    expect(moved?.discriminator).toBe('GET /a p');
    expect(live({ method: 'POST' })?.discriminator).toBe('POST /a p');
  });

  it('is told apart from what the same rule finds at the same place', () => {
    expect(live({ alertRef: '10038-2' })?.discriminator).toBe('GET /a p 10038-2');
    expect(live({ alertRef: '10038' })?.discriminator).toBe('GET /a p');
    expect(live({ pluginId: '-1' })).toMatchObject({
      ruleId: 'zap-unknown',
      discriminator: 'GET /a p A header is missing',
    });
  });

  it('shows nothing of what it found where that is a secret', () => {
    const secret = randomToken(32, 7);
    const url = `http://shop.example/a;sid=${secret}?token=${secret}`;
    for (const pluginId of ['3', '10024', '10062', '10097', '10112']) {
      const finding = live({ pluginId, url, evidence: secret });
      expect(finding?.metadata['url']).toBe('http://shop.example/a');
      expect(JSON.stringify(finding)).not.toContain(secret.slice(0, 8));
    }
    expect(JSON.stringify(live({ url }))).toContain(secret);
  });

  it.each([
    ['Set-Cookie: sid=SECRET; Path=/', 'Set-Cookie: sid'],
    ['Cookie: sid=SECRET', 'Cookie: sid'],
    ['Authorization: Basic SECRET', 'Authorization:'],
    ['Set-Cookie: sid', 'Set-Cookie: sid'],
    ['<form action="/login">', '<form action="/login">'],
  ])('gives %j as evidence without its value', (evidence, shown) => {
    expect(live({ evidence })?.metadata['evidence']).toBe(shown);
  });

  it('keeps no more of a text than a finding can show', () => {
    const long = 'x'.repeat(100_000);
    const texts = { description: long, solution: long, evidence: long, param: long, url: long };
    const finding = live({ ...texts, alert: long, reference: `https://${long}` });
    expect(JSON.stringify(finding).length).toBeLessThan(15_000);
  });
});
