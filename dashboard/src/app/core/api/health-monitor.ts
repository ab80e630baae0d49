import { HttpClient } from '@angular/common/http';
import { DestroyRef, Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { API } from './routes';

export type HealthState = 'checking' | 'connected' | 'slow' | 'offline';

export interface Health {
  readonly state: HealthState;
  /** Round trip of the last answer. */
  readonly milliseconds: number | null;
  readonly version: string | null;
}

const EVERY_MS = 30_000;
const SLOW_MS = 1_500;
const LIMIT_MS = 5_000;

/** Asks the server every 30 s whether it is there. */
@Injectable({ providedIn: 'root' })
export class HealthMonitor {
  private readonly http = inject(HttpClient);
  private readonly state = signal<Health>({
    state: 'checking',
    milliseconds: null,
    version: null,
  });

  readonly health = this.state.asReadonly();

  constructor() {
    void this.check();
    const timer = setInterval(() => void this.check(), EVERY_MS);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
    });
  }

  async check(): Promise<void> {
    const started = performance.now();
    try {
      const answer = await firstValueFrom(this.http.get(API.health, { timeout: LIMIT_MS }));
      const milliseconds = Math.round(performance.now() - started);
      const state = milliseconds > SLOW_MS ? 'slow' : 'connected';
      this.state.set({ state, milliseconds, version: versionOf(answer) });
    } catch {
      // Expected: the server is down, restarting or too slow. That is the very thing to show.
      this.state.update(({ version }) => ({ state: 'offline', milliseconds: null, version }));
    }
  }
}

function versionOf(answer: object): string | null {
  return 'version' in answer && typeof answer.version === 'string' ? answer.version : null;
}
