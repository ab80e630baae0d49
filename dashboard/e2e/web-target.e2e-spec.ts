import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeWithTool } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 90_000;

describeWithTool(['chromium'], 'a scan of a web application in the browser', () => {
  let server: RunningServer;
  let site: Server;
  let address: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.setHeader('set-cookie', 'basket=canary-of-a-cookie; Path=/');
      response.end('<title>Shop</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/shop`;
    server = await RunningServer.start();
    browser = await launchChromium();
    page = await browser.newPage();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    site.close();
    site.closeAllConnections();
  }, LIMIT_MS);

  it(
    'asks for the address alone, refuses what is not allowed in its place, and shows what it found',
    async () => {
      await page.goto(`${server.address}/scan`);
      for (const name of ['Code', 'Dependencies', 'Infrastructure as code']) {
        await page.getByRole('checkbox', { name, exact: true }).uncheck();
      }
      await page.getByRole('checkbox', { name: 'builtin_dast', exact: true }).press('Space');
      const field = page.getByLabel('Address of the web application');
      await field.waitFor();
      expect(await page.getByLabel('Directory or file').count()).toBe(0);

      const start = page.getByRole('button', { name: 'Start scan' });
      await field.fill('http://203.0.113.7/');
      await start.click();
      await page.getByText('Name the host or its CIDR range').first().waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');

      await field.fill(address);
      await start.click();
      await page.waitForURL(/\/scan\/[0-9a-f-]{36}$/);
      await page.getByRole('heading', { name: address }).waitFor();
      await page.getByRole('button', { name: 'Scripts can read a cookie' }).click();
      await page.getByText('CWE-1004').first().waitFor();
      expect(await page.content()).not.toContain('canary-of-a-cookie');
    },
    LIMIT_MS,
  );
});
