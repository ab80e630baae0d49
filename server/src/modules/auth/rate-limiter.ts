import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { readAddress } from '../../config/address-ranges';
import { AuthConfig } from '../../config/auth.config';
import { RateLimitConfig } from '../../config/rate-limit.config';
import { Clock } from '../../ports/clock.port';
import { RateLimitedError, TooManyFailuresError } from './auth.errors';
import type { Caller } from './caller';
import { type BucketState, TokenBuckets } from './token-buckets';

const MS_PER_SECOND = 1000;
/** One customer of a provider has at least a /64 of IPv6 to himself. */
const IPV6_NETWORK_BITS = 64;

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / MS_PER_SECOND));
}

/** Who shares a count of failures with this address. */
export function neighbourhoodOf(address: string): string {
  const read = readAddress(address);
  if (!(read instanceof ipaddr.IPv6)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${read.toString()}/${IPV6_NETWORK_BITS}`).toString();
}

/** Keeps any one caller from taking more than their share, and whoever guesses credentials from going on. */
@Injectable()
export class RateLimiter {
  private readonly costs: TokenBuckets;
  private readonly failures: TokenBuckets;

  constructor(
    private readonly config: RateLimitConfig,
    auth: AuthConfig,
    private readonly clock: Clock,
  ) {
    const nowMs = (): number => clock.monotonicMs();
    this.costs = new TokenBuckets(config.perMinute, config.burst, nowMs);
    this.failures = new TokenBuckets(auth.failuresPerMinute, auth.failuresPerMinute, nowMs);
  }

  /**
   * Takes what a request costs from its caller.
   * @returns headers for the answer, also for one that `refuse` will make a 429; none where there is no limit.
   */
  charge(
    { kind, subject }: Caller,
    cost: number,
  ): { readonly headers: Readonly<Record<string, string>>; readonly refusal: Error | null } {
    if (!this.config.enabled || cost === 0) return { headers: {}, refusal: null };
    const state = this.costs.take(JSON.stringify([kind, subject]), cost);
    return {
      headers: this.headersOf(state),
      refusal: state.isAllowed ? null : new RateLimitedError(seconds(state.waitMs)),
    };
  }

  /** @throws TooManyFailuresError where this address has failed too often lately. */
  assertMayTry(address: string): void {
    const { remaining, nextTokenMs } = this.failures.peek(neighbourhoodOf(address));
    if (remaining < 1) throw new TooManyFailuresError(seconds(nextTokenMs));
  }

  noteFailure(address: string): void {
    this.failures.take(neighbourhoodOf(address), 1);
  }

  private headersOf(state: BucketState): Readonly<Record<string, string>> {
    const nowMs = this.clock.now().getTime();
    return {
      'X-RateLimit-Limit': String(this.config.perMinute),
      'X-RateLimit-Remaining': String(state.remaining),
      'X-RateLimit-Reset': String(Math.ceil((nowMs + state.nextTokenMs) / MS_PER_SECOND)),
    };
  }
}
