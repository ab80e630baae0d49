import {
  Component,
  DOCUMENT,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';
import { HealthMonitor, type HealthState } from '../core/api/health-monitor';
import { CrashReporter } from '../core/errors/crash-reporter';
import { Icon } from '../ui/icon/icon';
import { Palette } from './palette/palette';
import { Sidebar } from './sidebar';
import { ToastRegion } from './toast-region';
import { Topbar } from './topbar';

const AWAY_WORDS: Readonly<Partial<Record<HealthState, string>>> = {
  offline: 'The server does not answer. What is shown here may be out of date.',
  'not-ready': 'The server answers, but cannot serve requests just now.',
};

/** From where on the stylesheet shows the menu beside the page. */
const WIDE = '(min-width: 900px)';

/** The frame around every page. */
@Component({
  selector: 'app-shell',
  imports: [Icon, Palette, RouterOutlet, Sidebar, ToastRegion, Topbar],
  templateUrl: './shell.html',
  styleUrl: './shell.css',
  host: {
    '(document:keydown.escape)': 'leaveMenu()',
    '(document:keydown)': 'summon($event)',
    '(window:resize)': 'widen()',
  },
})
export class Shell {
  private readonly router = inject(Router);
  private readonly document = inject(DOCUMENT);
  private readonly reporter = inject(CrashReporter);
  private readonly injector = inject(Injector);
  private readonly sidebar = viewChild.required(Sidebar);
  private readonly topbar = viewChild.required(Topbar);
  private readonly main = viewChild.required<ElementRef<HTMLElement>>('main');
  private readonly health = inject(HealthMonitor).health;
  private lastPath: string | null = null;

  protected readonly crash = this.reporter.crash;
  protected readonly isMenuOpen = signal(false);
  protected readonly isPaletteOpen = signal(false);
  protected readonly awayWords = computed(() => AWAY_WORDS[this.health().state] ?? null);

  constructor() {
    effect(() => {
      const navigation = this.router.lastSuccessfulNavigation();
      if (navigation !== null) this.arriveAt(this.router.url.split('?')[0] ?? '');
    });
  }

  protected toggleMenu(): void {
    this.isMenuOpen.update((isOpen) => !isOpen);
    if (!this.isMenuOpen()) return;
    this.whenRendered(() => {
      this.sidebar().focus();
    });
  }

  protected closeMenu(): void {
    this.isMenuOpen.set(false);
  }

  /** Leaving the menu without a choice gives the focus back to where it was opened. */
  protected leaveMenu(): void {
    if (!this.isMenuOpen()) return;
    this.closeMenu();
    this.whenRendered(() => {
      this.topbar().focusMenuButton();
    });
  }

  /** In a wide window the menu is a part of the page, which then must not be out of reach. */
  protected widen(): void {
    if (this.document.defaultView?.matchMedia(WIDE).matches) this.closeMenu();
  }

  /** Ctrl+K, or Cmd+K where that is the key for it. */
  protected summon(event: KeyboardEvent): void {
    const isAsked = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
    if (!isAsked || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // Another dialog in front keeps the page beneath it out of reach.
    const isCovered = this.document.querySelector('dialog[open]') !== null;
    if (!isCovered) this.isPaletteOpen.set(true);
    else if (this.isPaletteOpen()) this.isPaletteOpen.set(false);
  }

  protected dismissCrash(): void {
    this.reporter.dismiss();
  }

  protected reload(): void {
    this.document.defaultView?.location.reload();
  }

  /** The link's address would leave the page: every address here is relative to the root. */
  protected skipToContent(event: Event): void {
    event.preventDefault();
    this.main().nativeElement.focus();
  }

  /** The menu keeps what is beneath it out of reach until it is drawn closed. */
  private whenRendered(run: () => void): void {
    afterNextRender(run, { injector: this.injector });
  }

  /** A new page starts at its top for the keyboard and for screen readers too. */
  private arriveAt(path: string): void {
    if (this.lastPath !== null && this.lastPath !== path) {
      this.whenRendered(() => {
        this.main().nativeElement.focus({ preventScroll: true });
      });
    }
    this.lastPath = path;
    this.isMenuOpen.set(false);
  }
}
