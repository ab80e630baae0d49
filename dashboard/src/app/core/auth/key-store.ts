import { DOCUMENT, Injectable, inject, signal } from '@angular/core';

const STORAGE_KEY = 'securescan:api-key';

/**
 * The API key of this tab. It lives in `sessionStorage` alone: a reload keeps it, and it is gone with the tab. It is never
 * written where another tab, a link or a log could show it.
 */
@Injectable({ providedIn: 'root' })
export class KeyStore {
  private readonly document = inject(DOCUMENT);
  private readonly held = signal<string | null>(this.read());

  readonly key = this.held.asReadonly();

  keep(key: string): void {
    this.held.set(key);
    try {
      this.document.defaultView?.sessionStorage.setItem(STORAGE_KEY, key);
    } catch {
      // Expected where the browser forbids storage: the key then lasts as long as the page.
    }
  }

  forget(): void {
    this.held.set(null);
    try {
      this.document.defaultView?.sessionStorage.removeItem(STORAGE_KEY);
    } catch {
      // Expected where the browser forbids storage: nothing was written there.
    }
  }

  private read(): string | null {
    try {
      return this.document.defaultView?.sessionStorage.getItem(STORAGE_KEY) ?? null;
    } catch {
      // Expected where the browser forbids storage.
      return null;
    }
  }
}
