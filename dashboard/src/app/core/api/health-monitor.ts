import { HttpClient } from '@angular/common/http';
import { DOCUMENT, DestroyRef, Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { toProblem } from '../errors/problem';
import { API } from './routes';
import { number, object, oneOf, text } from './wire-parser';

export type HealthState = 'checking' | 'connected' | 'slow' | 'not-ready' | 'offline';

export interface Health {
  readonly state: HealthState;
  /** What the server said of its parts, or why it is not ready; `null` where it said nothing. */
  readonly detail: string | null;
  /** Round trip of the last answer. */
  readonly milliseconds: number | null;
  readonly version: string | null;
}

const EVERY_MS = 30_000;
/** Soon enough that a page is right again soon after a restart. */
const EVERY_MS_WHILE_AWAY = 5_000;
const SLOW_MS = 1_500;
const LIMIT_MS = 5_000;
const UNAVAILABLE = 503;

const ok = object({ status: oneOf(['ok']) });
const ready = object({
  status: oneOf(['ready']),
  checks: object({ db: ok, scanners: object({ status: oneOf(['ok']), count: number }) }),
});
const banner = object({ version: text });

/** Asks the server every 30 s whether it can serve requests, and again as soon as the browser is back from being offline. */
@Injectable({ providedIn: 'root' })
export class HealthMonitor {
  private readonly http = inject(HttpClient);
  private readonly state = signal<Health>({
    state: 'checking',
    detail: null,
    milliseconds: null,
    version: null,
  });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isOver = false;

  readonly health = this.state.asReadonly();

  constructor() {
    const { defaultView } = inject(DOCUMENT);
    const check = (): void => void this.check();
    defaultView?.addEventListener('online', check);
    defaultView?.addEventListener('offline', check);
    inject(DestroyRef).onDestroy(() => {
      this.isOver = true;
      clearTimeout(this.timer);
      defaultView?.removeEventListener('online', check);
      defaultView?.removeEventListener('offline', check);
    });
    void this.check();
  }

  async check(): Promise<void> {
    clearTimeout(this.timer);
    const found = await this.ask();
    const version = this.state().version ?? (await this.askVersion(found.state));
    this.state.set({ ...found, version });
    if (this.isOver) return;
    clearTimeout(this.timer);
    const isAway = found.state === 'offline' || found.state === 'not-ready';
    this.timer = setTimeout(() => void this.check(), isAway ? EVERY_MS_WHILE_AWAY : EVERY_MS);
  }

  private async ask(): Promise<Omit<Health, 'version'>> {
    const started = performance.now();
    try {
      const answer = await firstValueFrom(this.http.get(API.ready, { timeout: LIMIT_MS }));
      const milliseconds = Math.round(performance.now() - started);
      const { count } = ready(answer, 'readiness').checks.scanners;
      const detail = `database ok, ${count} scanners known`;
      return { state: milliseconds > SLOW_MS ? 'slow' : 'connected', detail, milliseconds };
    } catch (error) {
      // Expected: the server is down, restarting or too slow. That is the very thing to show.
      const { status, message } = toProblem(error);
      if (status !== UNAVAILABLE) return { state: 'offline', detail: null, milliseconds: null };
      return { state: 'not-ready', detail: message, milliseconds: null };
    }
  }

  private async askVersion(state: HealthState): Promise<string | null> {
    if (state === 'offline') return null;
    const headers = { Accept: 'application/json' };
    try {
      const answer = await firstValueFrom(
        this.http.get(API.banner, { headers, timeout: LIMIT_MS }),
      );
      return banner(answer, 'banner').version;
    } catch {
      // Expected where a proxy answers for the root by itself: the version is then not shown.
      return null;
    }
  }
}
