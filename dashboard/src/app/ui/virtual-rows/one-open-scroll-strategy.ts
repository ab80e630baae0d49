import type { CdkVirtualScrollViewport, VirtualScrollStrategy } from '@angular/cdk/scrolling';
import { signal } from '@angular/core';
import { Subject, distinctUntilChanged } from 'rxjs';

/** Rows beyond those in sight that are rendered at least, and as many as are rendered when more are needed. */
const LEAST_BEYOND = 6;
const MOST_BEYOND = 14;

/** Pixels. `openIndex` is -1 where no row is open. */
export interface RowLayout {
  readonly rowHeight: number;
  readonly openIndex: number;
  /** What the open row takes beside its own height. */
  readonly openHeight: number;
}

/**
 * Rows of one height, of which one may be open and take more. Where a row lies follows from its number, so a list of any
 * length costs the same.
 */
export class OneOpenScrollStrategy implements VirtualScrollStrategy {
  private readonly indexes = new Subject<number>();
  private viewport: CdkVirtualScrollViewport | null = null;
  private layout: RowLayout = { rowHeight: 1, openIndex: -1, openHeight: 0 };

  readonly scrolledIndexChange = this.indexes.pipe(distinctUntilChanged());
  /** The rows that are rendered, from the first up to and without the last. */
  readonly rendered = signal<{ start: number; end: number }>(
    { start: 0, end: 0 },
    { equal: (a, b) => a.start === b.start && a.end === b.end },
  );

  attach(viewport: CdkVirtualScrollViewport): void {
    this.viewport = viewport;
    this.update();
  }

  detach(): void {
    this.indexes.complete();
    this.viewport = null;
  }

  onContentScrolled(): void {
    this.update();
  }

  onDataLengthChanged(): void {
    this.update();
  }

  onContentRendered(): void {
    // Nothing is measured: the layout says it all.
  }

  onRenderedOffsetChanged(): void {
    // It only ever changes from here.
  }

  scrollToIndex(index: number, behavior: ScrollBehavior): void {
    this.viewport?.scrollToOffset(this.offsetOf(index), behavior);
  }

  setLayout(layout: RowLayout): void {
    this.layout = layout;
    this.update();
  }

  /** Scrolls no further than it takes to have the row in sight, or its beginning where it is larger than the window. */
  reveal(index: number): void {
    const { viewport } = this;
    if (viewport === null) return;
    const top = this.offsetOf(index);
    const bottom = top + this.layout.rowHeight;
    const start = viewport.measureScrollOffset();
    const size = viewport.getViewportSize();
    if (top < start) viewport.scrollToOffset(top);
    else if (bottom > start + size) viewport.scrollToOffset(bottom - size);
    this.update();
  }

  offsetOf(index: number): number {
    const { rowHeight, openIndex, openHeight } = this.layout;
    const isBehind = openIndex >= 0 && index > openIndex;
    return index * rowHeight + (isBehind ? openHeight : 0);
  }

  indexAt(offset: number): number {
    const { rowHeight, openIndex, openHeight } = this.layout;
    const end = (openIndex + 1) * rowHeight;
    if (openIndex < 0 || offset < end) return Math.floor(offset / rowHeight);
    if (offset < end + openHeight) return openIndex;
    return Math.floor((offset - openHeight) / rowHeight);
  }

  private update(): void {
    const { viewport } = this;
    if (viewport === null) return;
    const length = viewport.getDataLength();
    viewport.setTotalContentSize(this.offsetOf(length));
    const top = viewport.measureScrollOffset();
    const first = Math.max(0, this.indexAt(top));
    const last = Math.min(length, this.indexAt(top + viewport.getViewportSize()) + 1);
    const range = this.rangeAround(first, last, length);
    viewport.setRenderedRange(range);
    viewport.setRenderedContentOffset(this.offsetOf(range.start));
    this.rendered.set(range);
    this.indexes.next(first);
  }

  /** What is rendered stays as long as it will do, so that most steps of a scroll change nothing. */
  private rangeAround(first: number, last: number, length: number): { start: number; end: number } {
    const { start, end } = this.rendered();
    const isEnough =
      start <= Math.max(0, first - LEAST_BEYOND) &&
      end >= Math.min(length, last + LEAST_BEYOND) &&
      end <= length &&
      end - start <= last - first + 4 * MOST_BEYOND;
    if (isEnough) return { start, end };
    return {
      start: Math.max(0, first - MOST_BEYOND),
      end: Math.min(length, last + MOST_BEYOND),
    };
  }
}
