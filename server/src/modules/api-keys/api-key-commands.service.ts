import { Injectable } from '@nestjs/common';
import {
  type ApiKeyCreatedBody,
  type ApiKeyRequestBody,
  type Scope,
  SCOPES,
} from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import { AuthConfig } from '../../config/auth.config';
import { type Transaction, UnitOfWork } from '../../domain-events/unit-of-work';
import { Clock } from '../../ports/clock.port';
import { AuditLog } from '../audit/audit-log.service';
import type { Actor } from '../auth/caller';
import { PrincipalsService } from '../auth/principals.service';
import type { ApiKeyEntity } from './api-key.entity';
import { type GeneratedKey, generateApiKey } from './api-key-format';
import { toApiKeyBody } from './api-key.mapper';
import {
  FirstKeyScopesError,
  KeyIdsExhaustedError,
  KeyNotFoundError,
  LastFullKeyError,
  ScopeNotGrantableError,
} from './api-keys.errors';
import { ApiKeysRepository, holdsAllScopes, isActive } from './api-keys.repository';

const LEAST: readonly Scope[] = ['read'];
const ATTEMPTS = 5;

/** Who asks for a key, and what they may hand on. */
export interface KeyGrantor {
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
}

/** What callers may do to keys: make them and revoke them. */
@Injectable()
export class ApiKeyCommands {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly principals: PrincipalsService,
    private readonly units: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly config: AuthConfig,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key; its text is in this answer and nowhere else.
   * @throws ScopeNotGrantableError, FirstKeyScopesError
   */
  async create(request: ApiKeyRequestBody, grantor: KeyGrantor): Promise<ApiKeyCreatedBody> {
    const now = this.clock.now().toISOString();
    return this.units.run(async (tx) => {
      const isFirst = this.config.apiKey === null && (await this.keys.countFull(tx, now)) === 0;
      const scopes = scopesOf(request, isFirst);
      const missing = scopes.filter((scope) => !grantor.scopes.includes(scope));
      if (missing.length > 0) throw new ScopeNotGrantableError(missing);
      const made = await this.freeKey(tx);
      const row = await this.rowOf(tx, made, { ...request, scopes }, grantor.actor);
      await this.keys.insert(tx, row);
      await this.record(tx, grantor.actor, 'key.created', row);
      await tx.publish('key.created', { keyId: row.id });
      return { ...toApiKeyBody(row, null), key: made.key };
    });
  }

  /**
   * Ends a key at once; one that has ended already stays as it is.
   * @throws KeyNotFoundError, LastFullKeyError
   */
  async revoke(id: string, actor: Actor): Promise<void> {
    const now = this.clock.now().toISOString();
    await this.units.run(async (tx) => {
      const key = await this.keys.findIn(tx, id);
      if (key === null) throw new KeyNotFoundError();
      if (key.revokedAt !== null) return;
      if (await this.isLastFull(tx, key, now)) throw new LastFullKeyError();
      await this.keys.revoke(tx, id, now);
      await this.record(tx, actor, 'key.revoked', key);
      await tx.publish('key.revoked', { keyId: id });
    });
  }

  private async record(
    tx: Transaction,
    actor: Actor,
    action: 'key.created' | 'key.revoked',
    { id, name, prefix, scopes, expiresAt }: Fields<ApiKeyEntity>,
  ): Promise<void> {
    const details = { name, prefix, scopes, expires_at: expiresAt };
    await this.audit.record(tx, actor, { action, subjectType: 'key', subjectId: id, details });
  }

  /** In the transaction that revokes, so that two who revoke each other cannot both succeed. */
  private async isLastFull(tx: Transaction, key: ApiKeyEntity, now: string): Promise<boolean> {
    if (this.config.apiKey !== null || !isActive(key, now) || !holdsAllScopes(key)) return false;
    return (await this.keys.countFull(tx, now, key.id)) === 0;
  }

  private async freeKey(tx: Transaction): Promise<GeneratedKey> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const made = generateApiKey();
      if ((await this.keys.findIn(tx, made.id)) === null) return made;
    }
    throw new KeyIdsExhaustedError();
  }

  private async rowOf(
    tx: Transaction,
    made: GeneratedKey,
    { name, scopes, expires_at: expiresAt }: ApiKeyRequestBody & { readonly scopes: Scope[] },
    actor: Actor,
  ): Promise<Fields<ApiKeyEntity>> {
    const identity = { kind: 'key', subject: made.id, name, email: null } as const;
    return {
      id: made.id,
      principalId: await this.principals.ensure(tx, identity),
      name,
      prefix: made.prefix,
      keyHash: made.hash,
      scopes,
      createdByPrincipalId: await this.principals.idOf(tx, actor),
      createdAt: this.clock.now().toISOString(),
      expiresAt:
        expiresAt === null || expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      lastUsedAt: null,
      revokedAt: null,
    };
  }
}

/** In the order of the list of scopes, each once. */
function scopesOf({ scopes }: ApiKeyRequestBody, isFirst: boolean): Scope[] {
  if (scopes === undefined) return [...(isFirst ? SCOPES : LEAST)];
  const asked = SCOPES.filter((scope) => scopes.includes(scope));
  if (isFirst && asked.length < SCOPES.length) throw new FirstKeyScopesError();
  return asked;
}
