import { SCOPES, type Scope } from '@securescan/contracts';
import { IsIn, IsOptional, MinLength } from 'class-validator';
import { addressRanges, type AddressRange } from './address-ranges';
import { IsWebAddressOrPath } from './constraints';
import { Setting, text } from './setting';
import type { Parser } from './setting';

/** Which three headers the proxy sets: `<family>-User`, `<family>-Email` and `<family>-Groups`. */
export const SSO_HEADER_FAMILIES = ['x-forwarded', 'x-auth-request'] as const;
export type SsoHeaderFamily = (typeof SSO_HEADER_FAMILIES)[number];

/** Scopes by the name of a group; `*` for whoever is in none of the others. */
export type GroupScopes = ReadonlyMap<string, readonly Scope[]>;

const GROUPS_PROBLEM =
  'must be a JSON object from group to scopes, such as {"appsec":["read","write","admin"],"*":["read"]}';

function isScopeList(value: unknown): value is Scope[] {
  return Array.isArray(value) && value.every((item) => SCOPES.some((scope) => scope === item));
}

const groupScopes: Parser<GroupScopes> = (raw) => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw);
  } catch {
    // Expected: quotes that a shell has eaten.
    return { problem: GROUPS_PROBLEM };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { problem: GROUPS_PROBLEM };
  }
  const scopes = new Map<string, readonly Scope[]>();
  for (const [group, list] of Object.entries(parsed)) {
    if (group === '' || !isScopeList(list)) return { problem: GROUPS_PROBLEM };
    scopes.set(group, list);
  }
  return { value: scopes };
};

const word: Parser<string> = (raw) => ({ value: raw.toLowerCase() });

/** Identities that a proxy with single sign-on in front of the server vouches for. */
export class SsoConfig {
  /** Addresses of the proxy; from these alone its headers count. Null: there is no such proxy. */
  @Setting('SECURESCAN_SSO_TRUSTED_PROXIES', addressRanges)
  readonly trustedProxies: readonly AddressRange[] | null = null;

  /** `x-forwarded` for X-Forwarded-User, -Email and -Groups, `x-auth-request` for X-Auth-Request-User and so on. */
  @Setting('SECURESCAN_SSO_HEADERS', word)
  @IsIn(SSO_HEADER_FAMILIES, { message: `must be one of ${SSO_HEADER_FAMILIES.join(', ')}` })
  readonly headers: SsoHeaderFamily = 'x-forwarded';

  /** What the proxy must send as X-SecureScan-Proxy-Secret, where others share its host or network. */
  @Setting('SECURESCAN_SSO_PROXY_SECRET', text, { isSecret: true })
  @IsOptional()
  @MinLength(16, { message: 'must have at least 16 characters' })
  readonly proxySecret: string | null = null;

  /** JSON object from group to scopes. Default: everybody may read. */
  @Setting('SECURESCAN_SSO_GROUP_SCOPES', groupScopes)
  readonly groupScopes: GroupScopes = new Map([['*', ['read']]]);

  /** Where the dashboard sends whoever logs out. */
  @Setting('SECURESCAN_SSO_LOGOUT_URL', text)
  @IsOptional()
  @IsWebAddressOrPath()
  readonly logoutUrl: string | null = null;
}
