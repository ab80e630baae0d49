import { retryAfterMs } from './retry-after';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Waits after the first, second … failed attempt in milliseconds (Standard Webhooks 1.0): ten attempts in about 75 hours. */
export const RETRY_WAITS_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** Each wait is longer or shorter by at most this part of it, so that receivers that fell together are not asked together. */
export const RETRY_JITTER = 0.1;

/** So long younger deliveries wait for the eldest, from its first failed attempt. */
export const HOLDING_MS = 30 * MINUTE;
/** After so many attempts a delivery that its receiver refuses for good holds nobody up. */
export const ATTEMPTS_OF_REFUSED = 3;
/** A webhook to which nothing could be delivered for so long is disabled. */
export const DEAD_AFTER_MS = 5 * DAY;

/** How an attempt ended; `null` where there was no answer. */
export type AttemptEnd = { readonly status: number; readonly retryAfter: string | null } | null;

/** What a delivery had behind it when the attempt began. */
export interface DeliveryPast {
  /** Attempts, the one that has just ended included. */
  readonly attempts: number;
  /** From when on it has held up younger ones; `null` before its first failure. */
  readonly holdsSince: Date | null;
}

export type NextStep =
  | { readonly kind: 'succeeded' }
  /** The receiver says that it will never be there again: the webhook is to be disabled. */
  | { readonly kind: 'gone' }
  /** That was the last attempt. */
  | { readonly kind: 'exhausted' }
  | {
      readonly kind: 'retry';
      readonly at: Date;
      /** The receiver asked that nothing be sent to it before; `null` where it did not. */
      readonly pausedUntil: Date | null;
      readonly holdsSince: Date;
      /** Whether younger ones go before it from now on. */
      readonly stepsAside: boolean;
    };

/**
 * What follows an attempt (D24).
 * @param random from 0 up to 1.
 */
export function stepAfter(
  end: AttemptEnd,
  past: DeliveryPast,
  { now, random }: { readonly now: Date; readonly random: number },
): NextStep {
  if (isSuccess(end)) return { kind: 'succeeded' };
  if (end?.status === 410) return { kind: 'gone' };
  const wait = RETRY_WAITS_MS[past.attempts - 1];
  if (wait === undefined) return { kind: 'exhausted' };
  const asked = askedWait(end, now);
  // Never sooner than the schedule says: answers that ask for a moment must not use up the attempts of three days.
  const at = later(now, Math.max(jittered(wait, random), asked ?? 0));
  // What the receiver asked for does not count as being held up.
  const holdsSince = later(past.holdsSince ?? now, asked ?? 0);
  return {
    kind: 'retry',
    at,
    pausedUntil: asked === null || asked === 0 ? null : later(now, asked),
    holdsSince,
    stepsAside: mustStepAside(end, past.attempts) || now >= stepsAsideAt(holdsSince),
  };
}

/** When a delivery steps aside that has failed since `holdsSince`, whether or not it is tried in between. */
export function stepsAsideAt(holdsSince: Date): Date {
  return later(holdsSince, HOLDING_MS);
}

/** @param failingSince when the first of all the attempts since the last success failed. */
export function isDead(failingSince: Date, now: Date): boolean {
  return now >= later(failingSince, DEAD_AFTER_MS);
}

function isSuccess(end: AttemptEnd): boolean {
  return end !== null && end.status >= 200 && end.status <= 299;
}

/** On a redirect the header speaks of the place that it leads to (RFC 9110, 10.2.3), where nobody goes. */
function askedWait(end: AttemptEnd, now: Date): number | null {
  return end === null || end.status < 400 ? null : retryAfterMs(end.retryAfter, now);
}

const MAY_CHANGE = [408, 409, 425, 429];

/** The request itself is refused: to repeat it soon helps nobody. */
function mustStepAside(end: AttemptEnd, attempts: number): boolean {
  const isRefused =
    end !== null && end.status >= 400 && end.status <= 499 && !MAY_CHANGE.includes(end.status);
  return isRefused && attempts >= ATTEMPTS_OF_REFUSED;
}

function jittered(wait: number, random: number): number {
  return Math.round(wait * (1 - RETRY_JITTER + 2 * RETRY_JITTER * random));
}

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}
