/// <reference lib="dom" />
import type { Browser } from 'playwright-core';

/** What a page is opened for, and how one sees that it is there. */
export interface Opening {
  readonly path: string;
  /** A selector of what somebody came for: not the frame of the page, not its skeleton. */
  readonly useful: string;
}

/** Milliseconds since the browser was asked for the page; the middle of several openings, and the worst of `useful`. */
export interface FirstPaint {
  readonly first_paint_ms: number;
  readonly useful_ms: number;
  readonly useful_max_ms: number;
  readonly largest_paint_ms: number;
  /** Processor time of the page's thread until then: what it costs, however busy the machine is. */
  readonly cpu_ms: number;
}

interface Seen {
  usefulAt?: number;
  largestAt?: number;
}

interface Painted {
  readonly first: number;
  readonly useful: number;
  readonly largest: number;
  readonly cpu: number;
}

/** Opens the page so many times, each in a browser profile of its own, which has nothing of it in its cache. */
export async function timeOpenings(
  browser: Browser,
  base: string,
  { path, useful }: Opening,
  times: number,
): Promise<FirstPaint> {
  const painted: Painted[] = [];
  for (let time = 0; time < times; time += 1) {
    painted.push(await paint(browser, base + path, useful));
  }
  const of = (pick: (one: Painted) => number, share: number): number => {
    const sorted = painted.map(pick).sort((a, b) => a - b);
    return Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  };
  return {
    first_paint_ms: of(({ first }) => first, 0.5),
    useful_ms: of((one) => one.useful, 0.5),
    useful_max_ms: of((one) => one.useful, 1),
    largest_paint_ms: of(({ largest }) => largest, 0.5),
    cpu_ms: of(({ cpu }) => cpu, 0.5),
  };
}

async function paint(browser: Browser, url: string, useful: string): Promise<Painted> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch, useful);
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto(url);
  await page.waitForFunction(() => (globalThis as Seen).usefulAt !== undefined);
  const { metrics } = await session.send('Performance.getMetrics');
  const cpu = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  await page.waitForLoadState('networkidle');
  const seen = await page.evaluate(() => {
    const { usefulAt = 0, largestAt = 0 } = globalThis as Seen;
    const [first] = performance.getEntriesByName('first-contentful-paint');
    return { first: first?.startTime ?? 0, useful: usefulAt, largest: largestAt };
  });
  await context.close();
  return { ...seen, cpu: cpu * 1000 };
}

/** Runs in the page before anything of it does. */
function watch(useful: string): void {
  const seen = globalThis as Seen;
  new MutationObserver((_, observer) => {
    if (document.querySelector(useful) === null) return;
    observer.disconnect();
    // The task after the frame that draws it.
    requestAnimationFrame(() => {
      setTimeout(() => (seen.usefulAt = performance.now()));
    });
  }).observe(document, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    seen.largestAt = list.getEntries().at(-1)?.startTime ?? 0;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}
