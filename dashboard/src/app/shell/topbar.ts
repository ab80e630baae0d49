import {
  Component,
  type ElementRef,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { HealthMonitor, type HealthState } from '../core/api/health-monitor';
import { SessionStore } from '../core/auth/session-store';
import { PageTitle } from '../core/page-title';
import { Theme } from '../core/theme/theme';
import { Icon } from '../ui/icon/icon';
import { Caller } from './caller';

const HEALTH_WORDS: Readonly<Record<HealthState, string>> = {
  checking: 'Checking',
  connected: 'Connected',
  slow: 'Slow to answer',
  offline: 'Offline',
};

@Component({
  selector: 'app-topbar',
  imports: [Caller, Icon],
  template: `
    <header class="bar">
      <button
        #menu
        type="button"
        class="button ghost icon-only menu"
        aria-controls="sidebar"
        [attr.aria-expanded]="isMenuOpen()"
        [attr.aria-label]="isMenuOpen() ? 'Close the menu' : 'Open the menu'"
        (click)="menuToggled.emit()"
      >
        <app-icon name="menu" />
      </button>
      <span class="page-name">{{ title() }}</span>
      <span class="health" role="status" [class]="health().state" [title]="tooltip()">
        <span class="dot" aria-hidden="true"></span>
        <span class="words"><span class="visually-hidden">Server: </span>{{ words() }}</span>
      </span>
      @if (session(); as known) {
        <app-caller [session]="known" (signedOut)="signOut()" />
      }
      <button
        type="button"
        class="button ghost icon-only"
        [attr.aria-label]="themeAction()"
        [title]="themeAction()"
        (click)="toggleTheme()"
      >
        <app-icon [name]="theme.name() === 'dark' ? 'sun' : 'moon'" />
      </button>
    </header>
  `,
  styleUrl: './topbar.css',
})
export class Topbar {
  readonly isMenuOpen = input.required<boolean>();

  readonly menuToggled = output();

  private readonly access = inject(SessionStore);

  protected readonly session = this.access.session;
  protected readonly theme = inject(Theme);
  protected readonly title = inject(PageTitle).current;
  protected readonly health = inject(HealthMonitor).health;
  protected readonly words = computed(() => HEALTH_WORDS[this.health().state]);
  protected readonly tooltip = computed(() => {
    const { milliseconds } = this.health();
    return milliseconds === null ? 'The server has not answered' : `Answered in ${milliseconds} ms`;
  });
  protected readonly themeAction = computed(() =>
    this.theme.name() === 'dark' ? 'Use the light theme' : 'Use the dark theme',
  );

  private readonly menu = viewChild.required<ElementRef<HTMLButtonElement>>('menu');

  focusMenuButton(): void {
    this.menu().nativeElement.focus();
  }

  protected async signOut(): Promise<void> {
    await this.access.signOut();
  }

  protected toggleTheme(): void {
    this.theme.toggle();
  }
}
