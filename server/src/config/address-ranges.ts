import ipaddr from 'ipaddr.js';
import type { Parser } from './setting';

/** Addresses that begin with the same bits. */
export type AddressRange = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** A shorter prefix names so much of the world that a slip is likelier than an intention. */
const SHORTEST_PREFIX = { ipv4: 8, ipv6: 16 } as const;
const MAPPED_BITS = 96;

function readRange(text: string): AddressRange | null {
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv6.isValidCIDR(text)) {
    return withoutMapping(ipaddr.parseCIDR(text));
  }
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return [ipaddr.IPv4.parse(text), 32];
  return ipaddr.IPv6.isValid(text) ? withoutMapping([ipaddr.IPv6.parse(text), 128]) : null;
}

/** `::ffff:10.0.0.0/104` says the same as `10.0.0.0/8`. */
function withoutMapping([address, bits]: AddressRange): AddressRange {
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) {
    return [address.toIPv4Address(), Math.max(0, bits - MAPPED_BITS)];
  }
  return [address, bits];
}

/** Addresses and CIDR ranges, separated by commas; none so wide that it names everybody. */
export const addressRanges: Parser<readonly AddressRange[]> = (raw) => {
  const ranges: AddressRange[] = [];
  for (const text of raw.split(',').map((item) => item.trim())) {
    const range = text === '' ? null : readRange(text);
    if (range === null) {
      return { problem: 'must hold addresses or CIDR ranges, such as 10.1.2.3 or 10.1.0.0/16' };
    }
    if (range[1] < SHORTEST_PREFIX[range[0].kind()]) {
      return { problem: `holds ${text}, and so trusts a large part of the world` };
    }
    ranges.push(range);
  }
  return { value: ranges };
};

/** An address of a socket, with IPv4 in IPv6's clothes undressed and the zone cut off; `null` for any other text. */
export function readAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const [bare = ''] = text.split('%');
  return ipaddr.IPv6.isValid(bare) || ipaddr.IPv4.isValidFourPartDecimal(bare)
    ? ipaddr.process(bare)
    : null;
}

export function isInRanges(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  ranges: readonly AddressRange[],
): boolean {
  return ranges.some(([base, bits]) => address.kind() === base.kind() && address.match(base, bits));
}
