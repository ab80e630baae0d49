import { BreakpointObserver } from '@angular/cdk/layout';
import {
  CdkVirtualForOf,
  CdkVirtualScrollViewport,
  VIRTUAL_SCROLL_STRATEGY,
} from '@angular/cdk/scrolling';
import {
  Component,
  DOCUMENT,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  linkedSignal,
  output,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map } from 'rxjs';
import { HeightWatch } from '../ui/virtual-rows/height-watch';
import { OneOpenScrollStrategy } from '../ui/virtual-rows/one-open-scroll-strategy';
import { FindingPanel } from './finding-panel';
import { FindingRow } from './finding-row';
import { FindingsBrowser } from './findings-browser';

/** In the root's font size, so that whoever enlarges text gets higher rows. */
const ROW_REMS = 3.25;
const NARROW_ROW_REMS = 6.5;
const NARROW = '(max-width: 700px)';
/** Of the window's height. */
const MOST_HEIGHT = 0.74;
const DETAILS_ID = 'opened-finding';

/** The rows of a list of any length, of which those in sight are rendered; one of them may be open. */
@Component({
  selector: 'app-findings-grid',
  imports: [CdkVirtualForOf, CdkVirtualScrollViewport, FindingPanel, FindingRow, HeightWatch],
  providers: [
    OneOpenScrollStrategy,
    { provide: VIRTUAL_SCROLL_STRATEGY, useExisting: OneOpenScrollStrategy },
  ],
  templateUrl: './findings-grid.html',
  styleUrl: './findings-grid.css',
  host: {
    '(focusin)': 'holdFocus()',
    '(focusout)': 'leaveFocus($event)',
    '(document:pointerdown)': 'point($event)',
    '[style.--row-height]': "rowHeight() + 'px'",
  },
})
export class FindingsGrid {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly strategy = inject(OneOpenScrollStrategy);
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  private readonly rows = viewChildren(FindingRow);
  private readonly panel = viewChild(FindingPanel);
  private hasFocus = false;

  protected readonly browser = inject(FindingsBrowser);
  protected readonly list = this.browser.list;
  protected readonly detailsId = DETAILS_ID;
  readonly selected = output<{ index: number; isRange: boolean }>();

  private readonly isNarrow = toSignal(
    inject(BreakpointObserver)
      .observe(NARROW)
      .pipe(map(({ matches }) => matches)),
    { initialValue: false },
  );
  protected readonly rowHeight = computed(() =>
    Math.round((this.isNarrow() ? NARROW_ROW_REMS : ROW_REMS) * this.rem()),
  );
  /** As long as the list; the numbers of its rows. */
  protected readonly indexes = computed(() =>
    Array.from({ length: this.list.rowCount() }, (_, index) => index),
  );
  protected readonly openHeight = linkedSignal<number, number>({
    source: this.browser.openedIndex,
    computation: () => 0,
  });
  protected readonly height = computed(() => {
    const content = this.list.rowCount() * this.rowHeight() + this.openHeight();
    const most = Math.max(320, (this.document.defaultView?.innerHeight ?? 800) * MOST_HEIGHT);
    return Math.min(content, most);
  });
  /** Heads count as a row; -1 where nobody has counted all of them. */
  protected readonly rowTotal = computed(() => {
    const total = this.list.total();
    return total?.isExact === true ? total.count + 1 : -1;
  });
  protected readonly isActiveRendered = computed(() => {
    const { start, end } = this.strategy.rendered();
    const active = this.browser.active();
    return active >= start && active < end && this.list.rowAt(active) !== null;
  });

  constructor() {
    effect(() => {
      this.strategy.setLayout({
        rowHeight: this.rowHeight(),
        openIndex: this.browser.openedIndex(),
        openHeight: this.openHeight(),
      });
    });
    effect(() => {
      const opened = this.browser.openedIndex();
      if (opened >= 0) untracked(() => this.strategy.reveal(opened));
    });
    effect(() => {
      const { start, end } = this.strategy.rendered();
      void this.list.show(start, end);
      this.afterRender(() => {
        this.recoverFocus();
      });
    });
    effect(() => {
      this.height();
      this.afterRender(() => {
        this.viewport().checkViewportSize();
      });
    });
  }

  /** Brings the active row into sight and puts the focus on it. */
  focusActive(): void {
    this.strategy.reveal(this.browser.active());
    this.hasFocus = true;
    this.afterRender(() => {
      this.recoverFocus(true);
    });
  }

  /** Puts the focus on the verdict of the opened finding, as soon as it is rendered. */
  editVerdict(): void {
    this.strategy.reveal(this.browser.openedIndex());
    this.afterRender(() => {
      this.panel()?.editVerdict();
    });
  }

  hasFocusInList(target: EventTarget | null): boolean {
    return target instanceof Node && this.host.contains(target);
  }

  scrollToTop(): void {
    this.viewport().scrollToOffset(0);
  }

  protected readonly sameIndex = (_: number, index: number): number => index;

  protected measured(height: number): void {
    this.openHeight.set(height);
  }

  protected holdFocus(): void {
    this.hasFocus = true;
  }

  protected leaveFocus({ relatedTarget }: FocusEvent): void {
    // Without a successor the row itself may have gone; then the focus is kept for it.
    if (relatedTarget instanceof Node && !this.host.contains(relatedTarget)) this.hasFocus = false;
  }

  protected point({ target }: Event): void {
    if (target instanceof Node && !this.host.contains(target)) this.hasFocus = false;
  }

  /** A row that is scrolled away takes the focus with it: the list keeps it then, and gives it back when the row returns. */
  private recoverFocus(isWanted = false): void {
    const { activeElement, body } = this.document;
    const viewport = this.viewport().elementRef.nativeElement;
    const isLost = activeElement === null || activeElement === body || activeElement === viewport;
    if (!this.hasFocus || !(isLost || isWanted)) return;
    const active = this.rows().find((row) => row.index() === this.browser.active());
    if (active === undefined) viewport.focus({ preventScroll: true });
    else active.focus();
  }

  private afterRender(action: () => void): void {
    afterNextRender(action, { injector: this.injector });
  }

  private rem(): number {
    const { documentElement, defaultView } = this.document;
    const size = defaultView?.getComputedStyle(documentElement).fontSize ?? '';
    return Number.parseFloat(size) || 14;
  }
}
