import { delimiter } from 'node:path';
import { searchDirectories } from './tool-locator';

/** They name files or directories of certificates. */
export const CERTIFICATE_VARIABLES = [
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
] as const;

const NETWORK_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  ...CERTIFICATE_VARIABLES,
] as const;

export interface ChildNeed {
  readonly network: boolean;
  readonly scannedRoot?: string;
}

/**
 * The part of our environment that a tool may see: where programs are, and how to reach the network if that is its work.
 * Locale and time zone are pinned, so that output does not depend on the machine. HOME and TMPDIR are the engine's to set.
 */
export function childEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  need: ChildNeed,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = {
    PATH: searchDirectories(source['PATH'] ?? '', need.scannedRoot).join(delimiter),
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    NO_COLOR: '1',
  };
  for (const name of need.network ? NETWORK_VARIABLES : []) {
    const value = source[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** What pip may see besides: the operator's own settings for it, such as a mirror. */
export function installerEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const result: Record<string, string> = { ...childEnvironment(source, { network: true }) };
  for (const [name, value] of Object.entries(source)) {
    if (name.startsWith('PIP_') && value !== undefined) result[name] = value;
  }
  return result;
}
