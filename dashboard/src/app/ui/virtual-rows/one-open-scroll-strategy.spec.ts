import type { CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { OneOpenScrollStrategy } from './one-open-scroll-strategy';

/** What the strategy asks of a viewport, with what it was told. */
class Window {
  top = 0;
  size = 400;
  length = 100_000;
  content = 0;
  offset = 0;
  getDataLength = (): number => this.length;
  getViewportSize = (): number => this.size;
  measureScrollOffset = (): number => this.top;
  scrollToOffset = (offset: number): void => {
    this.top = offset;
  };
  setTotalContentSize = (size: number): void => {
    this.content = size;
  };
  setRenderedContentOffset = (offset: number): void => {
    this.offset = offset;
  };
  setRenderedRange = (): void => undefined;
}

describe('OneOpenScrollStrategy', () => {
  function over(openIndex: number): { window: Window; strategy: OneOpenScrollStrategy } {
    const window = new Window();
    const strategy = new OneOpenScrollStrategy();
    strategy.attach(window as unknown as CdkVirtualScrollViewport);
    strategy.setLayout({ rowHeight: 40, openIndex, openHeight: openIndex < 0 ? 0 : 500 });
    return { window, strategy };
  }

  it('lays out rows by their number, the open one taking more', () => {
    const { window, strategy } = over(10);
    expect(window.content).toBe(100_000 * 40 + 500);
    expect([strategy.offsetOf(10), strategy.offsetOf(11)]).toEqual([400, 940]);
    const places = [0, 399, 400, 439, 440, 939, 940];
    expect(places.map((offset) => strategy.indexAt(offset))).toEqual([0, 9, 10, 10, 10, 10, 11]);
  });

  it('agrees with itself everywhere', () => {
    for (const open of [-1, 0, 7]) {
      const { strategy } = over(open);
      for (let index = 0; index < 20; index += 1) {
        expect(strategy.indexAt(strategy.offsetOf(index))).toBe(index);
      }
    }
  });

  it('renders what is in sight and some more, and leaves it while it will do', () => {
    const { window, strategy } = over(-1);
    window.top = 40_000;
    strategy.onContentScrolled();
    const { start, end } = strategy.rendered();
    expect(start).toBeLessThan(1000);
    expect(end).toBeGreaterThan(1010);
    expect(end - start).toBeLessThan(60);
    expect(window.offset).toBe(start * 40);
    window.top += 80;
    strategy.onContentScrolled();
    expect(strategy.rendered()).toEqual({ start, end });
  });

  it('scrolls no further than a row needs', () => {
    const { window, strategy } = over(-1);
    strategy.reveal(5);
    expect(window.top).toBe(0);
    strategy.reveal(20);
    expect(window.top).toBe(20 * 40 + 40 - 400);
    strategy.reveal(3);
    expect(window.top).toBe(120);
  });
});
