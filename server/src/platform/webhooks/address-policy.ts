import ipaddr from 'ipaddr.js';
import { type AddressRange, isInRanges, readAddress } from '../../config/address-ranges';
import { NEVER_REACHED } from '../../config/webhooks.config';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** What IPv6 reaches of the whole world (RFC 4291, 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** Where a translator hands packets on to an IPv4 address: the last 32 bits (RFC 6052, 2.1). */
const TRANSLATED = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Which addresses webhooks may reach (ADR 0043). */
export class AddressPolicy {
  /** @param allowed ranges of the operator's own network. */
  constructor(private readonly allowed: readonly AddressRange[]) {}

  /** @param text an address as a resolver or a URL has it; anything else is refused. */
  admits(text: string): boolean {
    const address = readAddress(text);
    return address !== null && this.admitsOne(withoutTranslation(address));
  }

  private admitsOne(address: Address): boolean {
    if (isInRanges(address, NEVER_REACHED)) return false;
    return isPublic(address) || isInRanges(address, this.allowed);
  }
}

/** Mapped addresses were undressed when they were read. */
function withoutTranslation(address: Address): Address {
  if (address instanceof ipaddr.IPv6 && address.match(TRANSLATED)) {
    return new ipaddr.IPv4(address.toByteArray().slice(-4));
  }
  return address;
}

/** The library knows what has been set aside for special purposes, tunnels among them. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}
