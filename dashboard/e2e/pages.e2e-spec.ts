import type { UnreadCountBody } from '@securescan/contracts';
import { describeWithTool } from '@securescan/testing';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { complaintsOf, launchChromium } from './chromium';
import { RunningServer } from './running-server';
import { type Seed, api, seed } from './seeded-pages';

const LIMIT_MS = 120_000;
/** What a linter found in a file, as a SARIF log. */
const REPORT = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'lint' } },
      results: [
        {
          ruleId: 'loose',
          message: { text: 'A loose end' },
          locations: [
            { physicalLocation: { artifactLocation: { uri: 'a.ts' }, region: { startLine: 1 } } },
          ],
        },
      ],
    },
  ],
};

describeWithTool(['chromium'], 'the pages beside the findings', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let seeded: Seed;
  let complaints: readonly string[];

  beforeAll(async () => {
    server = await RunningServer.start({ SECURESCAN_RATE_LIMIT_BURST: '100' });
    browser = await launchChromium();
    seeded = await seed(server);
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    page = await browser.newPage();
    complaints = complaintsOf(page);
  });

  afterEach(async () => {
    await page.close();
  });

  async function revoke(key: string): Promise<void> {
    await page.getByRole('button', { name: `Actions on the key ${key}` }).click();
    await page.getByRole('menuitem', { name: 'Revoke…' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  }

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
    'lead from a framework over a control to the findings that speak against it',
    async () => {
      await page.goto(`${server.address}/compliance`);
      const framework = page.getByRole('button', { name: /^PCI DSS/ });
      await framework.click();
      await page.waitForURL(/framework=pci-dss/);
      expect(await framework.getAttribute('aria-pressed')).toBe('true');
      await page.getByRole('radio', { name: /^violated/ }).press('Space');
      await page.waitForURL(/state=violated/);
      await page.reload();
      const controls = page.getByRole('table', { name: 'Controls of PCI DSS' });
      const against = controls.getByRole('link', { name: /findings? about/ }).first();
      await against.waitFor();
      expect(new Set(await controls.locator('.state').allInnerTexts())).toEqual(
        new Set(['violated']),
      );
      const count = await against.innerText();
      await against.click();
      await page.waitForURL(/\/findings\?compliance=pci/i);
      await page.locator('app-finding-row').first().waitFor();
      expect(await page.locator('app-finding-row').count()).toBe(Number(count));

      await page.goto(`${server.address}/compliance?scan=${seeded.head.id}&state=violated`);
      await controls.or(page.getByRole('table')).getByRole('link').first().click();
      await page.waitForURL(new RegExp(`/scan/${seeded.head.id}\\?compliance=`));
      await page.locator('app-finding-row').first().waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'tell what has happened, with the bell and the list of one mind about what is read',
    async () => {
      for (let number = 0; number < 26; number += 1) {
        await api(server, `/scans/import?project=lint-${number}`, REPORT);
      }
      const { count: total } = await api<UnreadCountBody>(server, '/notifications/unread-count');
      await page.goto(`${server.address}/notifications`);
      const bell = (count: number | string) =>
        page.getByRole('button', { name: `Notifications, ${count} unread`, exact: true });
      const shown = (words: string) => page.getByText(words, { exact: true }).waitFor();
      const entries = page.locator('main li');
      await shown(`25 of ${total}`);
      await page.getByRole('button', { name: 'Show more' }).press('Enter');
      await shown(`${total} of ${total}`);
      expect(await entries.count()).toBe(total);

      await entries.first().getByRole('button').click();
      await bell(total - 1).click();
      const card = page.locator('app-bell section');
      await card.locator('li').nth(9).waitFor();
      expect(await card.locator('li.unread').count()).toBe(9);
      await card.locator('li.unread').first().getByRole('button').click();
      await bell(total - 2).waitFor();
      await entries.nth(1).getByText('read just now').waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('radio', { name: /^Unread/ }).press('Space');
      await page.waitForURL(/show=unread/);
      await shown(`25 of ${total - 2}`);
      const kind = page.getByRole('combobox', { name: 'Kind' });
      await kind.selectOption('webhook.disabled');
      await page.getByRole('heading', { name: 'Nothing of this kind' }).waitFor();
      await page.reload();
      await kind.selectOption('');
      await entries.first().getByRole('link').click();
      await page.waitForURL(/\/scan\//);
      await bell(total - 3).waitFor();
      await page.goBack();
      await shown(`25 of ${total - 3}`);

      await bell(total - 3).click();
      await card.getByRole('button', { name: 'Mark all read' }).click();
      await page.getByRole('heading', { name: 'Everything is read' }).waitFor();
      await bell('none').waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'make the first key, use it, show it once, let another one go, and not the last one',
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

      await revoke('operator');
      await page.getByText('The key was not revoked').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('this tab', { exact: true }).waitFor();

      await page.getByRole('button', { name: 'New key' }).click();
      await page.getByRole('button', { name: 'Make the key' }).click();
      await page.getByText('Give it a name.').waitFor();
      await page.getByLabel('Name').fill('pipeline');
      await page.getByRole('checkbox', { name: 'write' }).check();
      await page.getByRole('button', { name: 'Make the key' }).click();
      const headers = { 'X-API-Key': await field.inputValue() };
      await page.getByRole('button', { name: 'I have kept it' }).click();
      const row = page.locator('tbody tr', { hasText: 'pipeline' });
      expect(await row.locator('.tag').allInnerTexts()).toEqual(['read', 'write']);
      const status = async () =>
        (await fetch(`${server.address}/api/v1/scans`, { headers })).status;
      expect(await status()).toBe(200);
      await revoke('pipeline');
      await row.getByText('revoked').waitFor();
      expect(await status()).toBe(401);
    },
    LIMIT_MS,
  );
});
