/// <reference lib="dom" />
import 'reflect-metadata';
import { type CDPSession, type Page, chromium } from 'playwright-core';
import type { MadeScan } from './made-scan';
import { serveScans } from './served-scans';

/*
 * The list of a large scan's findings in Chromium: frames a second while it is scrolled, and the JavaScript heap when all of
 * it was walked through.
 * npm run bench -- dashboard-findings [findings]
 */

const [findings = 100_000] = process.argv.slice(2).map(Number);
const SCAN: MadeScan = { id: '00000000-0000-4000-8000-000000000001', project: 'bench', findings };
const VIEWPORT = 'cdk-virtual-scroll-viewport';
const SCROLL_MS = 5_000;
/** Pixels a second: reading, looking, and dragging as fast as one can. */
const SPEEDS = [800, 3_000, 12_000];
const WALK_LIMIT_MS = 600_000;
const MEGABYTE = 1024 * 1024;

interface Scrolled {
  readonly fps: number;
  readonly p95_frame_ms: number;
  readonly frames_over_50_ms: number;
}

/** Scrolls for a while, as far with each frame as its time says, and tells how the frames came. */
async function scroll(page: Page, pixelsPerSecond: number): Promise<Scrolled> {
  const frames = await page.locator(VIEWPORT).evaluate(
    (element, { speed, during }) =>
      new Promise<number[]>((resolve) => {
        const taken: number[] = [];
        const start = performance.now();
        let last = start;
        const step = (now: number): void => {
          if (now > last) taken.push(now - last);
          element.scrollTop += (speed * (now - last)) / 1000;
          last = now;
          if (now - start < during) requestAnimationFrame(step);
          else resolve(taken);
        };
        requestAnimationFrame(step);
      }),
    { speed: pixelsPerSecond, during: SCROLL_MS },
  );
  const sorted = [...frames].sort((a, b) => a - b);
  const sum = frames.reduce((total, frame) => total + frame, 0);
  return {
    fps: Math.round((frames.length / sum) * 10_000) / 10,
    p95_frame_ms: Math.round((sorted[Math.floor(sorted.length * 0.95)] ?? 0) * 10) / 10,
    frames_over_50_ms: frames.filter((frame) => frame > 50).length,
  };
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

async function run(): Promise<void> {
  const server = await serveScans((writer) => writer.write(SCAN));
  const browser = await chromium.launch({
    executablePath: process.env['SECURESCAN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const session = await page.context().newCDPSession(page);
    const opened = Date.now();
    await page.goto(`${server.url}/scan/${SCAN.id}?suppressed=show&dismissed=show`);
    await page.locator('app-finding-row').first().waitFor();
    print({ first_rows_ms: Date.now() - opened, heap_mb: await heap(session) });
    for (const speed of SPEEDS) print({ pixels_a_second: speed, ...(await scroll(page, speed)) });
    print({ walked_ms: await walk(page), heap_mb: await heap(session) });
    for (const speed of SPEEDS) print({ pixels_a_second: -speed, ...(await scroll(page, -speed)) });
    print({ heap_mb: await heap(session) });
  } finally {
    await browser.close();
    await server.close();
  }
}

void run();
