/// <reference lib="dom" />
import 'reflect-metadata';
import { type CDPSession, type Page, chromium } from 'playwright-core';
import { type Opening, timeOpenings } from './first-paint';
import type { MadeScan, ScanWriter } from './made-scan';
import { serveScans } from './served-scans';
import { StateKeeper } from './state-keeper';

/*
 * The pages of a large scan in Chromium: when what one came for is there in a browser that has never seen them; frames a second
 * while the list of findings is scrolled; and the JavaScript heap when all of it was walked through.
 * npm run bench -- dashboard-findings [findings] [frames of a scroll] [openings of a page]
 */

const [findings = 100_000, frames = 300, openings = 9] = process.argv.slice(2).map(Number);
const SCAN: MadeScan = {
  id: '00000000-0000-4000-8000-000000000001',
  project: 'bench',
  findings,
  at: new Date().toISOString(),
};
const OPENED: Readonly<Record<string, Opening>> = {
  overview: { path: '/', useful: 'app-stat-strip app-severity-bar' },
  scan: { path: `/scan/${SCAN.id}`, useful: 'app-finding-row' },
  findings: { path: '/findings', useful: 'app-finding-row' },
};
const VIEWPORT = 'cdk-virtual-scroll-viewport';
/** Pixels a second: reading, looking, and dragging as fast as one can. */
const SPEEDS = [800, 3_000, 12_000];
const WALK_LIMIT_MS = 600_000;
const MEGABYTE = 1024 * 1024;

interface Scrolled {
  readonly fps: number;
  /** Processor time of the page's thread: what a frame costs, however busy the machine is. */
  readonly cpu_ms_a_frame: number;
  readonly p95_frame_ms: number;
}

/** Scrolls as far with each frame as 60 of them a second would need, and tells how the frames came. */
async function scroll(page: Page, session: CDPSession, pixelsPerSecond: number): Promise<Scrolled> {
  const before = await threadSeconds(session);
  const taken = await page.locator(VIEWPORT).evaluate(
    (element, { step, count }) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const next = (now: number): void => {
          times.push(now);
          element.scrollTop += step;
          if (times.length <= count) requestAnimationFrame(next);
          else resolve(times.slice(1).map((time, index) => time - (times[index] ?? time)));
        };
        requestAnimationFrame(next);
      }),
    { step: pixelsPerSecond / 60, count: frames },
  );
  const cpu = ((await threadSeconds(session)) - before) * 1000;
  const sorted = [...taken].sort((a, b) => a - b);
  const sum = taken.reduce((total, frame) => total + frame, 0);
  return {
    fps: Math.round((taken.length / sum) * 10_000) / 10,
    cpu_ms_a_frame: Math.round((cpu / taken.length) * 10) / 10,
    p95_frame_ms: Math.round((sorted[Math.floor(sorted.length * 0.95)] ?? 0) * 10) / 10,
  };
}

async function threadSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** Megabytes of the JavaScript heap once what is no longer needed has gone. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round((usedSize / MEGABYTE) * 10) / 10;
}

/** Goes to the end of what is loaded again and again, until that is the end of the list. */
async function walk(page: Page): Promise<number> {
  const start = Date.now();
  await page.locator(VIEWPORT).evaluate(
    (element, { limit, rows }) =>
      new Promise<void>((resolve, reject) => {
        const until = performance.now() + limit;
        const step = (): void => {
          const last = element.querySelector(`app-finding-row[aria-rowindex="${rows + 1}"]`);
          if (last !== null) resolve();
          else if (performance.now() > until) reject(new Error('The end was not reached.'));
          else {
            element.scrollTop = element.scrollHeight;
            requestAnimationFrame(step);
          }
        };
        step();
      }),
    { limit: WALK_LIMIT_MS, rows: findings },
  );
  return Date.now() - start;
}

function print(figures: object): void {
  process.stdout.write(
    `${JSON.stringify({ bench: 'dashboard-findings', findings, ...figures })}\n`,
  );
}

async function fill(writer: ScanWriter): Promise<void> {
  await writer.write(SCAN);
  await new StateKeeper(writer).completed(SCAN);
}

async function run(): Promise<void> {
  const server = await serveScans(fill);
  const browser = await chromium.launch({
    executablePath: process.env['SECURESCAN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    for (const [name, opening] of Object.entries(OPENED)) {
      print({ opened: name, ...(await timeOpenings(browser, server.url, opening, openings)) });
    }
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const opened = Date.now();
    await page.goto(`${server.url}/scan/${SCAN.id}?suppressed=show&dismissed=show`);
    await page.locator('app-finding-row').first().waitFor();
    print({ first_rows_ms: Date.now() - opened, heap_mb: await heap(session) });
    for (const speed of SPEEDS)
      print({ pixels_a_second: speed, ...(await scroll(page, session, speed)) });
    print({ walked_ms: await walk(page), heap_mb: await heap(session) });
    for (const speed of SPEEDS)
      print({ pixels_a_second: -speed, ...(await scroll(page, session, -speed)) });
    print({ heap_mb: await heap(session) });
  } finally {
    await browser.close();
    await server.close();
  }
}

void run();
