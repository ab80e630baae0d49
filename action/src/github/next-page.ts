import { GitHubError } from './github-error';

const LINK = /<([^>]*)>((?:[^",]|"[^"]*")*)/g;

/** The next page that a `Link` header names (RFC 8288), or `null`. Throws GitHubError where it stands on another server. */
export function nextPage(header: string | null, base: URL): URL | null {
  for (const [, target = '', parameters = ''] of (header ?? '').matchAll(LINK)) {
    if (!/;\s*rel="?next"?\s*(?:;|$)/i.test(parameters)) continue;
    const next = URL.canParse(target, base.href) ? new URL(target, base) : null;
    // The token would go there.
    if (next?.origin !== base.origin) throw new GitHubError('failed', 'A page links elsewhere.');
    return next;
  }
  return null;
}
