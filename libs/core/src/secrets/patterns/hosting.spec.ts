import { HOSTING_PATTERNS } from './hosting';
import { describePatterns } from './patterns.contract';
import { hex, text, uuid } from './sample-values.contract';

describePatterns('hosting', HOSTING_PATTERNS, [
  { kind: 'digitalocean-token', value: `dop_v1_${hex(64)}` },
  { kind: 'digitalocean-token', value: `doo_v1_${hex(64)}` },
  { kind: 'digitalocean-token', value: `dor_v1_${hex(64)}` },
  { kind: 'heroku-api-key', line: '"@"', value: `HRKU-${text(36)}` },
  { kind: 'heroku-api-key', line: 'HEROKU_API_KEY=@', value: uuid },
  { kind: 'heroku-api-key', line: 'heroku_key: "@"', value: uuid.toUpperCase() },
  { kind: 'cloudflare-origin-ca-key', value: `v1.0-${hex(24)}-${hex(146)}` },
  { kind: 'cloudflare-api-token', line: 'CLOUDFLARE_API_TOKEN=@', value: text(40) },
  {
    kind: 'cloudflare-api-token',
    line: 'cf_api_key: "@"',
    value: hex(37),
    nearMiss: `${hex(36)}~`,
  },
  { kind: 'fastly-api-token', line: 'FASTLY_API_TOKEN="@"', value: text(32) },
  { kind: 'vercel-token', value: `vcp_${text(24)}` },
  { kind: 'vercel-token', value: `vck_${text(24)}` },
  { kind: 'vercel-access-token', line: 'VERCEL_TOKEN=@', value: text(24) },
  { kind: 'netlify-token', value: `nfp_${text(36)}` },
  { kind: 'flyio-token', value: `fo1_${text(43)}` },
  { kind: 'flyio-token', line: 'FlyV1 @', value: `fm2_${text(100)}` },
  { kind: 'render-api-key', value: `rnd_${text(28)}` },
  { kind: 'railway-token', line: 'RAILWAY_TOKEN=@', value: uuid },
  { kind: 'openshift-token', value: `sha256~${text(43)}` },
  { kind: 'terraform-cloud-token', value: `${text(14)}.atlasv1.${text(60)}` },
  { kind: 'pulumi-token', value: `pul-${hex(40)}` },
  { kind: 'infracost-api-key', value: `ico-${text(32)}` },
  {
    kind: 'ngrok-token',
    line: 'NGROK_AUTHTOKEN=@',
    value: `${text(27)}_${text(21)}`,
    nearMiss: `${text(27)}_${text(19)}`,
  },
]);
