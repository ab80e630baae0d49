import { DATABASE_PATTERNS } from './databases';
import { describePatterns } from './patterns.contract';
import { hex, lower, text } from './sample-values.contract';

describePatterns('database', DATABASE_PATTERNS, [
  { kind: 'databricks-token', value: `dapi${hex(32)}` },
  { kind: 'planetscale-token', value: `pscale_tkn_${text(32)}` },
  { kind: 'planetscale-token', value: `pscale_pw_${text(32)}` },
  { kind: 'supabase-token', value: `sbp_${hex(40)}` },
  { kind: 'supabase-token', value: `sb_secret_${text(31)}` },
  { kind: 'neon-api-key', value: `napi_${lower(64)}` },
  { kind: 'mongodb-atlas-secret', value: `mdb_sa_sk_${text(40)}` },
]);
