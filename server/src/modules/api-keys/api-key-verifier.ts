import { Injectable } from '@nestjs/common';
import type { Scope } from '@securescan/contracts';
import { Clock } from '../../ports/clock.port';
import type { Caller } from '../auth/caller';
import { hashApiKey, idOfApiKey, isHashOf } from './api-key-format';
import { ApiKeysRepository, isActive, type StoredKey } from './api-keys.repository';
import { KeyUse } from './key-use';

/** Compared with where there is no key of that id, so that the answer takes as long as with one. */
const NOBODYS_HASH = hashApiKey('', new Uint8Array(16));

/** Why a well-formed key does not work; told only to whoever has proved that it was theirs. */
export type KeyRefusal = 'unknown' | 'revoked' | 'expired';

/** Says whom a key of the database belongs to. */
@Injectable()
export class ApiKeyVerifier {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly use: KeyUse,
    private readonly clock: Clock,
  ) {}

  /** Rejects where the database does not answer. */
  async verify(presented: string): Promise<Caller | KeyRefusal> {
    const id = idOfApiKey(presented);
    if (id === null) return 'unknown';
    const stored = await this.keys.shown(id);
    const isRight = isHashOf(stored?.keyHash ?? NOBODYS_HASH, presented);
    if (stored === null || !isRight) return 'unknown';
    const caller = this.callerOf(stored);
    if (typeof caller !== 'string') this.use.note(stored.id);
    return caller;
  }

  /** The holder of a key that works now; for what was admitted by it before. */
  async holderOf(id: string): Promise<Caller | KeyRefusal> {
    const stored = await this.keys.shown(id);
    return stored === null ? 'unknown' : this.callerOf(stored);
  }

  private callerOf(stored: StoredKey): Caller | KeyRefusal {
    if (stored.revokedAt !== null) return 'revoked';
    if (!isActive(stored, this.clock.now().toISOString())) return 'expired';
    return {
      kind: 'key',
      subject: stored.id,
      name: stored.name,
      email: null,
      // Written by us from the list of scopes.
      scopes: JSON.parse(stored.scopesJson) as Scope[],
      expiresAt: stored.expiresAt,
    };
  }
}
