import { tokenPattern } from '../pattern-parts';
import type { SecretPattern } from '../secret-pattern';

/** Databases and what holds data as a service. */
export const DATABASE_PATTERNS: readonly SecretPattern[] = [
  tokenPattern({
    id: 'databricks-token',
    name: 'Databricks token',
    severity: 'critical',
    description: 'A personal access token of Databricks.',
    hints: ['dapi'],
    token: String.raw`dapi[0-9a-f]{32}(?:-\d)?`,
  }),
  tokenPattern({
    id: 'planetscale-token',
    name: 'PlanetScale token',
    severity: 'critical',
    description: 'A service token, OAuth token or database password of PlanetScale.',
    hints: ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    token: String.raw`pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,64}`,
  }),
  tokenPattern({
    id: 'supabase-token',
    name: 'Supabase token',
    severity: 'critical',
    description: 'A personal access token, or the secret key of a project, of Supabase.',
    hints: ['sbp_', 'sb_secret_'],
    token: String.raw`sbp_(?:v0_)?[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{31,48}`,
  }),
  tokenPattern({
    id: 'neon-api-key',
    name: 'Neon API key',
    severity: 'critical',
    description: 'A key of the API of Neon.',
    hints: ['napi_'],
    token: String.raw`napi_[a-z0-9]{64}`,
  }),
  tokenPattern({
    id: 'mongodb-atlas-secret',
    name: 'MongoDB Atlas client secret',
    severity: 'critical',
    description: 'The secret of a service account of MongoDB Atlas.',
    hints: ['mdb_sa_sk_'],
    token: String.raw`mdb_sa_sk_[A-Za-z0-9_-]{40}`,
  }),
];
