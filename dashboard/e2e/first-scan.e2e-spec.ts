import { describeWithTool, randomToken } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 120_000;

describeWithTool(['chromium'], 'the first scan in the browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** What the browser complained about, and every request that left the product. */
  let complaints: readonly string[];
  let strangers: string[];

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await launchChromium();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    strangers = [];
    page = await browser.newPage();
    complaints = complaintsOf(page);
    page.on('request', (request) => {
      if (!request.url().startsWith(server.address)) strangers.push(request.url());
    });
  });

  afterEach(async () => {
    await page.close();
  });

  it(
    'goes from an empty overview over live progress to the findings',
    async () => {
      const key = `AKIA${randomToken(16, 11, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
      const target = server.makeTarget('shop', {
        Dockerfile: 'FROM node:latest\nCOPY . .\nCMD ["node", "main.js"]\n',
        'config/deploy.env': `AWS_ACCESS_KEY_ID=${key}\n`,
      });

      await page.goto(server.address);
      await page.getByRole('heading', { name: 'Nothing has been scanned yet' }).waitFor();
      await page.getByRole('link', { name: 'Start the first scan' }).click();
      await page.getByLabel('Directory or file').fill(target);
      await page.getByRole('button', { name: 'Start scan' }).click();

      await page.waitForURL(/\/scan\/[0-9a-f-]{36}$/);
      const progress = page.locator('app-progress-panel');
      await progress.getByText('Live', { exact: true }).waitFor();
      await progress.locator('li.running', { hasText: 'semgrep' }).waitFor();
      await progress.locator('li.completed', { hasText: 'dockerfile' }).waitFor();
      server.openGate();

      const rows = page.locator('app-finding-row');
      await rows.filter({ hasText: 'secrets' }).first().waitFor();
      await progress.waitFor({ state: 'detached' });
      const row = rows.filter({ hasText: 'dockerfile' }).first();
      const button = row.getByRole('button');
      await button.focus();
      await page.keyboard.press('Enter');
      await row.locator('button[aria-expanded="true"]').waitFor();
      await page.getByRole('heading', { name: 'What to do' }).waitFor();
      expect(await page.title()).toContain('shop');
      expect(await page.content()).not.toContain(key);

      expect(complaints).toEqual([]);
      expect(strangers).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'narrows the findings by the address and shows the scan in the history',
    async () => {
      await page.goto(`${server.address}/history`);
      await page.locator('app-scan-table tbody tr a').first().click();
      await page.getByRole('combobox', { name: 'Scanner' }).selectOption('dockerfile');
      await page.waitForURL(/scanner=dockerfile/);
      await page.reload();
      const scanners = page.locator('app-finding-row .scanner');
      await scanners.first().waitFor();
      expect(new Set(await scanners.allInnerTexts())).toEqual(new Set(['dockerfile']));
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'draws how things stand, without a style or a script that the page does not bring itself',
    async () => {
      await page.goto(server.address);
      const chart = page.locator('app-chart-panel', { hasText: 'By scanner' });
      await chart.getByRole('button', { name: 'Table' }).click();
      await chart.getByRole('rowheader', { name: 'dockerfile' }).waitFor();
      await chart.getByRole('button', { name: 'Table' }).click();
      await chart.locator('canvas').waitFor();
      // Something other than nothing is on it: the ground alone is transparent.
      const isDrawn = await chart.locator('canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas
          .getContext('2d')
          ?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        return data.some((value) => value > 0);
      });
      expect(isDrawn).toBe(true);
      expect(complaints).toEqual([]);
      expect(strangers).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'reaches pages, scans and findings by their names, with the keyboard alone',
    async () => {
      await page.goto(server.address);
      await page.getByRole('link', { name: 'View history' }).focus();
      await page.keyboard.press('Control+k');
      const field = page.getByRole('combobox', { name: /^Search pages/ });
      const focused = field.and(page.locator(':focus'));
      await focused.waitFor();
      await page.keyboard.press('Escape');
      await field.waitFor({ state: 'detached' });
      expect(await page.locator(':focus').innerText()).toBe('View history');

      await page.keyboard.press('Control+k');
      await focused.waitFor();
      await page.keyboard.type('latest');
      const hit = page.getByRole('group', { name: 'Findings' }).getByRole('option').first();
      await hit.waitFor();
      while ((await hit.getAttribute('aria-selected')) !== 'true') {
        await page.keyboard.press('ArrowDown');
      }
      expect(await field.getAttribute('aria-activedescendant')).toBe(await hit.getAttribute('id'));
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/findings\/[0-9a-f]{64}$/);

      await page.keyboard.press('Control+k');
      await focused.waitFor();
      await page.keyboard.type('shop completed');
      await page.getByRole('group', { name: 'Scans' }).getByRole('option').waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/scan\/[0-9a-f-]{36}$/);
      await page.locator('main:focus').waitFor();
    },
    LIMIT_MS,
  );

  it(
    'says that the server is gone, and what became of the scan once it is back',
    async () => {
      server.closeGate();
      const target = server.makeTarget('stall', { Dockerfile: 'FROM node:latest\n' });
      await page.goto(`${server.address}/scan`);
      await page.getByLabel('Directory or file').fill(target);
      await page.getByRole('button', { name: 'Start scan' }).click();
      const progress = page.locator('app-progress-panel');
      await progress.locator('li.completed', { hasText: 'dockerfile' }).waitFor();

      await server.crash();
      await progress.getByText(/^Connection lost|^No live connection/).waitFor();
      await progress.locator('li.completed', { hasText: 'dockerfile' }).waitFor();
      await server.resume();
      await page.getByRole('heading', { name: 'The scan failed' }).waitFor();
      await page
        .getByText(/interrupted/i)
        .first()
        .waitFor();
    },
    LIMIT_MS,
  );
});
