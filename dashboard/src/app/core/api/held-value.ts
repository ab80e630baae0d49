import type { HttpResourceRef } from '@angular/common/http';
import { type Signal, computed, linkedSignal } from '@angular/core';
import { type Problem, toProblem } from '../errors/problem';

/** Exactly one of the three states of a read that has no value to show yet, or the value. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'error'; readonly problem: Problem }
  | { readonly state: 'value'; readonly value: T };

/**
 * The state of a read as a page renders it. While the next answer for the same `subject` is on its way the last one stays
 * on screen, so that turning a page or following a live scan does not flicker.
 */
export function heldValue<T>(
  resource: HttpResourceRef<T | undefined>,
  subject: Signal<unknown>,
): Signal<Loaded<T>> {
  const current = computed<Loaded<T>>(() => {
    const error = resource.error();
    if (error !== undefined) return { state: 'error', problem: toProblem(error) };
    if (!resource.hasValue()) return { state: 'loading' };
    return { state: 'value', value: resource.value() };
  });
  return linkedSignal<{ current: Loaded<T>; subject: unknown }, Loaded<T>>({
    source: () => ({ current: current(), subject: subject() }),
    computation: (next, previous) => {
      const canHold =
        previous?.value.state === 'value' && Object.is(previous.source.subject, next.subject);
      return next.current.state === 'loading' && canHold ? previous.value : next.current;
    },
  }).asReadonly();
}

/** The same state with another value. */
export function mapped<T, U>(loaded: Loaded<T>, change: (value: T) => U): Loaded<U> {
  return loaded.state === 'value' ? { state: 'value', value: change(loaded.value) } : loaded;
}
