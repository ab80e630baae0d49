import type { FindingVerdictsBody, FindingWithStateBody } from '@securescan/contracts';
import { describeWithTool } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { violationsOf } from './axe';
import { complaintsOf, launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 60_000;
const DOCKERFILES = 6;

describeWithTool(['chromium'], 'findings in the browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let scanId: string;
  let project: string;
  let complaints: readonly string[];

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await launchChromium();
    const files = Array.from({ length: DOCKERFILES }, (_, number) => [
      `service-${number}/Dockerfile`,
      'FROM node:latest\nCOPY . .\nCMD ["node", "main.js"]\n',
    ]);
    const target = server.makeTarget('shop', Object.fromEntries(files));
    scanId = await finishedScan(target);
    project = (await ask<{ project: string }>(`/api/v1/scans/${scanId}`)).project;
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

  async function ask<T>(path: string, body?: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const post = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await fetch(server.address + path, body === undefined ? {} : post);
    expect([path, answer.ok]).toEqual([path, true]);
    return (await answer.json()) as T;
  }

  async function finishedScan(target: string): Promise<string> {
    const request = { target_path: target, scanners: ['dockerfile'] };
    const { id } = await ask<{ id: string }>('/api/v1/scans', request);
    for (;;) {
      const { status } = await ask<{ status: string }>(`/api/v1/scans/${id}`);
      if (status === 'completed') return id;
      expect(status).not.toBe('failed');
    }
  }

  async function findings(): Promise<FindingWithStateBody[]> {
    return ask(`/api/v1/scans/${scanId}/findings?limit=200`);
  }

  async function verdictsOn(fingerprint: string): Promise<FindingVerdictsBody> {
    const query = new URLSearchParams({ project }).toString();
    return ask(`/api/v1/findings/${fingerprint}/state?${query}`);
  }

  const rows = () => page.locator('app-finding-row');
  const row = (number: number) => rows().nth(number);
  const verdict = (number: number) => row(number).locator('.verdict .pill');
  const focused = () => page.locator('app-finding-row:has(button:focus)');

  async function openScan(query = ''): Promise<void> {
    await page.goto(`${server.address}/scan/${scanId}${query}`);
    await row(0).waitFor();
  }

  it(
    'are decided about by keyboard alone, and what was before comes back',
    async () => {
      const [, second] = await findings();
      await openScan();
      await page.keyboard.press('j');
      await focused().and(row(1)).waitFor();
      await page.keyboard.press('a');
      await verdict(1).getByText('Accepted risk').waitFor();
      await page.getByRole('button', { name: 'Undo' }).waitFor();
      expect(await verdictsOn(second!.fingerprint)).toMatchObject({
        everywhere: null,
        in_project: { status: 'accepted_risk', project },
      });
      await page.getByRole('button', { name: 'Show dismissed' }).waitFor();
      expect(await page.locator('.hidden').innerText()).toMatch(/^1 dismissed hidden/);

      await page.keyboard.press('u');
      await verdict(1).getByText('New').waitFor();
      await page.getByText('Former verdict restored').waitFor();
      expect(await verdictsOn(second!.fingerprint)).toMatchObject({
        state: null,
        in_project: null,
      });

      await page.keyboard.press('o');
      await row(1).locator('[aria-expanded="true"]').waitFor();
      await page.keyboard.press('e');
      await page.locator('app-verdict-fields select:focus').first().waitFor();
      // In a field letters are letters.
      await page.getByLabel('Note').focus();
      await page.keyboard.type('jk a note');
      expect(await page.getByLabel('Note').inputValue()).toBe('jk a note');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys for findings' }).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await page.locator('input[type=search]:focus').waitFor();
      await page.keyboard.type('service-3');
      await page.waitForURL(/q=service-3/);
      await rows().filter({ hasText: 'service-3' }).first().waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'are decided about many at a time, after the server has said what changes, and undone',
    async () => {
      const before = await findings();
      const chosen = new Set(before.slice(0, 3).map(({ fingerprint }) => fingerprint)).size;
      await openScan();
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Shift+X');
      await page.getByText(`${chosen} selected`).waitFor();
      await page.keyboard.press('w');
      const dialog = page.getByRole('dialog', { name: /Decide about/ });
      await dialog.getByText(`${chosen} of ${chosen} verdicts change`).waitFor();
      expect((await verdictsOn(before[0]!.fingerprint)).state).toBeNull();
      await dialog.getByLabel('Note').fill('Only the tests use it');
      await dialog.getByRole('button', { name: /^Won't fix for/ }).click();
      await dialog.waitFor({ state: 'detached' });
      await verdict(2).getByText("Won't fix").waitFor();
      const decided = (await findings()).map(({ state }) => state?.status ?? 'new');
      expect(decided.slice(0, 4)).toEqual(['wont_fix', 'wont_fix', 'wont_fix', 'new']);

      await page.getByRole('button', { name: 'Undo' }).click();
      await verdict(2).getByText('New').waitFor();
      await page.getByText('Former verdict restored').waitFor();
      expect((await findings()).map(({ state }) => state)).toEqual(
        before.map(({ state }) => state),
      );
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'show what was before where the server refuses a verdict, and why',
    async () => {
      await openScan();
      await row(0).click();
      const fields = page.locator('app-finding-panel app-verdict-fields');
      await fields.getByLabel('Verdict').selectOption('accepted_risk');
      await fields.getByLabel('Last day').fill('2020-01-01');
      await page.getByRole('button', { name: 'Save verdict' }).click();
      const message = page.getByRole('status', { name: 'Messages' });
      await message.getByText('The verdict was not changed').waitFor();
      expect(await message.innerText()).toMatch(/until must lie in the future[^]*request \S+/);
      expect(await verdict(0).innerText()).toBe('New');
      // What was written is still there.
      expect(await fields.getByLabel('Verdict').inputValue()).toBe('accepted_risk');
    },
    LIMIT_MS,
  );

  it(
    'have an address of their own, with every place, what people say, and nothing that axe minds',
    async () => {
      const [first] = await findings();
      const { fingerprint } = first!;
      await openScan(`?finding=${fingerprint}`);
      await row(0).locator('[aria-expanded="true"]').waitFor();
      await page.locator('app-place-list li').first().waitFor();
      expect(await violationsOf(page)).toEqual([]);

      await page.getByRole('link', { name: 'Page of this finding' }).click();
      await page.waitForURL(`${server.address}/findings/${fingerprint}`);
      await page.reload();
      await page.getByRole('heading', { level: 1, name: first!.title }).waitFor();
      await page.locator('.line.marked').first().waitFor();
      await page.locator('app-place-list li').first().waitFor();
      expect(await page.locator('app-place-list li').count()).toBe(1);

      const comments = page.getByRole('region', { name: 'Comments' });
      await comments.getByRole('textbox').fill('<b>Who</b> owns this?');
      await comments.getByRole('button', { name: 'Comment', exact: true }).click();
      await comments.getByText('<b>Who</b> owns this?').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await comments.getByRole('button', { name: /^Delete the comment/ }).click();
      await page.getByRole('button', { name: 'Delete comment' }).click();
      await comments.getByText('Nobody has said anything yet').waitFor();

      await page.goto(`${server.address}/findings?severity=critical,high,medium,low`);
      await row(0).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
});
