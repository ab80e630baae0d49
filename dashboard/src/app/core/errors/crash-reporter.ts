import { type ErrorHandler, Injectable, signal } from '@angular/core';

export interface Crash {
  /** A page that did not arrive is not a defect: the server is away, or has been updated since this tab was opened. */
  readonly kind: 'defect' | 'not-loaded';
  readonly message: string;
}

/** The last resort for defects of the pages themselves: the shell shows that something broke instead of going quiet. */
@Injectable({ providedIn: 'root' })
export class CrashReporter implements ErrorHandler {
  private readonly last = signal<Crash | null>(null);

  readonly crash = this.last.asReadonly();

  handleError(error: unknown): void {
    this.report('defect', error);
  }

  /** The router could not get the code of a page. */
  pageNotLoaded(error: unknown): void {
    this.report('not-loaded', error);
  }

  dismiss(): void {
    this.last.set(null);
  }

  private report(kind: Crash['kind'], error: unknown): void {
    this.last.set({ kind, message: error instanceof Error ? error.message : String(error) });
    // eslint-disable-next-line no-console -- the stack belongs in the browser's console, where a bug report can take it from
    console.error(error);
  }
}
