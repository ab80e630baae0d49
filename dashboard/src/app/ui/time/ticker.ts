import { DestroyRef, Injectable, InjectionToken, type Signal, inject, signal } from '@angular/core';

/** Milliseconds since the epoch; tests bring their own clock. */
export const CLOCK = new InjectionToken<() => number>('CLOCK', {
  providedIn: 'root',
  factory: () => () => Date.now(),
});

/** The page's shared clocks: every relative time on screen moves at the same moment. */
@Injectable({ providedIn: 'root' })
export class Ticker {
  private readonly clock = inject(CLOCK);
  private readonly destroyRef = inject(DestroyRef);

  /** For ages; moves every 30 s. */
  readonly now = this.every(30_000);
  /** For stop watches; moves every second. */
  readonly second = this.every(1_000);

  private every(milliseconds: number): Signal<number> {
    const time = signal(this.clock());
    const timer = setInterval(() => {
      time.set(this.clock());
    }, milliseconds);
    this.destroyRef.onDestroy(() => {
      clearInterval(timer);
    });
    return time.asReadonly();
  }
}
