import { readFileSync } from 'node:fs';
import type * as Axe from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Resolves when the page looks as the theme has it: also the shortest transition takes a frame. */
async function wear(theme: string): Promise<void> {
  document.documentElement.dataset['theme'] = theme;
  await new Promise((resume) => requestAnimationFrame(resume));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}

/** What axe has against the page in both themes, each violation as `rule: element`. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  // A colour on its way from one theme to the other is neither's.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Through the debugger: the page's policy lets no foreign script in, and must go on doing so.
  await page.evaluate(SOURCE);
  for (const theme of ['light', 'dark']) {
    await page.evaluate(wear, theme);
    const results: Axe.AxeResults = await page.evaluate(
      (values) =>
        (globalThis as unknown as { axe: typeof Axe }).axe.run({
          runOnly: { type: 'tag', values },
        }),
      STANDARDS,
    );
    found.push(
      ...results.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${theme} ${id}: ${target.join(' ')}`),
      ),
    );
  }
  return found;
}
