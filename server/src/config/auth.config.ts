import { IsInt, IsOptional, Max, Min, MinLength } from 'class-validator';
import { flag, Setting, text, wholeNumber } from './setting';

export class AuthConfig {
  /** A key with all scopes that lives in the environment. */
  @Setting('SECURESCAN_API_KEY', text, { isSecret: true })
  readonly apiKey: string | null = null;

  /** Refuses to start while nobody could administer this installation with a credential. */
  @Setting('SECURESCAN_AUTH_REQUIRED', flag)
  readonly required: boolean = false;

  /** Signs the tokens of event streams. Null: made from the key of this installation. */
  @Setting('SECURESCAN_EVENT_TOKEN_SECRET', text, { isSecret: true })
  @IsOptional()
  @MinLength(16, { message: 'must have at least 16 characters' })
  readonly eventTokenSecret: string | null = null;

  /** What secrets of this installation are made from. Null: a file beside the database, made at the first start. */
  @Setting('SECURESCAN_SECRET_KEY', text, { isSecret: true })
  @IsOptional()
  @MinLength(32, { message: 'must have at least 32 characters' })
  readonly secretKey: string | null = null;

  /** Wrong credentials per minute that one address may show before its further ones are refused unread. */
  @Setting('SECURESCAN_AUTH_FAILURES_PER_MIN', wholeNumber)
  @IsInt()
  @Min(1)
  @Max(100_000)
  readonly failuresPerMinute: number = 30;
}
