const MAX_URL_LENGTH = 2048;
const MAX_HOST_LENGTH = 253;
/** Names, addresses and ranges are made of these; whether one is what it looks like, the server knows. */
const HOST = /^[A-Za-z0-9:[][A-Za-z0-9.:_/[\]-]*$/;

/** What is wrong with a path before anyone asked the server; `null` where nothing is. */
export function checkPath(text: string): string | null {
  const path = text.trim();
  if (path === '') return 'Name the directory or file to scan.';
  if (!/^(\/|[A-Za-z]:[\\/])/.test(path)) {
    return 'Give the whole path, from the root of the file system.';
  }
  return null;
}

/** The same for the address of a web application. */
export function checkUrl(text: string): string | null {
  const address = text.trim();
  if (address === '') return 'Name the address of the web application.';
  const isWeb = /^https?:\/\/[^\s/]/i.test(address) && URL.canParse(address);
  if (!isWeb) return 'Give a whole address that begins with http:// or https://.';
  if (address.length > MAX_URL_LENGTH) return 'This address is too long.';
  const { username, password } = new URL(address);
  if (username === '' && password === '') return null;
  return 'Leave user name and password out: the address is stored with the scan.';
}

/** The same for a host name, an address or a CIDR range. */
export function checkHost(text: string): string | null {
  const host = text.trim();
  if (host === '') return 'Name the host or the range of addresses.';
  if (host.includes('://')) return 'Give the host alone, without http:// and without a path.';
  if (host.length > MAX_HOST_LENGTH || !HOST.test(host)) {
    return 'This is neither a host name nor an address nor a CIDR range.';
  }
  return null;
}
