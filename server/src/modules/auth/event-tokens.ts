import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { Injectable } from '@nestjs/common';
import type { EventTokenBody } from '@securescan/contracts';
import { sameBytes } from '../../common/same-bytes';
import { AuthConfig } from '../../config/auth.config';
import { Clock } from '../../ports/clock.port';
import { SecretKey } from '../../ports/secret-key.port';
import { EventTokenNotNeededError } from './auth.errors';
import type { Caller } from './caller';

const LIFE_SECONDS = 300;
const MAX_LENGTH = 1024;
const MS_PER_SECOND = 1000;
const TOKEN = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/;

/** Whom a token stands for and where it is good. */
export interface EventTokenClaims {
  readonly scanId: string;
  readonly kind: 'open' | 'env' | 'key';
  readonly subject: string;
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function isKind(kind: unknown): kind is EventTokenClaims['kind'] {
  return kind === 'open' || kind === 'env' || kind === 'key';
}

/**
 * Tokens for event streams, which browsers open without headers. A token is its claims and their HMAC-SHA-256, good for one
 * scan and five minutes; it admits a connection, and the stream then lives as long as its principal does.
 */
@Injectable()
export class EventTokens {
  private readonly secret: Uint8Array;

  constructor(
    private readonly config: AuthConfig,
    key: SecretKey,
    private readonly clock: Clock,
  ) {
    const given = config.eventTokenSecret;
    this.secret = given === null ? key.derive('event tokens') : utf8ToBytes(given);
  }

  /** @throws EventTokenNotNeededError for callers whom the proxy vouches for: their token would work without it. */
  mint(scanId: string, { kind, subject }: Caller): EventTokenBody {
    if (kind === 'sso') throw new EventTokenNotNeededError();
    const expires = this.nowSeconds() + LIFE_SECONDS;
    const claims = JSON.stringify([scanId, kind, subject, this.bindingOf(kind), expires]);
    const body = base64url(utf8ToBytes(claims));
    return { token: `${body}.${base64url(this.sign(body))}`, expires_in: LIFE_SECONDS };
  }

  /** What a token that is still good claims, `null` for any other text. */
  read(token: string): EventTokenClaims | null {
    const [, body, signature] = token.length > MAX_LENGTH ? [] : (TOKEN.exec(token) ?? []);
    if (body === undefined || signature === undefined) return null;
    if (!sameBytes(utf8ToBytes(base64url(this.sign(body))), utf8ToBytes(signature))) return null;
    // Signed by us, so it has our shape; a changed environment key is the one thing that can differ.
    const [scanId, kind, subject, binding, expires] = JSON.parse(
      Buffer.from(body, 'base64url').toString('utf8'),
    ) as [string, unknown, string, string, number];
    if (!isKind(kind) || binding !== this.bindingOf(kind) || expires <= this.nowSeconds()) {
      return null;
    }
    return { scanId, kind, subject };
  }

  /** A digest under our secret of what the principal is, where its name alone does not tell: another key is another one. */
  private bindingOf(kind: EventTokenClaims['kind']): string {
    return kind === 'env' ? base64url(this.sign(`env ${this.config.apiKey ?? ''}`)) : '';
  }

  private sign(text: string): Uint8Array {
    return hmac(sha256, this.secret, utf8ToBytes(text));
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / MS_PER_SECOND);
  }
}
