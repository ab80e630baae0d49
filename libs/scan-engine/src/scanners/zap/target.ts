import { UserError } from '@securescan/core';
import ipaddr from 'ipaddr.js';
import type { NetworkGate } from '../../ports';

/** The application to scan; `null` where the order names none. Throws UserError for what is no web address. */
export function readTarget(text: string): URL | null {
  if (text.trim() === '') return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  const isWeb = url !== null && /^https?:$/.test(url.protocol);
  if (!isWeb || url.username !== '' || url.password !== '') {
    throw new UserError(
      'VALIDATION_FAILED',
      'The target is not a URL that can be scanned: it has to begin with http:// or https:// and hold no name and password.',
    );
  }
  url.hash = '';
  return url;
}

/** Why the target must not be scanned; `null` where it may be. */
export async function refusalOf(
  { hostname }: URL,
  network: NetworkGate,
  allowed: readonly string[],
): Promise<string | null> {
  const host = hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, '');
  const where = 'the operator names them in SECURESCAN_NETWORK_TARGETS';
  const admission = await network.admit(host, allowed);
  if ('refused' in admission) return `${admission.refused}: ${where}`;
  // ZAP resolves names for itself, so the addresses that were judged say nothing about where it goes (D32).
  if (ipaddr.isValid(host) || isLocalName(host) || isNamed(host, allowed)) return null;
  return `${host} is not among the network targets by its name, and ZAP does not go by addresses: ${where}`;
}

/** These mean this machine wherever they are resolved (RFC 6761). */
function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

function isNamed(host: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => entry.toLowerCase() === host);
}
