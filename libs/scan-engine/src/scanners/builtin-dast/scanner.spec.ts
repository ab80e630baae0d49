import { aMachine, anHttpAnswer, anInspectContext, anyText, reportOf } from '@securescan/testing';
import { compareCodePoints } from '@securescan/core';
import fc from 'fast-check';
import type { HttpAnswer, HttpRequest } from '../../ports';
import type { InspectContext, ScannerReport } from '../../scanner';
import { RULE_ID } from '../scanner.contract';
import { builtinDastScanner } from './scanner';
import { shownUrl } from './shown-url';

type Respond = (request: HttpRequest) => Partial<HttpAnswer>;

function context(targetUrl: string, respond: Respond): InspectContext {
  return anInspectContext({
    options: { semgrepRules: [], targetUrl, tools: { networkTargets: ['shop.test'] } },
    machine: aMachine({
      http: { send: (request) => Promise.resolve(anHttpAnswer(respond(request))) },
      network: { admit: () => Promise.resolve({ addresses: ['192.0.2.1'] }) },
    }),
  });
}

const inspect = async (targetUrl: string, respond: Respond): Promise<ScannerReport> =>
  reportOf(await builtinDastScanner.inspect(context(targetUrl, respond)));

const DISCLOSING: HttpAnswer['headers'] = [['server', 'nginx/1.2']];

describe('findings of builtin_dast', () => {
  it('have method, path and name as identity, and the host where it is another one', async () => {
    const { findings } = await inspect('http://shop.test/a?q=1', ({ url }) => {
      const next = {
        'http://shop.test/a?q=1': 'https://shop.test/b?q=2',
        'https://shop.test/b?q=2': 'https://other.test:8443/c?q=3',
      }[url];
      const location = next === undefined ? [] : [['location', next] as const];
      return { status: next === undefined ? 204 : 302, headers: [...DISCLOSING, ...location] };
    });
    const disclosing = findings.filter(({ ruleId }) => ruleId === 'info-disclosure-server');
    expect(disclosing.map(({ discriminator }) => discriminator)).toEqual([
      'GET /a server',
      'GET /b server',
      'GET //other.test:8443/c server',
    ]);
    for (const finding of findings) {
      expect(finding).toMatchObject({ filePath: null, lineStart: null, lineEnd: null });
      expect(finding.metadata['target_url']).toBe('http://shop.test/a?q=…');
    }
  });

  it('are one where http and https of a path have the same defect', async () => {
    const { findings } = await inspect('http://shop.test/', ({ url }) => ({
      status: url.startsWith('https') ? 204 : 301,
      headers: [...DISCLOSING, ['location', 'https://shop.test/']],
    }));
    const disclosing = findings.filter(({ ruleId }) => ruleId === 'info-disclosure-server');
    expect(disclosing.map(({ metadata }) => metadata['urls'])).toEqual([
      ['http://shop.test/', 'https://shop.test/'],
    ]);
  });

  it('show of an address no user, no password, no value of its query and no fragment', () => {
    const url = new URL('https://anna:pass@shop.test/a?token=abc&x=1&x=2#part');
    expect(shownUrl(url)).toBe('https://shop.test/a?token=…&x=…');
    expect(shownUrl(new URL(`https://shop.test/${'a'.repeat(900)}`))).toHaveLength(300);
  });

  it('have an id, an identity, a CWE, references and a remediation, whatever was answered', async () => {
    const name = fc.constantFrom(
      'access-control-allow-credentials',
      'access-control-allow-origin',
      'content-encoding',
      'content-security-policy',
      'content-type',
      'location',
      'permissions-policy',
      'referrer-policy',
      'server',
      'set-cookie',
      'strict-transport-security',
      'x-content-type-options',
      'x-frame-options',
    );
    const value = fc.oneof(anyText(), fc.constantFrom('*', 'null', 'true', 'text/html', '/next'));
    const answer = fc.record({
      status: fc.constantFrom(200, 204, 301, 302, 404, 700),
      headers: fc.array(fc.tuple(name, value)),
      body: anyText(),
      isBodyCut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1 }), async (answers) => {
        let asked = 0;
        const { findings, notes } = await inspect('https://shop.test/', () => {
          asked += 1;
          return answers[asked % answers.length] ?? {};
        });
        expect(asked).toBeLessThanOrEqual(12);
        expect(notes.length).toBeGreaterThan(0);
        for (const finding of findings) {
          expect(finding.ruleId).toMatch(RULE_ID);
          expect(finding.discriminator).toMatch(/^(?:GET|TLS) /u);
          expect(finding.cwe).toMatch(/^CWE-\d+$/u);
          expect(finding.remediation).not.toBe('');
          expect(finding.metadata['references']).not.toEqual([]);
        }
        const identities = findings.map((one) => `${one.ruleId} ${one.discriminator ?? ''}`);
        expect(new Set(identities).size).toBe(identities.length);
      }),
    );
  });

  it('come from rules that the digest covers, none twice', () => {
    const texts = JSON.stringify(builtinDastScanner.rules);
    const ids = Array.from(texts.matchAll(/"id":"([^"]+)"/gu), ([, id]) => id ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(RULE_ID);
    expect([...ids].sort(compareCodePoints)).toEqual(
      expect.arrayContaining([
        'cookie-missing-httponly',
        'cookie-missing-secure',
        'info-disclosure-server',
        'info-disclosure-x-powered-by',
        'missing-header-content-security-policy',
        'missing-header-permissions-policy',
        'missing-header-referrer-policy',
        'missing-header-strict-transport-security',
        'missing-header-x-content-type-options',
        'missing-header-x-frame-options',
      ]),
    );
  });
});
