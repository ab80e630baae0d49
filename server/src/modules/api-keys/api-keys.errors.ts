import type { Scope } from '@securescan/contracts';
import { OperationalError, UserError } from '@securescan/core';
import { FieldsRefusedError } from '../../common/http.errors';

export class KeyNotFoundError extends UserError {
  constructor() {
    super('KEY_NOT_FOUND', 'There is no key with this id.');
  }
}

export class NotAKeyError extends UserError {
  constructor() {
    super(
      'KEY_NOT_FOUND',
      'This request was not made with a key of the database; GET /api/v1/session says who calls.',
    );
  }
}

/** Scopes that this caller cannot hand out. */
export class ScopeNotGrantableError extends FieldsRefusedError {
  constructor(missing: readonly Scope[]) {
    const message = `nobody can grant a scope that they lack: ${missing.join(', ')}`;
    super('SCOPE_NOT_GRANTABLE', `Not granted: ${message}.`, [{ loc: 'scopes', message }]);
  }
}

export class FirstKeyScopesError extends FieldsRefusedError {
  constructor() {
    const message =
      'must be read, write and admin while no other key holds all three: with less, nobody could manage keys any more';
    super('VALIDATION_FAILED', `The request is not valid. scopes ${message}.`, [
      { loc: 'scopes', message },
    ]);
  }
}

export class LastFullKeyError extends UserError {
  constructor() {
    super(
      'LAST_FULL_KEY',
      'This is the last key that holds read, write and admin, and SECURESCAN_API_KEY is not set: without it nobody could manage keys. Create another one first.',
    );
  }
}

export class KeyIdsExhaustedError extends OperationalError {
  constructor() {
    super('SERVICE_UNAVAILABLE', 'No free id for a key was found; try again.');
  }
}
