import { IsInt, Max, Min } from 'class-validator';
import { flag, Setting, wholeNumber } from './setting';

export class RateLimitConfig {
  @Setting('SECURESCAN_RATE_LIMIT_ENABLED', flag)
  readonly enabled: boolean = true;

  /** Tokens that each caller gains per minute; a costly request takes one or more. */
  @Setting('SECURESCAN_RATE_LIMIT_PER_MIN', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly perMinute: number = 60;

  /** Tokens that a caller can have saved up. */
  @Setting('SECURESCAN_RATE_LIMIT_BURST', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly burst: number = 10;
}
