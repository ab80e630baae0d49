import ipaddr from 'ipaddr.js';

/** The host of a URL as resolvers and lists know it: without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/gu, '');
}

/** Whether the host is an address and no name. */
export function isAddress(url: URL): boolean {
  return ipaddr.isValid(hostOf(url));
}

/** Whether what is sent there stays on the machine. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}
