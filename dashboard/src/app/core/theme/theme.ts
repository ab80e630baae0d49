import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';

export type ThemeName = 'dark' | 'light';

const STORAGE_KEY = 'securescan:theme';

/** Dark unless the system asks for light or the person chose; the choice is kept in the browser. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly chosen = signal<ThemeName | null>(this.read());
  private readonly system = signal<ThemeName>(this.watchSystem());

  readonly name = computed<ThemeName>(() => this.chosen() ?? this.system());

  constructor() {
    effect(() => {
      this.document.documentElement.dataset['theme'] = this.name();
    });
  }

  toggle(): void {
    const next = this.name() === 'dark' ? 'light' : 'dark';
    this.chosen.set(next);
    try {
      this.document.defaultView?.localStorage.setItem(STORAGE_KEY, next);
    } catch {
      // Expected where the browser forbids storage: the choice then lasts as long as the page.
    }
  }

  private read(): ThemeName | null {
    try {
      const stored = this.document.defaultView?.localStorage.getItem(STORAGE_KEY);
      return stored === 'dark' || stored === 'light' ? stored : null;
    } catch {
      // Expected where the browser forbids storage.
      return null;
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
