const MAX_ADDRESS = 1_000;

/**
 * An address that may be shown: no name and password before the host but the `git` that all share, no query and no fragment, where
 * tokens stand. `null` for what is no address with a scheme, and for what is longer than any.
 */
export function plainAddress(address: string | null): string | null {
  if (address === null || address.length > MAX_ADDRESS) return null;
  const scheme = /^[a-z][a-z0-9+.-]{0,30}:\/\//iu.exec(address)?.[0];
  if (scheme === undefined) return plainScpAddress(address);
  const rest = /^[^?#\s]*/u.exec(address.slice(scheme.length))?.[0] ?? '';
  const slash = rest.indexOf('/');
  const authority = slash === -1 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, at + 1) === 'git@' ? 'git@' : '';
  const host = authority.slice(at + 1);
  return host === '' && !/^file:/iu.test(scheme)
    ? null
    : `${scheme}${user}${host}${rest.slice(authority.length)}`;
}

/** `git@host:path` is how ssh writes `ssh://git@host/path`. */
function plainScpAddress(address: string): string | null {
  const found = /^git@(?<host>[\w.-]{1,255}):(?<path>[^?#\s:]+)$/u.exec(address)?.groups;
  return found === undefined
    ? null
    : `ssh://git@${found['host'] ?? ''}/${found['path']?.replace(/^\/+/u, '') ?? ''}`;
}

/** As SPDX writes a place in a repository (clause 7.7): `git+https://host/path@commit`. */
export function vcsQualifiers(
  kind: string,
  address: string | null,
  revision: string | null,
): Readonly<Record<string, string>> {
  const plain = plainAddress(address);
  if (plain === null) return {};
  const prefix = plain.startsWith(`${kind}+`) ? '' : `${kind}+`;
  const isPlainRevision = revision !== null && /^[\w./-]{1,200}$/u.test(revision);
  return { vcs_url: `${prefix}${plain}${isPlainRevision ? `@${revision}` : ''}` };
}

export function downloadQualifiers(address: string | null): Readonly<Record<string, string>> {
  const plain = plainAddress(address);
  return plain === null ? {} : { download_url: plain };
}

/** Where another registry than its ecosystem's public one has a package. */
export function registryQualifiers(
  address: string | null,
  isPublic: RegExp,
): Readonly<Record<string, string>> {
  const plain = plainAddress(address);
  return plain === null || isPublic.test(plain) ? {} : { repository_url: plain };
}

/** Splits an address of a repository as pip writes it: `git+https://host/path@revision#egg=name`. */
export function splitRevision(
  address: string,
): readonly [address: string, revision: string | null] {
  const plain = address.split('#', 1)[0] ?? '';
  const path = plain.indexOf('/', plain.indexOf('://') + '://'.length);
  const at = path === -1 ? -1 : plain.indexOf('@', path);
  return at === -1 ? [plain, null] : [plain.slice(0, at), plain.slice(at + 1)];
}
