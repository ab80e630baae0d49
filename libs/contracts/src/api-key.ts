/** What a caller may do. None includes another: who holds `admin` alone cannot read. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKeyRequestBody {
  name: string;
  /** Default: `["read"]`; all three for the first key of an installation. */
  scopes?: Scope[];
  /** ISO 8601 with its zone; the key works until then. Default: no end. */
  expires_at?: string | null;
}

export interface ApiKeyBody {
  id: string;
  name: string;
  /** The first 16 characters of the key, to tell it from others. */
  prefix: string;
  scopes: Scope[];
  created_at: string;
  expires_at: string | null;
  /** To the minute: it is written now and then, not with every request. */
  last_used_at: string | null;
  revoked_at: string | null;
}

/** Answer to `POST /api/v1/keys`, the only one that ever shows a key. */
export interface ApiKeyCreatedBody extends ApiKeyBody {
  key: string;
}
