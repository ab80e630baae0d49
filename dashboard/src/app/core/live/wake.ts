import { DOCUMENT, InjectionToken, inject } from '@angular/core';
import { EMPTY, type Observable, filter, fromEvent, map, merge } from 'rxjs';

/**
 * Moments at which what was connected may no longer be: the tab is looked at again, the machine has slept, or the network is
 * back. Timers stood still meanwhile, and a connection that is dead says so late or never.
 */
export const WAKE = new InjectionToken<Observable<void>>('WAKE', {
  providedIn: 'root',
  factory: () => {
    const document = inject(DOCUMENT);
    const { defaultView } = document;
    const seen = fromEvent(document, 'visibilitychange').pipe(
      filter(() => document.visibilityState === 'visible'),
    );
    const online = defaultView === null ? EMPTY : fromEvent(defaultView, 'online');
    const restored = defaultView === null ? EMPTY : fromEvent(defaultView, 'pageshow');
    return merge(seen, online, restored).pipe(map(() => undefined));
  },
});
