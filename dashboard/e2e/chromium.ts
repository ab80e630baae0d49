import { findOnPath } from '@securescan/testing';
import { type Browser, type Page, chromium } from 'playwright-core';

/** The system's Chromium without a screen. Its own sandbox needs what containers do not give, and only our pages are shown. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findOnPath('chromium') ?? 'chromium',
    args: ['--no-sandbox'],
  });
}

/** What the browser will have complained about on a page: errors and warnings of its console, and errors that nobody caught. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}
