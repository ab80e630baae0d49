import type { Scope } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import { RetryLaterError } from '../../common/http.errors';

export class CredentialsMissingError extends UserError {
  constructor() {
    super(
      'CREDENTIALS_MISSING',
      'This server wants to know who calls: send a key as X-API-Key. An administrator makes keys with POST /api/v1/keys or "securescan keys create".',
    );
  }
}

export class CredentialsInvalidError extends UserError {
  constructor(readonly reason: 'unknown' | 'revoked' | 'expired') {
    const sentences = {
      unknown: 'The key is not one of this server.',
      revoked: 'The key has been revoked; ask an administrator for another one.',
      expired: 'The key has expired; ask an administrator for another one.',
    };
    super('CREDENTIALS_INVALID', sentences[reason]);
  }
}

export class EventTokenInvalidError extends UserError {
  constructor() {
    super(
      'EVENT_TOKEN_INVALID',
      'The event token is not valid for this scan any more; get a new one with POST /api/v1/scans/{id}/event-token.',
    );
  }
}

export class EventTokenNotNeededError extends UserError {
  constructor() {
    super(
      'EVENT_TOKEN_NOT_NEEDED',
      'Behind the proxy your session opens the event stream; open it without a token.',
    );
  }
}

/** The proxy's headers are there and cannot be believed. */
export class IdentityRefusedError extends UserError {
  constructor(reason: string) {
    super('IDENTITY_REFUSED', `The identity that the proxy gives is refused: ${reason}.`);
  }
}

export class CsrfRefusedError extends UserError {
  constructor(reason: string) {
    super(
      'CSRF_REFUSED',
      `This request changes something and does not prove that our own pages sent it: ${reason}.`,
    );
  }
}

export class ScopeMissingError extends UserError {
  constructor(needed: Scope, held: readonly Scope[]) {
    const holds = held.length === 0 ? 'none' : held.join(' and ');
    super(
      'SCOPE_MISSING',
      `This needs the scope ${needed}, and your credentials hold ${holds}; no scope includes another.`,
    );
  }
}

export class RateLimitedError extends RetryLaterError {
  constructor(retryAfterSeconds: number) {
    super(
      'RATE_LIMITED',
      `You ask for costly things faster than this server allows; try again in ${retryAfterSeconds} s.`,
      retryAfterSeconds,
    );
  }
}

export class TooManyFailuresError extends RetryLaterError {
  constructor(retryAfterSeconds: number) {
    super(
      'TOO_MANY_FAILURES',
      `Too many wrong credentials came from your address; try again in ${retryAfterSeconds} s.`,
      retryAfterSeconds,
    );
  }
}

/** Nobody is let in because we could not ask. */
export class CannotAuthenticateError extends OperationalError {
  constructor(cause: unknown) {
    super(
      'SERVICE_UNAVAILABLE',
      'The server cannot check credentials just now; try again in a moment.',
      { cause },
    );
  }
}
