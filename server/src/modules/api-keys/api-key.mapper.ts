import type { ApiKeyBody } from '@securescan/contracts';
import type { Fields } from '../../common/fields';
import type { ApiKeyEntity } from './api-key.entity';

/** The key as lists show it: nothing here helps to use it. */
export function toApiKeyBody(key: Fields<ApiKeyEntity>, lastUse: string | null): ApiKeyBody {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: key.scopes,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    last_used_at: lastUse ?? key.lastUsedAt,
    revoked_at: key.revokedAt,
  };
}
