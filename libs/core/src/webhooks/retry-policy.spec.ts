import fc from 'fast-check';
import {
  DEAD_AFTER_MS,
  HOLDING_MS,
  isDead,
  RETRY_WAITS_MS,
  stepAfter,
  stepsAsideAt,
  type AttemptEnd,
  type DeliveryPast,
  type NextStep,
} from './retry-policy';
import { retryAfterMs } from './retry-after';

const NOW = new Date('2026-01-31T12:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function after(ms: number, from = NOW): Date {
  return new Date(from.getTime() + ms);
}

function answered(status: number, retryAfter: string | null = null): AttemptEnd {
  return { status, retryAfter };
}

function step(end: AttemptEnd, past: Partial<DeliveryPast> = {}, random = 0.5): NextStep {
  return stepAfter(end, { attempts: 1, holdsSince: null, ...past }, { now: NOW, random });
}

function retried(end: AttemptEnd, past: Partial<DeliveryPast> = {}, random = 0.5) {
  const next = step(end, past, random);
  if (next.kind !== 'retry') throw new TypeError(`${next.kind} instead of a retry`);
  return next;
}

describe('stepAfter', () => {
  it.each([200, 201, 202, 204, 206, 299])('takes %d for received', (status) => {
    expect(step(answered(status), { attempts: 7 })).toEqual({ kind: 'succeeded' });
  });

  it.each([null, 100, 199, 300, 301, 302, 304, 307, 308, 400, 404, 408, 429, 500, 503, 599])(
    'tries again after %s',
    (status) => {
      expect(step(status === null ? null : answered(status))).toMatchObject({
        kind: 'retry',
        at: after(5_000),
        pausedUntil: null,
        holdsSince: NOW,
        stepsAside: false,
      });
    },
  );

  it('believes a receiver that is gone', () => {
    expect(step(answered(410))).toEqual({ kind: 'gone' });
  });

  it('waits ever longer, ten attempts in about 75 hours', () => {
    const waits = RETRY_WAITS_MS.map(
      (_, index) => retried(null, { attempts: index + 1 }).at.getTime() - NOW.getTime(),
    );
    expect(waits).toEqual(RETRY_WAITS_MS);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.reduce((sum, wait) => sum + wait, 0) / HOUR).toBeCloseTo(75.6, 1);
    expect(step(null, { attempts: 10 })).toEqual({ kind: 'exhausted' });
  });

  it('spreads each wait by a tenth either way', () => {
    expect(retried(null, { attempts: 4 }, 0).at).toEqual(after(1.8 * HOUR));
    expect(retried(null, { attempts: 4 }, 1).at).toEqual(after(2.2 * HOUR));
  });

  it.each([
    [2, false],
    [3, true],
    [4, true],
  ])('lets one that is refused step aside: attempt %d, %s', (attempts, stepsAside) => {
    for (const status of [400, 401, 403, 404, 405, 413, 422, 451]) {
      expect(retried(answered(status), { attempts }).stepsAside).toBe(stepsAside);
    }
    for (const status of [408, 409, 425, 429, 302, 500, 503]) {
      expect(retried(answered(status), { attempts }).stepsAside).toBe(false);
    }
    expect(retried(null, { attempts }).stepsAside).toBe(false);
  });

  it('lets one that has failed for 30 minutes step aside', () => {
    expect(retried(null, { holdsSince: after(1 - HOLDING_MS) }).stepsAside).toBe(false);
    expect(retried(null, { holdsSince: after(-HOLDING_MS) }).stepsAside).toBe(true);
    expect(stepsAsideAt(NOW)).toEqual(after(30 * MINUTE));
  });

  it('pauses, and stops the clock of stepping aside, for as long as the receiver asks', () => {
    expect(retried(answered(429, '600'))).toEqual({
      kind: 'retry',
      at: after(10 * MINUTE),
      pausedUntil: after(10 * MINUTE),
      holdsSince: after(10 * MINUTE),
      stepsAside: false,
    });
    const second = retried(answered(503, '600'), { holdsSince: after(-29 * MINUTE) });
    expect(second.holdsSince).toEqual(after(-19 * MINUTE));
  });

  it('comes no sooner than the schedule says, however soon the receiver would have it', () => {
    const next = retried(answered(429, '1'), { attempts: 4 });
    expect([next.at, next.pausedUntil]).toEqual([after(2 * HOUR), after(1000)]);
  });

  it('reads no waiting time from a redirect, nor from an answer that asks for none', () => {
    expect(retried(answered(302, '600'))).toMatchObject({ at: after(5000), pausedUntil: null });
    expect(retried(answered(503, '0'))).toMatchObject({ at: after(5000), pausedUntil: null });
  });

  it('ends for every series of answers, never waits longer than a day and a tenth, and loses no hold', () => {
    const end = fc.option(
      fc.record({
        status: fc.integer({ min: 100, max: 599 }),
        retryAfter: fc.option(fc.oneof(fc.nat().map(String), fc.string())),
      }),
    );
    const series = fc.array(fc.tuple(end, fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 10,
      maxLength: 10,
    });
    fc.assert(
      fc.property(series, (ends) => {
        let now = NOW;
        let holdsSince: Date | null = null;
        const kinds: string[] = [];
        for (const [index, [one, random]] of ends.entries()) {
          const next = stepAfter(one, { attempts: index + 1, holdsSince }, { now, random });
          kinds.push(next.kind);
          if (next.kind !== 'retry') break;
          expect(next.at > now).toBe(true);
          expect(next.at.getTime() - now.getTime()).toBeLessThanOrEqual(1.1 * DAY);
          expect(next.holdsSince >= (holdsSince ?? now)).toBe(true);
          expect(next.pausedUntil === null || next.pausedUntil <= next.at).toBe(true);
          now = next.at;
          holdsSince = next.holdsSince;
        }
        expect(kinds.at(-1)).toMatch(/^(?:succeeded|gone|exhausted)$/);
      }),
    );
  });
});

describe('isDead', () => {
  it('is a webhook to which nothing could be delivered for five days', () => {
    expect(isDead(after(1 - DEAD_AFTER_MS), NOW)).toBe(false);
    expect(isDead(after(-5 * DAY), NOW)).toBe(true);
  });
});

describe('retryAfterMs', () => {
  it.each<[string | null, number | null]>([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['86400', DAY],
    ['86401', DAY],
    ['9'.repeat(400), DAY],
    ['Sat, 31 Jan 2026 12:00:30 GMT', 30_000],
    ['Saturday, 31-Jan-26 12:00:30 GMT', 30_000],
    ['Sat Jan 31 12:00:30 2026', 30_000],
    ['Sun Feb  1 12:00:00 2026', DAY],
    ['Sat, 31 Jan 2026 11:00:00 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', DAY],
    [null, null],
    ['', null],
    ['-1', null],
    ['1.5', null],
    ['1e3', null],
    ['soon', null],
    ['Sat, 31 Foo 2026 12:00:30 GMT', null],
    ['Sat, 41 Jan 2026 12:00:30 GMT', null],
    ['Sat, 31 Jan 2026 12:00:30 CET', null],
    ['2026-01-31T12:00:30Z', null],
  ])('reads %j as %p ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});
