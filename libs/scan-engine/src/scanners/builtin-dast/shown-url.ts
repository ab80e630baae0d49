const MAX_CHARACTERS = 300;

/**
 * A URL as it may be shown: without user and password, without fragment, and with the names of its parameters alone, because
 * what stands in a query may be a token. At most 300 characters.
 */
export function shownUrl(url: URL): string {
  const names = [...new Set(url.searchParams.keys())].map(
    (name) => `${encodeURIComponent(name)}=…`,
  );
  const query = names.length === 0 ? '' : `?${names.join('&')}`;
  const text = `${url.protocol}//${url.host}${url.pathname}${query}`;
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
}

/** An absolute http or https URL, or `null`. Relative ones need a base. */
export function httpUrl(text: string, base?: URL): URL | null {
  const url = URL.parse(text, base?.href);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null;
}

/** What a server says, short enough for metadata. */
export function shorten(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text;
}
