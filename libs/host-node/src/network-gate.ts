import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Admission, NetworkGate } from '@securescan/scan-engine';
import ipaddr from 'ipaddr.js';

export type Resolve = (host: string) => Promise<readonly string[]>;

/** Judges hosts by the operator's list (D32). A name on the list admits whatever it resolves to; a range admits addresses. */
export function openNetworkGate(resolve: Resolve = resolveBySystem): NetworkGate {
  return {
    admit: async (host, allowed) => {
      const name = host.toLowerCase().replace(/\.$/u, '');
      const addresses = await addressesOf(name, resolve);
      if (addresses.length === 0) return { refused: `${name} could not be resolved` };
      const isNamed = allowed.some((entry) => entry.toLowerCase() === name);
      const isAdmitted = isNamed || addresses.every((address) => isWithin(address, allowed));
      return isAdmitted ? { addresses } : refusal(name);
    },
  };
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
  const parsed = ipaddr.process(address);
  return allowed.some((entry) => {
    const range = rangeOf(entry);
    return range !== null && range[0].kind() === parsed.kind() && parsed.match(range);
  });
}

function rangeOf(entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return null;
  const address = ipaddr.parse(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
