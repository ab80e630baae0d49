import {
  Component,
  DOCUMENT,
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
import { Theme, type ThemeChoice } from '../core/theme/theme';
import { Icon } from '../ui/icon/icon';
import type { IconName } from '../ui/icon/icon-shapes';
import { Menu, type MenuEntry } from '../ui/menu/menu';
import { Bell } from './bell/bell';
import { Caller } from './caller';

const HEALTH_WORDS: Readonly<Record<HealthState, string>> = {
  checking: 'Checking',
  connected: 'Connected',
  slow: 'Slow to answer',
  'not-ready': 'Not ready',
  offline: 'Offline',
};

const THEMES: readonly {
  readonly id: ThemeChoice;
  readonly label: string;
  readonly icon: IconName;
}[] = [
  { id: 'system', label: "The system's", icon: 'monitor' },
  { id: 'dark', label: 'Dark', icon: 'moon' },
  { id: 'light', label: 'Light', icon: 'sun' },
];

/** Macs write Cmd where others write Ctrl; the page listens to both. */
function shortcutOf(platform: string): string {
  return /mac|iphone|ipad/i.test(platform) ? 'Cmd K' : 'Ctrl K';
}

@Component({
  selector: 'app-topbar',
  imports: [Bell, Caller, Icon, Menu],
  templateUrl: './topbar.html',
  styleUrl: './topbar.css',
})
export class Topbar {
  readonly isMenuOpen = input.required<boolean>();

  readonly menuToggled = output();
  readonly paletteOpened = output();

  private readonly access = inject(SessionStore);

  protected readonly session = this.access.session;
  protected readonly theme = inject(Theme);
  protected readonly title = inject(PageTitle).current;
  protected readonly health = inject(HealthMonitor).health;
  protected readonly words = computed(() => HEALTH_WORDS[this.health().state]);
  protected readonly tooltip = computed(() => {
    const { detail, milliseconds } = this.health();
    const time = milliseconds === null ? null : `answered in ${milliseconds} ms`;
    const known = [detail, time].filter((part) => part !== null);
    return known.length === 0 ? 'The server has not answered' : known.join(', ');
  });
  protected readonly themes = computed<readonly MenuEntry[]>(() =>
    THEMES.map((theme) => ({ ...theme, isChecked: theme.id === this.theme.choice() })),
  );
  protected readonly shortcut = shortcutOf(inject(DOCUMENT).defaultView?.navigator.platform ?? '');

  private readonly menu = viewChild.required<ElementRef<HTMLButtonElement>>('menu');

  focusMenuButton(): void {
    this.menu().nativeElement.focus();
  }

  protected async signOut(): Promise<void> {
    await this.access.signOut();
  }

  protected chooseTheme(id: string): void {
    const theme = THEMES.find((offered) => offered.id === id);
    if (theme !== undefined) this.theme.choose(theme.id);
  }
}
