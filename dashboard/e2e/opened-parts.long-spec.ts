import { describeWithTool } from '@securescan/testing';
import type { Browser, Locator, Page } from 'playwright-core';
import { violationsOf } from './axe';
import { launchChromium } from './chromium';
import { ZOOMED, beyondTheWindow } from './reflow';
import { RunningServer } from './running-server';
import { type Seed, pagesOf, seed } from './seeded-pages';

const LIMIT_MS = 300_000;
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 390, height: 844 };
/** More than any of them has stops for the Tab key. */
const MOST_STOPS = 60;

/** What opens over a page: behind which button, by which keys, and what it is then called. */
interface Part {
  readonly on: string;
  readonly opener: (page: Page) => Locator;
  readonly keys: readonly string[];
  readonly opened: (page: Page) => Locator;
  /** The page beneath it can be reached. */
  readonly isBeside?: boolean;
  /** Where the window must be narrow for it. */
  readonly isNarrow?: boolean;
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name });
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole('dialog', { name });
const question = (name: string | RegExp) => (page: Page) => page.getByRole('alertdialog', { name });
const firstFinding = (page: Page) => page.locator('app-finding-row button').first();
const webhookMenu = button('Actions on the webhook');

const PARTS: Readonly<Record<string, Part>> = {
  menu: {
    on: 'overview',
    opener: button('Open the menu'),
    keys: ['Enter'],
    opened: (page) => page.locator('app-sidebar'),
    isNarrow: true,
  },
  palette: {
    on: 'overview',
    opener: (page) => page.getByRole('link', { name: 'View history' }),
    keys: ['Control+k'],
    opened: dialog('Command palette'),
  },
  bell: {
    on: 'overview',
    opener: button(/^Notifications, /),
    keys: ['Enter'],
    opened: (page) => page.locator('app-bell section'),
    isBeside: true,
  },
  caller: {
    on: 'overview',
    opener: button(/^Calling as/),
    keys: ['Enter'],
    opened: (page) => page.locator('app-caller [popover]'),
    isBeside: true,
  },
  directories: { on: 'new-scan', opener: button('Browse'), keys: ['Enter'], opened: dialog(/./) },
  'deletion of a scan': {
    on: 'scan-detail',
    opener: button('Delete scan'),
    keys: ['Enter'],
    opened: question(/./),
  },
  'keys for findings': {
    on: 'findings',
    opener: firstFinding,
    keys: ['?'],
    opened: dialog('Keys for findings'),
  },
  'decision about many': {
    on: 'findings',
    opener: firstFinding,
    keys: ['x', 'a'],
    opened: dialog(/Decide about/),
  },
  'new key': {
    on: 'settings-keys',
    opener: button('New key'),
    keys: ['Enter'],
    opened: dialog('New API key'),
  },
  'new webhook': {
    on: 'settings-webhooks',
    opener: button('New webhook'),
    keys: ['Enter'],
    opened: dialog('New webhook'),
  },
  'change of a webhook': {
    on: 'settings-webhook',
    opener: webhookMenu,
    keys: ['Enter', 'Enter'],
    opened: dialog('Change the webhook'),
  },
  replay: {
    on: 'settings-webhook',
    opener: webhookMenu,
    keys: ['Enter', 'ArrowDown', 'ArrowDown', 'Enter'],
    opened: dialog('Send once more what events brought'),
  },
  'deletion of a webhook': {
    on: 'settings-webhook',
    opener: webhookMenu,
    keys: ['Enter', 'End', 'Enter'],
    opened: question(/^Delete/),
  },
  delivery: {
    on: 'settings-webhook',
    opener: button('webhook.test'),
    keys: ['Enter'],
    opened: dialog('Delivery'),
  },
};

/** Where the Tab key leads out of a part, or does not come back to where it began. */
async function strayTabs(page: Page, opened: Locator): Promise<string[]> {
  const isInside = () =>
    opened.evaluate(
      (part) =>
        part.contains(document.activeElement) ||
        // Between its end and its beginning come the controls of the browser itself.
        document.activeElement === document.body,
    );
  const hasFocus = await opened.evaluate((part) => part.contains(document.activeElement));
  if (!hasFocus) return ['the focus does not go into it'];
  const first = await page.evaluateHandle(() => document.activeElement);
  for (const key of ['Tab', 'Shift+Tab']) {
    let stops = 0;
    do {
      await page.keyboard.press(key);
      stops += 1;
      if (!(await isInside())) return [`${key} leaves it at stop ${stops}`];
    } while (stops < MOST_STOPS && !(await first.evaluate((it) => it === document.activeElement)));
    if (stops === MOST_STOPS) return [`${key} does not come round`];
  }
  return [];
}

describeWithTool(['chromium'], 'what opens over a page', () => {
  let server: RunningServer;
  let browser: Browser;
  let page: Page;
  let seeded: Seed;

  beforeAll(async () => {
    server = await RunningServer.start();
    browser = await launchChromium();
    seeded = await seed(server);
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  beforeEach(async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
  });

  afterEach(async () => {
    await page.close();
  });

  it.each(Object.entries(PARTS))(
    'keeps the focus and gives it back, meets WCAG 2.2 AA, and can be zoomed: %s',
    async (_, { on, opener, keys, opened, isBeside, isNarrow }) => {
      const usual = isNarrow === true ? NARROW : WIDE;
      await page.setViewportSize(usual);
      await page.goto(`${server.address}${pagesOf(seeded)[on]}`);
      await page.waitForLoadState('networkidle');
      await opener(page).first().focus();
      for (const key of keys) await page.keyboard.press(key);
      const part = opened(page);
      await part.waitFor();
      await page.waitForLoadState('networkidle');

      const found = isBeside === true ? [] : await strayTabs(page, part);
      found.push(...(await violationsOf(page)));
      for (const viewport of ZOOMED) {
        await page.setViewportSize(viewport);
        found.push(...(await beyondTheWindow(page)));
      }
      await page.setViewportSize(usual);
      await page.keyboard.press('Escape');
      await part.waitFor({ state: 'hidden' });
      const isBack = await opener(page)
        .first()
        .evaluate((element) => element === document.activeElement);
      if (!isBack) found.push('the focus does not come back');
      expect(found).toEqual([]);
    },
    LIMIT_MS,
  );
});
