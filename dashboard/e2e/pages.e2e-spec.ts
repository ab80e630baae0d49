import { describeWithTool, findOnPath } from '@securescan/testing';
import { readFileSync } from 'node:fs';
import { type Browser, type Page, chromium } from 'playwright-core';
import { RunningServer } from './running-server';
import { type Seed, seed } from './seeded-pages';

const LIMIT_MS = 120_000;

describeWithTool(['chromium'], 'the pages beside the findings', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let seeded: Seed;
  let complaints: string[];

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await chromium.launch({
      executablePath: findOnPath('chromium') ?? 'chromium',
      args: ['--no-sandbox'],
    });
    seeded = await seed(server);
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });

  afterEach(async () => {
    await page.close();
  });

  it(
    'lead from the history, narrowed by the address, to what changed, and to documents of it',
    async () => {
      await page.goto(`${server.address}/history?status=failed`);
      await page.getByRole('heading', { name: 'No scan is like that' }).waitFor();
      await page.getByRole('button', { name: 'Show all scans' }).click();
      await page.waitForURL(`${server.address}/history`);
      await page.getByRole('button', { name: 'Risk' }).click();
      await page.waitForURL(`${server.address}/history?sort=highest_risk`);
      const heads = page.getByRole('columnheader', { name: 'Risk' });
      await expect(heads.getAttribute('aria-sort')).resolves.toBe('descending');
      await page.getByLabel('Target, project, or the id').fill('no such place');
      await page.keyboard.press('Enter');
      await page.getByText('Looked for scans named like no such place').waitFor();
      await page.getByRole('button', { name: 'Show all scans' }).click();
      const links = page.locator('app-scan-table td.target a');
      await links.nth(1).waitFor();
      await links.first().focus();
      await page.keyboard.press('ArrowDown');
      const focused = links.nth(1).and(page.locator(':focus'));
      await focused.waitFor();

      await page.locator('app-scan-table app-menu button').first().click();
      await page.getByRole('menuitem', { name: 'Compare with…' }).click();
      await page.getByRole('button', { name: /as Base$/ }).click();
      await page.getByRole('searchbox').fill('shop');
      const choices = page.locator('app-scan-picker .choice');
      await choices.first().waitFor();
      await page.keyboard.press('ArrowDown');
      await choices.first().and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/base=/);
      const rows = page.locator('app-difference-table tbody tr');
      await rows.filter({ hasText: 'config/deploy.env' }).waitFor();
      await page.getByRole('tab', { name: /^Fixed/ }).click();
      await rows.filter({ hasText: 'Dockerfile' }).first().waitFor();

      await page.getByRole('button', { name: 'Download the comparison' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'SARIF' }).click(),
      ]);
      expect(readFileSync(await download.path(), 'utf8')).toContain('"baselineState"');
      expect(download.suggestedFilename()).toMatch(/\.sarif(\.json)?$/);

      await page.goto(`${server.address}/sbom/${seeded.headBill.id}`);
      await page.getByRole('searchbox').fill('APACHE');
      await page.waitForURL(/q=APACHE/);
      await page.getByText('1 to 1 of 1').waitFor();
      expect(await page.locator('td.name').allInnerTexts()).toEqual(['oak']);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'make the first key, use it, show it once, and do not let the last one go',
    async () => {
      await page.goto(`${server.address}/settings/keys`);
      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByLabel('Name').fill('operator');
      await page.getByRole('button', { name: 'Make the key' }).click();
      const field = page.getByLabel('The key', { exact: true });
      const key = await field.inputValue();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Show it again' }).click();
      expect(await field.inputValue()).toBe(key);
      await page.getByRole('button', { name: 'I have kept it' }).click();
      await page.getByText('this tab', { exact: true }).waitFor();
      expect((await fetch(`${server.address}/api/v1/scans`)).status).toBe(401);
      expect(await page.content()).not.toContain(key);

      await page.getByRole('button', { name: 'Actions on the key operator' }).click();
      await page.getByRole('menuitem', { name: 'Revoke…' }).click();
      await page.getByRole('button', { name: 'Revoke', exact: true }).click();
      await page.getByText('The key was not revoked').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('this tab', { exact: true }).waitFor();
    },
    LIMIT_MS,
  );
});
