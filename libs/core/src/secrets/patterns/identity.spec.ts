import { IDENTITY_PATTERNS } from './identity';
import { describePatterns } from './patterns.contract';
import { hex, text, upper } from './sample-values.contract';

describePatterns('identity', IDENTITY_PATTERNS, [
  { kind: 'vault-token', value: `hvs.${text(24)}` },
  { kind: 'vault-token', value: `hvb.${text(24)}` },
  { kind: 'vault-token', value: `hvr.${text(24)}` },
  { kind: 'doppler-token', value: `dp.pt.${text(40)}` },
  { kind: 'doppler-token', value: `dp.st.prd.${text(40)}` },
  { kind: 'onepassword-token', value: `ops_eyJ${text(200)}` },
  {
    kind: 'onepassword-token',
    value: `A3-${upper(6)}-${upper(11)}-${upper(5)}-${upper(5)}-${upper(5)}`,
  },
  { kind: 'okta-token', line: 'OKTA_API_TOKEN=@', value: `00${text(40)}` },
  { kind: 'auth0-client-secret', line: 'AUTH0_CLIENT_SECRET=@', value: text(64) },
  {
    kind: 'tailscale-key',
    value: `tskey-auth-${text(12)}-${text(20)}`,
    nearMiss: `tskey-auth-${text(7)}`,
  },
  { kind: 'virustotal-api-key', line: 'VIRUSTOTAL_API_KEY=@', value: hex(64) },
  { kind: 'jwt-token', line: 'Bearer @', value: `eyJ${text(30)}.${text(60)}.${text(10)}` },
]);
