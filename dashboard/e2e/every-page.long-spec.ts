import { describeWithTool } from '@securescan/testing';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { violationsOf } from './axe';
import { launchChromium } from './chromium';
import { ZOOMED, beyondTheWindow } from './reflow';
import { RunningServer } from './running-server';
import { type Seed, pagesOf, seed } from './seeded-pages';

const LIMIT_MS = 600_000;
const DIRECTORY = join(__dirname, '..', '..', 'docs', 'screenshots');
/** The same each time: pages show paths, and pictures are to show no other ones. */
const HOUSE = join(realpathSync(tmpdir()), 'demo');
const WIDTHS = { 1440: 900, 390: 844 } as const;

/** Takes the pictures of `docs/screenshots` anew from what is built; with `UPDATE_GOLDENS=1` alone, for they show ages. */
describeWithTool(['chromium'], 'every page', () => {
  let server: RunningServer;
  let browser: Browser;
  let seeded: Seed;

  beforeAll(async () => {
    rmSync(HOUSE, { recursive: true, force: true });
    mkdirSync(HOUSE);
    server = await RunningServer.start({}, HOUSE);
    browser = await launchChromium();
    seeded = await seed(server);
    mkdirSync(DIRECTORY, { recursive: true });
  }, LIMIT_MS);

  afterAll(async () => {
    await browser.close();
    await server.stop();
  }, LIMIT_MS);

  it(
    'meets WCAG 2.2 AA by axe in both themes',
    async () => {
      const found: string[] = [];
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      for (const [name, path] of Object.entries(pagesOf(seeded))) {
        await page.goto(`${server.address}${path}`);
        await page.waitForLoadState('networkidle');
        found.push(...(await violationsOf(page)).map((violation) => `${name} ${violation}`));
      }
      expect(found).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each([{ width: 390, height: 844 }, ...ZOOMED])(
    'is read without scrolling sideways at $width px',
    async (viewport) => {
      const found: string[] = [];
      const page = await browser.newPage({ viewport });
      for (const [name, path] of Object.entries(pagesOf(seeded))) {
        await page.goto(`${server.address}${path}`);
        await page.waitForLoadState('networkidle');
        found.push(...(await beyondTheWindow(page)).map((what) => `${name}: ${what}`));
      }
      await page.close();
      expect(found).toEqual([]);
    },
    LIMIT_MS,
  );

  it.each(['light', 'dark'] as const)(
    'is not broken, %s, wide and narrow',
    async (colorScheme) => {
      const complaints: string[] = [];
      for (const [width, height] of Object.entries(WIDTHS)) {
        const viewport = { width: Number(width), height };
        const page = await browser.newPage({ colorScheme, viewport, reducedMotion: 'reduce' });
        page.on('pageerror', (error) => complaints.push(String(error)));
        for (const [name, path] of Object.entries(pagesOf(seeded))) {
          await page.goto(`${server.address}${path}`);
          await page.waitForLoadState('networkidle');
          const crash = await page.locator('.crash').count();
          if (crash > 0) complaints.push(`${name} is broken`);
          if (process.env['UPDATE_GOLDENS'] !== '1') continue;
          await page.screenshot({ path: join(DIRECTORY, `${name}-${colorScheme}-${width}.png`) });
        }
        await page.close();
      }
      expect(complaints).toEqual([]);
    },
    LIMIT_MS,
  );
});
