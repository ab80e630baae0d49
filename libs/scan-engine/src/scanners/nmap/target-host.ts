import ipaddr from 'ipaddr.js';
import { shortened } from '../shortened';

/** What a host scan may be pointed at, as `readTargetHost` understood it. */
export type TargetHost =
  | {
      readonly kind: 'address' | 'range';
      /** In its shortest spelling; a range begins at its network address. */
      readonly host: string;
      readonly family: 4 | 6;
    }
  | { readonly kind: 'name'; readonly host: string }
  /** A sentence for whoever wrote it. */
  | { readonly kind: 'invalid'; readonly message: string };

const MAX_CHARACTERS = 253;
const MAX_SHOWN = 60;
/** 256 addresses: beyond that a scan does not end within its time. */
const SHORTEST_PREFIX = { 4: 24, 6: 120 } as const;
const BITS = { 4: 32, 6: 128 } as const;
/** A mapped IPv4 address fills the last 32 of 128 bits. */
const MAPPED_PREFIX = 96;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** A number at the end makes an address of a name (URL standard, "ends in a number"); `1-9` is how nmap writes ranges. */
const NUMBER = /^(?:[\d-]{1,63}|0x[0-9a-f]{0,61})$/;

/**
 * Reads a host, an address or a CIDR range as people write them. Pure, and strict about spellings that other programs read
 * differently: leading zeros, three octets, zones. Names are in lower case without a dot at the end.
 */
export function readTargetHost(text: string): TargetHost {
  const host = text.trim().toLowerCase();
  if (host === '') return invalid('The host is empty: give a name, an address or a CIDR range.');
  if (host.length > MAX_CHARACTERS) {
    return invalid(`The host is longer than ${String(MAX_CHARACTERS)} characters.`);
  }
  const slash = host.indexOf('/');
  if (slash !== -1) return readRange(host, host.slice(0, slash), host.slice(slash + 1));
  const address = parseAddress(host);
  if (address !== null)
    return { kind: 'address', host: address.toString(), family: familyOf(address) };
  return readName(host.replace(/\.$/u, ''));
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function readRange(whole: string, start: string, prefix: string): TargetHost {
  const written = parseWritten(start);
  if (written === null) {
    return invalid(
      `"${shortened(whole, MAX_SHOWN)}" is not a CIDR range: it has to begin with an IP address.`,
    );
  }
  const bits = /^(?:0|[1-9]\d{0,2})$/.test(prefix) ? Number(prefix) : Number.NaN;
  const most = BITS[familyOf(written)];
  if (!(bits <= most)) {
    return invalid(
      `"${shortened(whole, MAX_SHOWN)}" is not a CIDR range: behind the slash belongs 0 to ${String(most)}.`,
    );
  }
  const isMapped = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress();
  const address = unmapped(written);
  const length = isMapped ? bits - MAPPED_PREFIX : bits;
  return cappedRange(address, length);
}

function cappedRange(address: Address, length: number): TargetHost {
  const family = familyOf(address);
  const shortest = SHORTEST_PREFIX[family];
  if (length < shortest) {
    return invalid(
      `The range is too large: at most 256 addresses (/${String(shortest)}) can be scanned at once. Split it.`,
    );
  }
  if (length === BITS[family]) return { kind: 'address', host: address.toString(), family };
  const text = `${address.toString()}/${String(length)}`;
  const network =
    family === 4
      ? ipaddr.IPv4.networkAddressFromCIDR(text)
      : ipaddr.IPv6.networkAddressFromCIDR(text);
  return { kind: 'range', host: `${network.toString()}/${String(length)}`, family };
}

function readName(name: string): TargetHost {
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  if (NUMBER.test(last)) {
    return invalid(
      `"${shortened(name, MAX_SHOWN)}" is not an IPv4 address: write four numbers from 0 to 255 without leading zeros, and a range as 192.0.2.0/28.`,
    );
  }
  if (name.includes(':') || name.includes('[')) {
    return invalid(
      `"${shortened(name, MAX_SHOWN)}" is not a host: write no scheme and no port, and an IPv6 address without brackets and zone.`,
    );
  }
  if (!labels.every((label) => LABEL.test(label))) {
    return invalid(
      `"${shortened(name, MAX_SHOWN)}" is not a host name: its parts consist of letters of ASCII, digits and inner hyphens, at most 63 each.`,
    );
  }
  return { kind: 'name', host: name };
}

function parseAddress(text: string): Address | null {
  const written = parseWritten(text);
  return written === null ? null : unmapped(written);
}

/** A zone names an interface of this machine, which is nobody's target. */
function parseWritten(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return !text.includes('%') && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text) : null;
}

/** An IPv4 address in the clothes of IPv6 is scanned, and judged, as what it is. */
function unmapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
    ? address.toIPv4Address()
    : address;
}

function familyOf(address: Address): 4 | 6 {
  return address.kind() === 'ipv4' ? 4 : 6;
}

function invalid(message: string): TargetHost {
  return { kind: 'invalid', message };
}
