import { describeWithTool } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 90_000;

describeWithTool(['chromium'], 'a session of a proxy in the browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let asked: string[];

  beforeAll(async () => {
    server = await RunningServer.start((address) => ({
      SECURESCAN_PUBLIC_URL: address,
      SECURESCAN_SSO_TRUSTED_PROXIES: '127.0.0.1/32',
      SECURESCAN_SSO_GROUP_SCOPES: JSON.stringify({ security: ['read', 'write'] }),
      SECURESCAN_SSO_LOGOUT_URL: '/signed-out',
    }));
    browser = await launchChromium();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  it(
    'needs no key: it starts a scan, follows it live, and ends where the proxy says',
    async () => {
      asked = [];
      // What the proxy adds to every request, event streams too.
      const extraHTTPHeaders = { 'X-Forwarded-User': 'ada', 'X-Forwarded-Groups': 'security' };
      page = await (await browser.newContext({ extraHTTPHeaders })).newPage();
      page.on('request', (request) => asked.push(request.url()));
      const target = server.makeTarget('shop', { Dockerfile: 'FROM node:latest\n' });

      await page.goto(`${server.address}/scan`);
      await page.getByLabel('Directory or file').fill(target);
      await page.getByRole('button', { name: 'Start scan' }).click();
      const progress = page.locator('app-progress-panel');
      await progress.getByText('Live', { exact: true }).waitFor();
      server.openGate();
      await progress.waitFor({ state: 'detached' });
      expect(asked.filter((url) => /event[-_]token/.test(url))).toEqual([]);

      await page.goto(`${server.address}/scanners`);
      await page.getByRole('button', { name: /^Calling as ada/ }).click();
      await page.getByRole('link', { name: 'Log out' }).click();
      await page.waitForURL(`${server.address}/signed-out`);
      expect(await page.evaluate(() => [sessionStorage.length])).toEqual([0]);
    },
    LIMIT_MS,
  );
});
