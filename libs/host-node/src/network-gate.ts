import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { Admission, NetworkGate } from '@securescan/scan-engine';
import ipaddr from 'ipaddr.js';

const BITS = { ipv4: 32, ipv6: 128 } as const;

export type Resolve = (host: string) => Promise<readonly string[]>;

/** Judges hosts by the operator's list (D32). A name on the list admits whatever it resolves to; a range admits addresses. */
export function openNetworkGate(resolve: Resolve = resolveBySystem): NetworkGate {
  return {
    admit: async (host, allowed) => {
      if (host.includes('/')) return admitRange(host, allowed);
      const name = plainName(host);
      const addresses = await addressesOf(name, resolve);
      if (addresses.length === 0) return { refused: `${name} could not be resolved` };
      const isNamed = allowed.some((entry) => plainName(entry) === name);
      const isAdmitted = isNamed || addresses.every((address) => isWithin(address, allowed));
      return isAdmitted ? { addresses } : refusal(name);
    },
  };
}

/** A host as it is compared: in lower case and ASCII, without the brackets of IPv6 and the dot of the root. */
function plainName(host: string): string {
  const name = host
    .trim()
    .toLowerCase()
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '');
  // Only names beyond ASCII: it would make an address of a number too.
  return /^[\u0021-\u007e]*$/u.test(name) ? name : domainToASCII(name);
}

/** A range has to lie within a single one of those allowed: two that meet would have to be written as one. */
function admitRange(range: string, allowed: readonly string[]): Admission {
  const asked = rangeOf(range);
  const isAdmitted = asked !== null && allowed.some((entry) => contains(rangeOf(entry), asked));
  return isAdmitted ? { addresses: [range] } : refusal(range);
}

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

function contains(outer: Range | null, [start, length]: Range): boolean {
  if (outer === null) return false;
  const isSameKind = outer[0].kind() === start.kind();
  return isSameKind && outer[1] <= length && start.match(outer[0], outer[1]);
}

function refusal(host: string): Admission {
  return { refused: `${host} is not among the network targets that are allowed` };
}

async function addressesOf(name: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(name) !== 0) return [name];
  try {
    return await resolve(name);
  } catch {
    // Expected: there is no such name, or nobody to ask.
    return [];
  }
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true, order: 'ipv4first' });
  return found.map(({ address }) => address);
}

/** An IPv4 address in the clothes of IPv6 is judged as what it is. */
function isWithin(address: string, allowed: readonly string[]): boolean {
  // A resolver that answers with something else is not believed.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  const single: Range = [parsed, BITS[parsed.kind()]];
  return allowed.some((entry) => contains(rangeOf(entry), single));
}

/**
 * `null` for what is no address and no range in the one usual spelling: the library also knows `10.5` and octal numbers, by
 * which `010.0.0.0/8` would be another network than the one that was meant.
 */
function rangeOf(entry: string): Range | null {
  const [host = '', length, ...rest] = entry.trim().split('/');
  const name = plainName(host);
  const kind = isIP(name);
  if (kind === 0 || rest.length > 0) return null;
  const mostBits = kind === 4 ? 32 : 128;
  const bits = length === undefined ? mostBits : bitsOf(length);
  return bits === null || bits > mostBits ? null : [ipaddr.parse(name), bits];
}

function bitsOf(length: string): number | null {
  return /^\d{1,3}$/u.test(length) ? Number(length) : null;
}
