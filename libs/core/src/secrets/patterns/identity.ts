import { namedPattern, tokenPattern } from '../pattern-parts';
import type { SecretPattern } from '../secret-pattern';

/** Sign-in, secret managers and private networks. */
export const IDENTITY_PATTERNS: readonly SecretPattern[] = [
  tokenPattern({
    id: 'vault-token',
    name: 'Vault token',
    severity: 'critical',
    description: 'A service, batch or recovery token of HashiCorp Vault.',
    hints: ['hvs.', 'hvb.', 'hvr.'],
    token: String.raw`hv[sbr]\.[A-Za-z0-9_-]{24,300}`,
  }),
  tokenPattern({
    id: 'doppler-token',
    name: 'Doppler token',
    severity: 'critical',
    description: 'A personal, service, CLI, SCIM or audit token of Doppler.',
    hints: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.', 'dp.scim.', 'dp.audit.', 'dp.said.'],
    token: String.raw`dp\.(?:pt|st|ct|sa|said|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}`,
  }),
  tokenPattern({
    id: 'onepassword-token',
    name: '1Password token',
    severity: 'critical',
    description: 'A service account token of 1Password, or the secret key of an account.',
    hints: ['ops_eyJ', 'A3-'],
    token: String.raw`ops_eyJ[A-Za-z0-9+/]{200,2000}={0,3}|A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}`,
  }),
  namedPattern({
    id: 'okta-token',
    name: 'Okta token',
    severity: 'critical',
    description: 'A token of the API of Okta.',
    names: ['okta'],
    value: '00[A-Za-z0-9_-]{40}',
  }),
  namedPattern({
    id: 'auth0-client-secret',
    name: 'Auth0 client secret',
    severity: 'high',
    description: 'The secret of an application at Auth0.',
    names: ['auth0'],
    value: '[A-Za-z0-9_-]{64}',
  }),
  tokenPattern({
    id: 'tailscale-key',
    name: 'Tailscale key',
    severity: 'critical',
    description: 'A key that joins machines to a private network, or manages it.',
    hints: ['tskey-'],
    token: String.raw`tskey-[a-z]{3,10}-[A-Za-z0-9]{8,24}(?:-[A-Za-z0-9]{20,48})?`,
  }),
  namedPattern({
    id: 'virustotal-api-key',
    name: 'VirusTotal API key',
    severity: 'medium',
    description: 'A key of the API of VirusTotal.',
    names: ['virustotal', 'vt_api'],
    value: '[0-9a-f]{64}',
  }),
  {
    id: 'jwt-token',
    name: 'JSON Web Token',
    severity: 'medium',
    description: 'A signed JSON Web Token.',
    check: 'format',
    hints: ['eyJ'],
    expression: /(?<![\w-])eyJ[\w-]{10,2000}\.[\w-]{10,8000}\.[\w-]{10,1000}(?![\w-])/dg,
  },
];
