import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy';
import { refusedAddress } from './webhook-url';

export type Resolve = (host: string) => Promise<readonly string[]>;

/** An address that webhooks must not reach. Its message goes on behind the receiver's name. */
export class RefusedAddressError extends TypeError {}

/** Every address that the system knows for a name; concurrent questions for one name are one. */
export function sharedLookups(resolve: Resolve = resolveBySystem): Resolve {
  const open = new Map<string, Promise<readonly string[]>>();
  return (host) => {
    const asked = open.get(host) ?? resolve(host).finally(() => open.delete(host));
    open.set(host, asked);
    return asked;
  };
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

/** @throws RefusedAddressError where any of the addresses is not to be reached. */
export async function checkedAddresses(
  host: string,
  { policy, resolve }: { readonly policy: AddressPolicy; readonly resolve: Resolve },
): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const refused = addresses.find((address) => !policy.admits(address));
  if (refused !== undefined) throw new RefusedAddressError(refusedAddress(refused));
  return addresses;
}

/**
 * Opens connections to addresses that have been checked and to no other: what was looked up is what is connected to, so that a
 * second answer of the name's server changes nothing. Host and certificate are the name's.
 */
export function checkedConnector(
  check: (host: string) => Promise<readonly string[]>,
  options: buildConnector.BuildOptions,
): buildConnector.connector {
  const connect = buildConnector({ ...options, lookup: checkedLookup(check) });
  return (target, callback) => {
    if (isIP(target.hostname) === 0) {
      connect(target, callback);
      return;
    }
    // No name, so that nothing would be looked up.
    check(target.hostname).then(
      () => {
        connect(target, callback);
      },
      (error: unknown) => {
        callback(asError(error), null);
      },
    );
  };
}

function checkedLookup(check: (host: string) => Promise<readonly string[]>): LookupFunction {
  return (host, { all = false }, callback) => {
    check(host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = found;
        if (all || first === undefined) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(asError(error), '', 0);
      },
    );
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new RefusedAddressError(String(error));
}
