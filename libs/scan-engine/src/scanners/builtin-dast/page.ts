import type { HttpAnswer, TlsFacts } from '../../ports';
import { readHtml, type HtmlFacts } from './html-facts';

/** One answer on the way to the target, with what the rules ask of it. */
export interface Page {
  readonly url: URL;
  readonly headers: HttpAnswer['headers'];
  readonly tls: TlsFacts | null;
  /** It sends the browser elsewhere, which therefore shows nothing of it. */
  readonly isRedirect: boolean;
  /** A browser may render it, so what steers rendering matters. */
  readonly isDocument: boolean;
  /** `null` where it is no HTML, or HTML in an encoding that nobody asked for. */
  readonly html: HtmlFacts | null;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304]);
const HTML: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);
/** Kinds beside HTML in which a browser runs scripts. */
const ACTIVE: ReadonlySet<string> = new Set(['image/svg+xml', 'text/xml', 'application/xml']);
const MAX_LABEL = 16;

export function readPage(url: URL, answer: HttpAnswer): Page {
  const { headers, tls, status, body } = answer;
  const isRedirect = redirectOf(answer) !== null;
  const kind = mediaType(headers);
  const isShown = !isRedirect && !WITHOUT_BODY.has(status);
  const isReadable = isShown && HTML.has(kind) && encodingOf(headers) === null;
  return {
    url,
    headers,
    tls,
    isRedirect,
    // Without a type browsers look at the bytes, and find HTML there if somebody put it in.
    isDocument: isShown && (kind === '' || HTML.has(kind) || ACTIVE.has(kind)),
    html: isReadable ? readHtml(body) : null,
  };
}

/** All values of a header, in the order in which they came. */
export function valuesOf(headers: HttpAnswer['headers'], name: string): string[] {
  return headers.filter(([header]) => header === name).map(([, value]) => value.trim());
}

/** Where the answer sends a browser, as it was written; `null` where it does not. */
export function redirectOf({ status, headers }: HttpAnswer): string | null {
  if (!REDIRECTS.has(status)) return null;
  return valuesOf(headers, 'location')[0] ?? null;
}

/** The encoding that came although none was asked for; `null` where the body is as it is. */
export function encodingOf(headers: HttpAnswer['headers']): string | null {
  const encoding = valuesOf(headers, 'content-encoding').join(', ').toLowerCase();
  return encoding === '' || encoding === 'identity' ? null : encoding.slice(0, MAX_LABEL);
}

function mediaType(headers: HttpAnswer['headers']): string {
  const value = valuesOf(headers, 'content-type').at(-1) ?? '';
  return (value.split(';', 1)[0] ?? '').trim().toLowerCase();
}
