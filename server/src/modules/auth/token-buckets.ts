/** What is left in a bucket after somebody asked. */
export interface BucketState {
  readonly isAllowed: boolean;
  /** Whole tokens that are left. */
  readonly remaining: number;
  /** Milliseconds until what was asked for is there; 0 where it was. */
  readonly waitMs: number;
  /** Milliseconds until there is one token; 0 while there is one. */
  readonly nextTokenMs: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MAX_BUCKETS = 10_000;
const MS_PER_MINUTE = 60_000;

/** Token buckets by key: each begins full and gains tokens evenly. The least recently used ones go when there are too many. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perMinute: number,
    private readonly capacity: number,
    private readonly nowMs: () => number,
  ) {}

  /** Takes tokens if they are there, and otherwise none. More than a bucket can hold counts as a full one. */
  take(key: string, cost: number): BucketState {
    const bucket = this.filled(key);
    const asked = Math.min(cost, this.capacity);
    const isAllowed = bucket.tokens >= asked;
    if (isAllowed) bucket.tokens -= asked;
    return {
      isAllowed,
      remaining: Math.floor(bucket.tokens),
      waitMs: isAllowed ? 0 : this.msFor(asked - bucket.tokens),
      nextTokenMs: this.msFor(1 - bucket.tokens),
    };
  }

  /** What `take` would say, without taking. */
  peek(key: string): BucketState {
    return this.take(key, 0);
  }

  private msFor(tokens: number): number {
    return tokens <= 0 ? 0 : Math.ceil((tokens * MS_PER_MINUTE) / this.perMinute);
  }

  private filled(key: string): Bucket {
    const nowMs = this.nowMs();
    const known = this.buckets.get(key) ?? { tokens: this.capacity, filledAtMs: nowMs };
    const gained = ((nowMs - known.filledAtMs) * this.perMinute) / MS_PER_MINUTE;
    const bucket = { tokens: Math.min(this.capacity, known.tokens + gained), filledAtMs: nowMs };
    // Put back at the end, so that the first one is the least recently used.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > MAX_BUCKETS) this.forgetFirst();
    return bucket;
  }

  private forgetFirst(): void {
    const [first] = this.buckets.keys();
    if (first !== undefined) this.buckets.delete(first);
  }
}
