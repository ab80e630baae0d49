import type { Scope } from '@securescan/contracts';
import { SCOPES } from '@securescan/contracts';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { sameBytes } from '../../common/same-bytes';
import { isInRanges, readAddress } from '../../config/address-ranges';
import type { GroupScopes, SsoConfig } from '../../config/sso.config';

/** What of a request the identity hangs on. */
export interface ProxiedRequest {
  /** The socket's other end. */
  readonly peer: string;
  /** Names and values in turn, as they came in: a joined header does not tell that there were two. */
  readonly rawHeaders: readonly string[];
}

export interface ProxiedIdentity {
  readonly user: string;
  readonly email: string | null;
  readonly groups: readonly string[];
}

/** `none`: nobody vouches for this request. `refused`: somebody does, in a way that a forger could have made. */
export type SsoReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'identity'; readonly identity: ProxiedIdentity }
  | { readonly kind: 'refused'; readonly reason: string };

export const PROXY_SECRET_HEADER = 'x-securescan-proxy-secret';
const FORWARDED_FOR = 'x-forwarded-for';
const MAX_NAME_LENGTH = 256;
const MAX_GROUPS = 1000;
const NONE: SsoReading = { kind: 'none' };

type SsoRules = Pick<SsoConfig, 'trustedProxies' | 'headers' | 'proxySecret'>;

interface SentHeader {
  readonly name: string;
  readonly value: string;
}

/** Some servers fold `_` into `-` before an application sees a header, so both spellings are one name here. */
function foldedName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** Node gives header bytes as Latin-1; proxies send names in UTF-8. */
function decoded(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8').trim();
}

function headersNamed(rawHeaders: readonly string[], name: string): SentHeader[] {
  const found: SentHeader[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index] ?? '';
    if (foldedName(sent) === name) {
      found.push({ name: sent, value: decoded(rawHeaders[index + 1] ?? '') });
    }
  }
  return found;
}

/** Why these headers of one name cannot be believed, or `null`. */
function doubtAbout(sent: readonly SentHeader[], name: string): string | null {
  if (sent.some((header) => header.name.includes('_')))
    return `${name} is spelt with an underscore`;
  if (sent.length > 1) return `there is more than one ${name}`;
  const [only] = sent;
  if (only?.value === '') return `${name} is empty`;
  if (only !== undefined && /[\p{Cc}\uFFFD]/u.test(only.value)) {
    return `${name} holds characters that no name has`;
  }
  return null;
}

function doubtAboutName(value: string | undefined, name: string): string | null {
  if (value === undefined) return null;
  if (value.includes(',')) return `${name} holds a comma, as joined headers do`;
  return value.length > MAX_NAME_LENGTH ? `${name} is too long` : null;
}

/** Whether a request comes from a proxy that the operator trusts, by its address. */
export function isFromTrustedProxy(peer: string, { trustedProxies }: SsoRules): boolean {
  // Asked for each request, so where there is no proxy nothing is read.
  if (trustedProxies === null) return false;
  const address = readAddress(peer);
  return address !== null && isInRanges(address, trustedProxies);
}

function showsSecret(sent: readonly SentHeader[], secret: string): boolean {
  const [only] = sent;
  return (
    sent.length === 1 &&
    only !== undefined &&
    foldedName(only.name) === only.name.toLowerCase() &&
    sameBytes(utf8ToBytes(only.value), utf8ToBytes(secret))
  );
}

/** The three headers of the configured family. */
interface IdentityHeaders {
  readonly user: readonly SentHeader[];
  readonly email: readonly SentHeader[];
  readonly groups: readonly SentHeader[];
}

function identityHeadersOf(rawHeaders: readonly string[], family: string): IdentityHeaders {
  return {
    user: headersNamed(rawHeaders, `${family}-user`),
    email: headersNamed(rawHeaders, `${family}-email`),
    groups: headersNamed(rawHeaders, `${family}-groups`),
  };
}

/**
 * Reads the identity that the proxy vouches for. Only the headers of the configured family count, only from a trusted
 * address, and only where each came once, in its own spelling and with a value.
 */
export function readSsoIdentity(request: ProxiedRequest, rules: SsoRules): SsoReading {
  if (!isFromTrustedProxy(request.peer, rules)) return NONE;
  const sent = identityHeadersOf(request.rawHeaders, rules.headers);
  if (sent.user.length + sent.email.length + sent.groups.length === 0) return NONE;
  const secret = headersNamed(request.rawHeaders, PROXY_SECRET_HEADER);
  if (rules.proxySecret !== null && !showsSecret(secret, rules.proxySecret)) {
    return { kind: 'refused', reason: 'it comes without the secret of the proxy' };
  }
  const doubt = doubtAboutAny(sent, rules.headers);
  return doubt === null ? identityOf(sent) : { kind: 'refused', reason: doubt };
}

function doubtAboutAny({ user, email, groups }: IdentityHeaders, family: string): string | null {
  return (
    doubtAbout(user, `${family}-user`) ??
    doubtAbout(email, `${family}-email`) ??
    doubtAbout(groups, `${family}-groups`) ??
    doubtAboutName(user[0]?.value, `${family}-user`) ??
    doubtAboutName(email[0]?.value, `${family}-email`)
  );
}

function identityOf(sent: IdentityHeaders): SsoReading {
  const user = sent.user[0]?.value;
  if (user === undefined) return { kind: 'refused', reason: 'it names no user' };
  const groups = (sent.groups[0]?.value ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
  if (groups.length > MAX_GROUPS) return { kind: 'refused', reason: 'it names too many groups' };
  return { kind: 'identity', identity: { user, email: sent.email[0]?.value ?? null, groups } };
}

/** The scopes of all groups that are named together, else those of `*`. */
export function scopesOfGroups(groups: readonly string[], table: GroupScopes): Scope[] {
  const named = groups.filter((group) => group !== '*' && table.has(group));
  const sources = named.length === 0 ? ['*'] : named;
  const granted = new Set(sources.flatMap((group) => table.get(group) ?? []));
  return SCOPES.filter((scope) => granted.has(scope));
}

/**
 * The address to count failures by and to log: the socket's, but from a trusted proxy the last entry of `X-Forwarded-For`,
 * which is what that proxy itself saw. Everything before it is the client's word.
 */
export function clientAddressOf({ peer, rawHeaders }: ProxiedRequest, rules: SsoRules): string {
  const own = readAddress(peer)?.toString() ?? peer;
  if (!isFromTrustedProxy(peer, rules)) return own;
  const entries = headersNamed(rawHeaders, FORWARDED_FOR)
    .filter((header) => !header.name.includes('_'))
    .flatMap((header) => header.value.split(','));
  return readAddress(entries.at(-1)?.trim() ?? '')?.toString() ?? own;
}
