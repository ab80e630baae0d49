import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { DEFAULT_CIPHERS } from 'node:tls';
import { SCANNERS, type BuiltinScanner, type ScannerReport } from '@securescan/scan-engine';
import {
  aMachine,
  anInspectContext,
  describeWithTool,
  expectGolden,
  reportOf,
} from '@securescan/testing';
import { NodeHttpClient } from '../src/http-client';
import { openNetworkGate } from '../src/network-gate';
import { inDays, TestAuthority, type CertificateWish } from './certificates';
import { correctSite, defectiveSite, SESSION, TOKEN, type Doors } from './dast-sites';
import { closeAll, listen } from './servers';

const scanner = SCANNERS.find(({ name }) => name === 'builtin_dast') as BuiltinScanner;
const SHOP = { names: 'DNS:shop.test' };

describeWithTool(['openssl'], 'builtin_dast over a real site', () => {
  const servers: Server[] = [];
  let authority: TestAuthority;

  beforeAll(() => {
    authority = new TestAuthority();
  });
  afterEach(() => closeAll(servers));
  afterAll(() => authority.close());

  async function open(
    site: (doors: () => Doors) => { http: RequestListener; https: RequestListener },
    tls: ServerOptions = authority.issue(SHOP),
  ): Promise<Doors> {
    let doors: Doors = { http: 0, https: 0 };
    const { http, https } = site(() => doors);
    doors = {
      http: await listen(servers, createHttpServer(http)),
      https: await listen(servers, createHttpsServer(tls, https)),
    };
    return doors;
  }

  async function scan(
    targetUrl: string,
    http = new NodeHttpClient([authority.cert]),
  ): Promise<ScannerReport> {
    const network = openNetworkGate(() => Promise.resolve(['127.0.0.1']));
    const options = { semgrepRules: [], targetUrl, tools: { networkTargets: ['shop.test'] } };
    const context = anInspectContext({ machine: aMachine({ http, network }), options });
    return reportOf(await scanner.inspect(context));
  }

  const targetsOf = ({ http, https }: Doors): string[] => [
    `http://shop.test:${http}/`,
    `http://shop.test:${http}/plain`,
    `https://shop.test:${https}/bare`,
    `https://shop.test:${https}/frames`,
    `https://shop.test:${https}/down`,
  ];

  it('finds every defect', async () => {
    const doors = await open(defectiveSite);
    const reports: unknown[] = [];
    for (const target of targetsOf(doors)) reports.push(await scan(target));
    const text = JSON.stringify(reports, null, 2)
      .replaceAll(`:${doors.http}`, ':<http>')
      .replaceAll(`:${doors.https}`, ':<https>')
      .replaceAll(/"valid_to": ".*"/gu, '"valid_to": "<date>"');
    expectGolden(join(__dirname, '__goldens__', 'dast-defects.json'), `${text}\n`);
    expect(text).not.toContain(SESSION);
    expect(text).not.toContain(TOKEN);
  });

  it('finds nothing in the correct twin', async () => {
    const doors = await open(correctSite);
    const targets = [...targetsOf(doors), `https://shop.test:${doors.https}/data`];
    for (const target of targets) {
      const { findings, notes } = await scan(target);
      expect(findings.map(({ ruleId, discriminator }) => [ruleId, discriminator])).toEqual([]);
      expect(notes).toEqual([expect.stringMatching(/^requested https?:.* \(\d hops?\)$/u)]);
    }
  });

  it('gives the same identities for the same site on another run', async () => {
    const doors = await open(defectiveSite);
    const target = `https://shop.test:${doors.https}/bare`;
    expect((await scan(`${target}?q=1`)).findings.map((one) => one.discriminator)).toEqual(
      (await scan(`${target}?q=2#x`)).findings.map((one) => one.discriminator),
    );
  });

  const OLD_TLS = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;

  it.each<[string, CertificateWish, ServerOptions, string[]]>([
    [
      'that has expired',
      { ...SHOP, from: '20200101000000Z', until: '20210101000000Z' },
      {},
      ['high tls-certificate-expired'],
    ],
    [
      'that does not hold yet',
      { ...SHOP, from: inDays(30), until: inDays(60) },
      {},
      ['high tls-certificate-not-yet-valid'],
    ],
    [
      'that signs itself',
      { ...SHOP, isSelfSigned: true },
      {},
      ['high tls-certificate-self-signed'],
    ],
    ['of another name', { names: 'DNS:other.test' }, {}, ['high tls-certificate-wrong-name']],
    ['that ends soon', { ...SHOP, until: inDays(13.5) }, {}, ['low tls-certificate-expires-soon']],
    ['that ends later', { ...SHOP, until: inDays(14.5) }, {}, []],
    ['with a short key', { ...SHOP, rsaBits: 1024 }, {}, ['medium tls-certificate-weak-key']],
    ['over TLS 1.1', SHOP, OLD_TLS, ['medium tls-old-protocol']],
  ])('judges a certificate %s, and the page beside it', async (_, wish, options, expected) => {
    const ciphers = `${DEFAULT_CIPHERS}:@SECLEVEL=0`;
    const tls = { ...authority.issue(wish), ciphers, ...options };
    const { https } = await open(correctSite, tls);
    const { findings, notes } = await scan(`https://shop.test:${https}/bare`);
    expect(findings.map(({ severity, ruleId }) => `${severity} ${ruleId}`)).toEqual(expected);
    expect(notes[0]).toBe(`requested https://shop.test:${https}/bare (1 hop)`);
  });

  it('knows no issuer but those of the machine', async () => {
    const { https } = await open(correctSite);
    const { findings } = await scan(`https://shop.test:${https}/bare`, new NodeHttpClient());
    expect(findings).toMatchObject([
      { ruleId: 'tls-certificate-unknown-issuer', discriminator: 'TLS certificate' },
    ]);
  });
});
