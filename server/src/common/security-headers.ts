const SHARED: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

// The documentation page is Swagger UI's own: its markup has inline style elements and attributes, and icons as data URIs.
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The policy of the dashboard's page. The nonce admits the style elements that Angular adds for its components. */
export function dashboardPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ');
}

/** The dashboard's build puts a hash of the content into the names of its files, so what they hold never changes. */
const HASHED_FILE = /^\/[\w.-]+-[A-Za-z0-9]{8}\.[a-z0-9]+$/;

export function cachePolicyFor(path: string): string {
  if (HASHED_FILE.test(path)) return 'public, max-age=31536000, immutable';
  return path.startsWith('/api/') ? 'no-store' : 'no-cache';
}

/** Headers that every answer carries; the dashboard's page replaces the policy with its own. */
export function securityHeadersFor(path: string): Readonly<Record<string, string>> {
  const isDocumentation = path === '/docs' || path.startsWith('/docs/');
  return {
    ...SHARED,
    'Cache-Control': cachePolicyFor(path),
    'Content-Security-Policy': isDocumentation ? DOCS_POLICY : API_POLICY,
  };
}
