import { AI_PATTERNS } from './patterns/ai';
import { CI_AND_PACKAGE_PATTERNS } from './patterns/ci-and-packages';
import { CLOUD_PATTERNS } from './patterns/cloud';
import { CODE_HOSTING_PATTERNS } from './patterns/code-hosting';
import { DATABASE_PATTERNS } from './patterns/databases';
import { GENERIC_PATTERNS } from './patterns/generic';
import { HOSTING_PATTERNS } from './patterns/hosting';
import { IDENTITY_PATTERNS } from './patterns/identity';
import { KEY_PATTERNS } from './patterns/keys';
import { MESSAGING_PATTERNS } from './patterns/messaging';
import { MONITORING_PATTERNS } from './patterns/monitoring';
import { PAYMENT_PATTERNS } from './patterns/payment';
import { SERVICE_PATTERNS } from './patterns/services';
import type { SecretPattern } from './secret-pattern';

/** Formats that say whose secret it is. */
export const PROVIDER_PATTERNS: readonly SecretPattern[] = [
  ...CLOUD_PATTERNS,
  ...HOSTING_PATTERNS,
  ...CODE_HOSTING_PATTERNS,
  ...CI_AND_PACKAGE_PATTERNS,
  ...PAYMENT_PATTERNS,
  ...AI_PATTERNS,
  ...MESSAGING_PATTERNS,
  ...MONITORING_PATTERNS,
  ...SERVICE_PATTERNS,
  ...DATABASE_PATTERNS,
  ...IDENTITY_PATTERNS,
];

/** In order of precedence: of two that overlap, the earlier is reported. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  ...KEY_PATTERNS,
  ...PROVIDER_PATTERNS,
  ...GENERIC_PATTERNS,
];
