import ipaddr from 'ipaddr.js';

/** Where a machine reaches itself: what may be scanned over the network where nobody named anything and nobody else calls. */
export const LOOPBACK_TARGETS: readonly string[] = ['localhost', '127.0.0.0/8', '::1/128'];

const HOST_NAME =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?$/iu;

/** Resolvers take such a name for an address (WHATWG URL, 4.1: the ends-in-a-number checker). */
const ENDS_IN_NUMBER = /(?:^|\.)(?:\d{1,253}|0x[0-9a-f]{0,250})\.?$/iu;

/** Whether a text can stand in SECURESCAN_NETWORK_TARGETS: a host name, an address or a CIDR range. */
export function isNetworkTarget(text: string): boolean {
  if (text.includes('/')) return isRange(text);
  if (text.includes(':') || /^[\d.]+$/u.test(text)) return isAddress(text);
  return HOST_NAME.test(text) && !ENDS_IN_NUMBER.test(text);
}

/** In the usual spelling: `127.1` and `0x7f000001` are not taken for what they may mean elsewhere. */
function isAddress(text: string): boolean {
  return ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
}

function isRange(text: string): boolean {
  return ipaddr.IPv6.isValidCIDR(text) || ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
}
