import { DOCUMENT, type Signal, effect, inject, untracked } from '@angular/core';

/**
 * Asks again every so often while it is wanted: not where nobody looks, and at once when somebody looks again. Called where
 * something is constructed, with which it ends.
 */
export function repeatWhile(
  isWanted: Signal<boolean>,
  milliseconds: number,
  ask: () => void,
): void {
  const document = inject(DOCUMENT);
  effect((onCleanup) => {
    if (!isWanted()) return;
    const askIfSeen = (): void => {
      if (document.visibilityState === 'visible') untracked(ask);
    };
    const timer = setInterval(askIfSeen, milliseconds);
    document.addEventListener('visibilitychange', askIfSeen);
    onCleanup(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askIfSeen);
    });
  });
}
