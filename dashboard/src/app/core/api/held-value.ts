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

/** What a page that asks again by itself shows: the last value, and beside it why it may be old. */
export interface Followed<T> {
  readonly shown: Loaded<T>;
  /** Why the last round brought nothing; `null` where it did, and where `shown` itself tells. */
  readonly problem: Problem | null;
}

/** Keeps what was read on screen when a later round for the same `subject` fails: an outage takes nothing from the reader. */
export function followedValue<T>(
  loaded: Signal<Loaded<T>>,
  subject: Signal<unknown>,
): Signal<Followed<T>> {
  return linkedSignal<{ loaded: Loaded<T>; subject: unknown }, Followed<T>>({
    source: () => ({ loaded: loaded(), subject: subject() }),
    computation: (next, previous) => {
      const last = previous?.value.shown;
      const canKeep = last?.state === 'value' && Object.is(previous?.source.subject, next.subject);
      if (next.loaded.state === 'value' || !canKeep) return { shown: next.loaded, problem: null };
      const problem = next.loaded.state === 'error' ? next.loaded.problem : previous?.value.problem;
      return { shown: last, problem: problem ?? null };
    },
  }).asReadonly();
}
