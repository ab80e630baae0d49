import { describeWithTool } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 120_000;

describeWithTool(['chromium'], 'a scan with chosen scanners in the browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await launchChromium();
    page = await browser.newPage();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  async function outcomes(): Promise<string[]> {
    const table = page.getByRole('table', { name: 'Scanners of this scan' });
    await table.waitFor();
    return table.locator('tbody td.name .strong').allInnerTexts();
  }

  it(
    'runs two scanners, and the same two when it is scanned again',
    async () => {
      const target = server.makeTarget('shop', { Dockerfile: 'FROM node:latest\n' });
      await page.goto(`${server.address}/scan`);
      await page.getByLabel('Directory or file').fill(target);
      const code = page.getByRole('checkbox', { name: 'Code', exact: true });
      await code.uncheck();
      await page.getByRole('checkbox', { name: 'Dependencies' }).uncheck();
      await page.getByRole('checkbox', { name: 'Infrastructure as code' }).uncheck();
      await page.getByText('Choose at least one scanner.').waitFor();
      expect(await page.getByRole('button', { name: 'Start scan' }).isDisabled()).toBe(true);

      // With the keyboard, as every other box can be.
      await page.getByRole('checkbox', { name: 'secrets', exact: true }).press('Space');
      await page.getByRole('checkbox', { name: 'dockerfile', exact: true }).press('Space');
      expect(await code.evaluate((box) => 'indeterminate' in box && box.indeterminate)).toBe(true);
      const plan = page.getByRole('complementary', { name: 'This scan' });
      expect(await plan.locator('.tag').allInnerTexts()).toEqual(['secrets', 'dockerfile']);
      await plan.getByRole('button', { name: 'Start scan' }).click();

      await page.waitForURL(/\/scan\/[0-9a-f-]{36}$/);
      const first = page.url();
      expect((await outcomes()).sort((a, b) => (a < b ? -1 : 1))).toEqual([
        'dockerfile',
        'secrets',
      ]);
      await page.getByText('only secrets, dockerfile').waitFor();

      await page.getByRole('button', { name: 'Scan again' }).click();
      await page.waitForURL((url) => url.href !== first);
      expect((await outcomes()).sort((a, b) => (a < b ? -1 : 1))).toEqual([
        'dockerfile',
        'secrets',
      ]);
    },
    LIMIT_MS,
  );

  it(
    'says in place what the operator must set before a missing tool can be installed',
    async () => {
      await page.goto(`${server.address}/scan`);
      await page.getByRole('button', { name: 'Install bandit' }).click();
      const notice = page.getByRole('alert').filter({ hasText: 'bandit was not installed' });
      await notice.getByText('SECURESCAN_ALLOW_INSTALL=1').waitFor();
      expect(await notice.innerText()).toContain('INSTALL_NOT_ALLOWED');
    },
    LIMIT_MS,
  );
});
