import type { ApiKeyCreatedBody, ScanBody, Scope } from '@securescan/contracts';
import { describeWithTool, randomToken } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium';
import { RunningServer } from './running-server';

const LIMIT_MS = 90_000;
const OPERATOR_KEY = randomToken(40, 23);

describeWithTool(['chromium'], 'signing in with a key in the browser', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  /** Every address that the page asked for, and those of them that were sent the key. */
  let asked: string[];
  let told: string[];

  beforeAll(async () => {
    server = await RunningServer.start({ SECURESCAN_API_KEY: OPERATOR_KEY });
    browser = await launchChromium();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    asked = [];
    told = [];
    const context = await browser.newContext();
    page = await context.newPage();
    page.on('request', (request) => {
      asked.push(request.url());
      if ('x-api-key' in request.headers()) told.push(request.url());
    });
  });

  afterEach(async () => {
    await page.context().close();
  });

  async function api(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(`${server.address}/api/v1${path}`, {
      method,
      headers: {
        'X-API-Key': OPERATOR_KEY,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new ReferenceError(`${method} ${path} answered ${answer.status}`);
    return answer;
  }

  async function makeKey(name: string, scopes: Scope[]): Promise<ApiKeyCreatedBody> {
    return (await (await api('POST', '/keys', { name, scopes })).json()) as ApiKeyCreatedBody;
  }

  async function signIn(key: string): Promise<void> {
    await page.getByLabel('API key').fill(key);
    await page.keyboard.press('Enter');
  }

  function keptKeys(): Promise<unknown[]> {
    return page.evaluate(() => [Object.values(sessionStorage), Object.values(localStorage)]);
  }

  it(
    'refuses a wrong key, lets the right one in where the person was, and forgets it at the end',
    async () => {
      await page.goto(`${server.address}/history?from=a-link`);
      await signIn(randomToken(40, 24));
      const alert = page.getByRole('alert');
      await alert.getByText('The key was not accepted').waitFor();
      expect(await alert.innerText()).toMatch(/CREDENTIALS_INVALID\s+request \S+/);
      expect(await keptKeys()).toEqual([[], []]);

      await signIn(OPERATOR_KEY);
      await page.getByRole('heading', { name: 'No scans yet' }).waitFor();
      expect(page.url()).toBe(`${server.address}/history?from=a-link`);
      await page.locator('main:focus').waitFor();
      expect(await keptKeys()).toEqual([[OPERATOR_KEY], []]);

      await page.reload();
      await page.getByRole('heading', { name: 'No scans yet' }).waitFor();
      await page.getByRole('button', { name: /read, write, admin/ }).click();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByLabel('API key').waitFor();
      expect(await keptKeys()).toEqual([[], []]);
      expect(await page.getByRole('alert').count()).toBe(0);

      expect(asked.filter((url) => url.includes(OPERATOR_KEY))).toEqual([]);
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((url) => !url.startsWith(`${server.address}/api/`))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'asks for another key when one is revoked while its owner watches a scan',
    async () => {
      const target = server.makeTarget('shop', { Dockerfile: 'FROM node:latest\n' });
      const { id, key } = await makeKey('watcher', ['read', 'write']);
      await page.goto(`${server.address}/scan`);
      await signIn(key);
      await page.getByLabel('Directory or file').fill(target);
      await page.getByRole('button', { name: 'Start scan' }).click();
      const progress = page.locator('app-progress-panel');
      await progress.getByText('Live', { exact: true }).waitFor();
      await progress.locator('li.completed', { hasText: 'dockerfile' }).waitFor();
      const address = page.url();

      await api('DELETE', `/keys/${id}`);
      await page.getByText('Your key is no longer accepted').waitFor();
      expect(await page.locator('app-shell').count()).toBe(0);
      expect(page.url()).toBe(address);

      await signIn(OPERATOR_KEY);
      await progress.getByText('Live', { exact: true }).waitFor();
      server.openGate();
      await page.locator('app-finding-row', { hasText: 'dockerfile' }).first().waitFor();

      const streams = asked.filter((url) => url.includes('/events'));
      expect(streams.length).toBeGreaterThan(0);
      expect(streams.filter((url) => !url.includes('event_token='))).toEqual([]);
      expect(asked.filter((url) => url.includes(key))).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'turns off what the scopes of a key do not allow, and says which one is missing',
    async () => {
      const { key } = await makeKey('reader', ['read']);
      const target_path = server.makeTarget('image', { Dockerfile: 'FROM node:latest\n' });
      const order = { target_path, scan_types: ['iac'], scanners: ['dockerfile'] };
      const { id } = (await (await api('POST', '/scans', order)).json()) as ScanBody;
      await page.goto(`${server.address}/scan`);
      await signIn(key);
      const start = page.getByRole('button', { name: 'Start scan' });
      await page.getByText('needs the scope write; yours: read.').waitFor();
      expect(await start.isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Install bandit' }).isDisabled()).toBe(true);

      await page.goto(`${server.address}/scan/${id}`);
      const again = page.getByRole('button', { name: 'Scan again' });
      await again.waitFor();
      expect(await again.isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Delete scan' }).isDisabled()).toBe(true);
    },
    LIMIT_MS,
  );
});
