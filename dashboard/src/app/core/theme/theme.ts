import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';

export type ThemeName = 'dark' | 'light';
export type ThemeChoice = 'system' | ThemeName;

const STORAGE_KEY = 'securescan:theme';

/** Dark unless the system asks for light or the person chose; the choice is kept in the browser. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ThemeChoice>(this.read());
  private readonly system = signal<ThemeName>(this.watchSystem());

  readonly choice = this.chosen.asReadonly();
  readonly name = computed<ThemeName>(() => {
    const choice = this.chosen();
    return choice === 'system' ? this.system() : choice;
  });

  constructor() {
    effect(() => {
      this.document.documentElement.dataset['theme'] = this.name();
    });
  }

  choose(choice: ThemeChoice): void {
    this.chosen.set(choice);
    try {
      const storage = this.document.defaultView?.localStorage;
      if (choice === 'system') storage?.removeItem(STORAGE_KEY);
      else storage?.setItem(STORAGE_KEY, choice);
    } catch {
      // Expected where the browser forbids storage: the choice then lasts as long as the page.
    }
  }

  private read(): ThemeChoice {
    try {
      const stored = this.document.defaultView?.localStorage.getItem(STORAGE_KEY);
      return stored === 'dark' || stored === 'light' ? stored : 'system';
    } catch {
      // Expected where the browser forbids storage.
      return 'system';
    }
  }

  private watchSystem(): ThemeName {
    const query = this.document.defaultView?.matchMedia('(prefers-color-scheme: light)');
    query?.addEventListener('change', (event) => {
      this.system.set(event.matches ? 'light' : 'dark');
    });
    return query?.matches === true ? 'light' : 'dark';
  }
}
