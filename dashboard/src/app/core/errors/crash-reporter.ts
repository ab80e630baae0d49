import { type ErrorHandler, Injectable, signal } from '@angular/core';

/** The last resort for defects of the pages themselves: the shell shows that something broke instead of going quiet. */
@Injectable({ providedIn: 'root' })
export class CrashReporter implements ErrorHandler {
  private readonly message = signal<string | null>(null);

  readonly crash = this.message.asReadonly();

  handleError(error: unknown): void {
    this.message.set(error instanceof Error ? error.message : String(error));
    // eslint-disable-next-line no-console -- the stack belongs in the browser's console, where a bug report can take it from
    console.error(error);
  }

  dismiss(): void {
    this.message.set(null);
  }
}
