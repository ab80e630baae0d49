import { describeWithTool } from '@securescan/testing';
import type { Browser, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { type Answer, Receiver, type Received } from '../../server/test/support/receiver';
import { complaintsOf, launchChromium } from './chromium';
import { RunningServer } from './running-server';
import { scanned } from './seeded-pages';

const LIMIT_MS = 60_000;
const CANARY = 'canary-of-an-address';
const WELL: Answer = 204;
const ILL: Answer = { status: 503, body: 'not today' };

describeWithTool(['chromium'], 'a webhook in the browser', () => {
  let server: RunningServer;
  let receiver: Receiver;
  /** What the receiver says to a message. */
  let answer: (message: Received) => Answer;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    server = await RunningServer.start({ SECURESCAN_WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8' });
    browser = await launchChromium();
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    answer = () => WELL;
    receiver = await Receiver.start((message) => answer(message));
    page = await browser.newPage();
    complaints = complaintsOf(page);
  });

  afterEach(async () => {
    await page.close();
    await receiver.stop();
  });

  const drawer = () => page.getByRole('dialog', { name: 'Delivery' });
  const state = (word: string) => drawer().getByRole('status').getByText(word, { exact: true });
  const deliveries = () => page.getByRole('region', { name: 'Deliveries' });
  const rows = () => deliveries().locator('tbody tr');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const focused = () => page.locator(':focus');
  const scanOf = ({ body }: Received) =>
    (JSON.parse(body) as { data: { scan_id?: string } }).data.scan_id;

  async function act(name: string): Promise<void> {
    await button('Actions on the webhook').click();
    await page.getByRole('menuitem', { name }).click();
  }

  async function choose(status: string): Promise<void> {
    await deliveries().getByText(status, { exact: true }).first().click();
  }

  function verify(secret: string, message: Received | undefined): void {
    new Webhook(secret).verify(message?.body ?? '', message?.headers as Record<string, string>);
  }

  /** Resolves once the receiver has had a message about a scan. */
  async function toldOf(scan: string): Promise<void> {
    let count = 0;
    while (!receiver.received.some((message) => scanOf(message) === scan)) {
      await receiver.hasReceived((count += 1));
    }
  }

  /** Makes a webhook and goes to its page. @returns its secret. */
  async function make(name: string): Promise<string> {
    await page.goto(`${server.address}/settings/webhooks`);
    await button('New webhook').click();
    const form = page.getByRole('dialog', { name: 'New webhook' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('URL').fill('receiver.example');
    await button('Save').click();
    await form.getByText('It must begin with https:// or http://.').waitFor();
    await form.getByLabel('URL').fill(`${receiver.url}/${CANARY}`);
    await button('Save').click();
    const field = page.getByLabel('The secret', { exact: true });
    const secret = await field.inputValue();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').getByText('Nothing shows it again').waitFor();
    await button('Show it again').click();
    expect(await field.inputValue()).toBe(secret);
    await button('I have kept it').click();
    await page.waitForURL(/\/settings\/webhooks\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    for (const text of [secret, CANARY]) expect(await page.content()).not.toContain(text);
    return secret;
  }

  it(
    'is made, tried out, changed, given another secret, and deleted',
    async () => {
      const secret = await make('builds');
      await button('Send a test').click();
      await state('succeeded').waitFor();
      await drawer().getByText('HTTP 204').waitFor();
      expect(() => verify(secret, receiver.received[0])).not.toThrow();
      await page.keyboard.press('Escape');
      await drawer().waitFor({ state: 'detached' });
      expect(await focused().innerText()).toBe('Send a test');

      await act('New secret…');
      await button('New secret').click();
      const next = await page.getByLabel('The secret', { exact: true }).inputValue();
      await button('I have kept it').click();
      await page.getByText('messages carry the signature of the secret before, too').waitFor();
      expect(next).not.toBe(secret);

      answer = () => ILL;
      await button('Send a test').click();
      await state('failed').waitFor();
      await drawer().getByText('not today').waitFor();
      for (const one of [secret, next]) {
        expect(() => verify(one, receiver.received.at(-1))).not.toThrow();
      }
      answer = () => WELL;
      await drawer().getByRole('button', { name: 'Send once more' }).click();
      await state('succeeded').waitFor();
      await drawer().getByText('Repeats').waitFor();
      await drawer().getByRole('button', { name: 'Close' }).click();
      expect(await rows().locator('.status').allInnerTexts()).toEqual([
        'succeeded',
        'failed',
        'succeeded',
      ]);

      await act('Change…');
      const form = page.getByRole('dialog', { name: 'Change the webhook' });
      await form.getByLabel('Name').fill('all builds');
      await form.getByLabel(/^A scan has failed/).check();
      await form.getByLabel('Order').selectOption('Each as soon as it can be sent');
      await form.getByLabel(/^Headers/).fill('X-Team: appsec');
      await button('Save').click();
      await page.getByRole('heading', { level: 1, name: 'all builds' }).waitFor();
      await page.getByText('in order', { exact: true }).waitFor({ state: 'detached' });
      await act('Change…');
      await form.getByText('Left empty, X-Team stay as they are.').waitFor();
      await form.getByLabel('Take away those that it has').check();
      await button('Save').click();
      await form.waitFor({ state: 'detached' });
      await act('Change…');
      await form.getByText('They go along with every message').waitFor();
      await page.keyboard.press('Escape');
      expect(await focused().getAttribute('aria-label')).toBe('Actions on the webhook');

      await act('Delete…');
      await focused().and(button('Keep it')).waitFor();
      await page.keyboard.press('Enter');
      await act('Delete…');
      await button('Delete webhook').click();
      await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );

  it(
    'is held up by what fails, goes on when that is skipped, and sends what it is asked for once more',
    async () => {
      await make('deploys');
      const target = server.makeTarget('shop', { Dockerfile: 'FROM node:latest\n' });
      let refused: string | undefined;
      answer = (message) => {
        refused ??= scanOf(message);
        return scanOf(message) === refused ? ILL : WELL;
      };
      const first = await scanned(server, target, { scanners: ['dockerfile'] });
      const second = await scanned(server, target, { scanners: ['dockerfile'] });
      await receiver.hasReceived(1);
      await page.reload();
      await page.getByText('Younger deliveries wait for scan.complete').waitFor();
      expect(receiver.received.map(scanOf)).not.toContain(second.id);

      await rows().last().getByRole('button').click();
      await button('Skip it').click();
      await state('skipped').waitFor();
      await toldOf(second.id);
      await page.keyboard.press('Escape');
      await rows().first().getByText('succeeded').waitFor();

      answer = () => WELL;
      await choose('skipped');
      await page.waitForURL(/status=skipped/);
      await rows().getByRole('button').click();
      await button('Send once more').click();
      await state('succeeded').waitFor();
      expect(receiver.received.map(scanOf).at(-1)).toBe(first.id);
      await page.keyboard.press('Escape');
      await choose('all');
      await rows().nth(2).waitFor();

      const before = receiver.received.length;
      await act('Send once more…');
      const dialog = page.getByRole('dialog', { name: 'Send once more what events brought' });
      await dialog.getByLabel('From').fill('2036-01-01T00:00');
      await button('Send once more').click();
      await dialog.getByText('The end must come after the beginning.').waitFor();
      await dialog.getByLabel('From').fill('2026-01-01T00:00');
      await dialog.getByLabel('Only those that failed or were skipped').uncheck();
      await button('Send once more').click();
      await page.getByText('2 deliveries are sent once more').waitFor();
      await rows().nth(4).waitFor();
      const again = (await receiver.hasReceived(before + 2)).slice(before);
      expect(again.map(scanOf)).toEqual([first.id, second.id]);

      answer = () => 410;
      await scanned(server, target, { scanners: ['dockerfile'] });
      await receiver.hasReceived(before + 3);
      await page.reload();
      await page.getByText('disabled: the receiver said that it is gone').waitFor();
      answer = () => WELL;
      await act('Enable');
      await page.getByText('enabled', { exact: true }).waitFor();
      await act('Disable');
      await page.getByText('disabled on request').waitFor();
      await button('Actions on the webhook').click();
      await page.getByRole('menuitem', { name: /Send once more… It is disabled/ }).waitFor();
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
});
