import type { Page } from 'playwright-core';

/** 1280 px at a zoom of 400 % and of 200 %: what WCAG 1.4.10 and 1.4.4 ask for, as the page sees it. */
export const ZOOMED = [
  { width: 320, height: 256 },
  { width: 640, height: 450 },
] as const;

const SETTLING_FRAMES = 30;

/**
 * What of the page cannot be read without scrolling it sideways, each as `element: how far it reaches`. What scrolls by itself,
 * as wide tables do, may hold more than is seen. Charts follow the window some frames later.
 */
export async function beyondTheWindow(page: Page): Promise<string[]> {
  let found: string[] = [];
  for (let frame = 0; frame < SETTLING_FRAMES; frame += 1) {
    found = await beyondNow(page);
    if (found.length === 0) break;
  }
  return found;
}

function beyondNow(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await new Promise((resume) => requestAnimationFrame(resume));
    const { clientWidth, scrollWidth } = document.documentElement;
    // From the inside out: what cuts off, or is too small for anybody to see, keeps what is around it from showing more.
    const reach = (element: Element | null): 'scrolled' | 'unseen' | 'cut' => {
      if (element === null) return 'cut';
      if (element.getBoundingClientRect().width <= 1) return 'unseen';
      const { overflowX } = getComputedStyle(element);
      if (/auto|scroll/.test(overflowX)) return 'scrolled';
      return /hidden|clip/.test(overflowX) ? 'cut' : reach(element.parentElement);
    };
    const isBeyond = (element: Element): boolean => {
      const { left, right } = element.getBoundingClientRect();
      if (right > 0 && left < clientWidth) return false;
      return element.checkVisibility({ visibilityProperty: true }) && reach(element) === 'cut';
    };
    const found = [...document.querySelectorAll('body *')]
      .filter((element) => element.textContent.trim() !== '' && isBeyond(element))
      .map(({ tagName, textContent }) => `${tagName} "${textContent.trim().slice(0, 40)}" is out`);
    return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`, ...found] : found;
  });
}
