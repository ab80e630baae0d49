import { Injectable } from '@nestjs/common';
import { SCOPES } from '@securescan/contracts';
import { Brackets, IsNull, Not } from 'typeorm';
import type { Fields } from '../../common/fields';
import { ReadDatabase } from '../../database/database';
import type { Transaction } from '../../domain-events/unit-of-work';
import { ApiKeyEntity } from './api-key.entity';

/** Where a page of the list, newest first, goes on. */
export interface KeyPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** What is needed to judge a key that somebody shows. */
export interface StoredKey {
  readonly id: string;
  readonly name: string;
  readonly keyHash: string;
  readonly scopesJson: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** Asked with each request, so by hand: the ORM would take several times as long. */
const SHOWN_KEY = `SELECT "id", "name", "key_hash" AS "keyHash", "scopes_json" AS "scopesJson",
  "expires_at" AS "expiresAt", "revoked_at" AS "revokedAt" FROM "api_keys" WHERE "id" = ?`;

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: ReadDatabase) {}

  async shown(id: string): Promise<StoredKey | null> {
    const rows = await this.database.manager.query<StoredKey[]>(SHOWN_KEY, [id]);
    return rows[0] ?? null;
  }

  async find(id: string): Promise<ApiKeyEntity | null> {
    return this.database.manager.findOneBy(ApiKeyEntity, { id });
  }

  /** Newest first, revoked ones too. */
  async page(after: KeyPosition | null, limit: number): Promise<ApiKeyEntity[]> {
    const query = this.database.manager
      .createQueryBuilder(ApiKeyEntity, 'key')
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .limit(limit);
    if (after !== null) {
      query.where(
        new Brackets((where) =>
          where
            .where('key.createdAt < :createdAt', { createdAt: after.createdAt })
            .orWhere('(key.createdAt = :createdAt AND key.id < :id)', { ...after }),
        ),
      );
    }
    return query.getMany();
  }

  async count(): Promise<number> {
    return this.database.manager.count(ApiKeyEntity);
  }

  /** Keys that work at a time. */
  async active(now: string): Promise<ApiKeyEntity[]> {
    const keys = await this.database.manager.findBy(ApiKeyEntity, { revokedAt: IsNull() });
    return keys.filter((key) => isActive(key, now));
  }

  /** How many keys other than one work at a time and hold every scope, as the transaction sees it. */
  async countFull(tx: Transaction, now: string, except = ''): Promise<number> {
    const keys = await tx.manager.findBy(ApiKeyEntity, { revokedAt: IsNull(), id: Not(except) });
    return keys.filter((key) => isActive(key, now) && holdsAllScopes(key)).length;
  }

  async findIn(tx: Transaction, id: string): Promise<ApiKeyEntity | null> {
    return tx.manager.findOneBy(ApiKeyEntity, { id });
  }

  async insert(tx: Transaction, key: Fields<ApiKeyEntity>): Promise<void> {
    await tx.manager.insert(ApiKeyEntity, key);
  }

  async revoke(tx: Transaction, id: string, revokedAt: string): Promise<void> {
    await tx.manager.update(ApiKeyEntity, { id, revokedAt: IsNull() }, { revokedAt });
  }

  async noteUse(tx: Transaction, id: string, lastUsedAt: string): Promise<void> {
    await tx.manager.update(ApiKeyEntity, { id }, { lastUsedAt });
  }
}

export function isActive(key: Pick<ApiKeyEntity, 'expiresAt' | 'revokedAt'>, now: string): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

export function holdsAllScopes({ scopes }: Pick<ApiKeyEntity, 'scopes'>): boolean {
  return SCOPES.every((scope) => scopes.includes(scope));
}
