import type { Scope } from './api-key';

/** How a caller was recognised. `open`: nobody has to be, because no credential has ever existed. */
export const CALLER_KINDS = ['open', 'env', 'key', 'sso'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

/** Answer to `GET /api/v1/session`: who is calling and what they may do. */
export interface SessionBody {
  authenticated: boolean;
  kind: CallerKind;
  /** `null` for kind `open`. */
  principal: { name: string; email: string | null } | null;
  scopes: Scope[];
  /** Where a session of the SSO proxy ends; `null` where there is none. */
  logout_url: string | null;
}

/** Answer to `POST /api/v1/scans/{id}/event-token`. */
export interface EventTokenBody {
  /** For the query of that scan's event stream, where no header can be sent. */
  token: string;
  /** Seconds. */
  expires_in: number;
}
