import type { Severity } from '@securescan/contracts';

/** A kind of file that does not belong into a repository. */
export interface SensitiveKind {
  /** As `.gitignore` would name it: an exact name, or `*` and an ending. */
  readonly pattern: string;
  readonly severity: Severity;
  readonly what: string;
  /** Whether a tracked file of this kind is reported; keys in text are left to the secrets scanner, which reads them. */
  readonly isReportedWhenTracked: boolean;
  /** Certificates share the ending with private keys: only a text that holds a key counts, or a file that is no text. */
  readonly mustHoldKey: boolean;
}

function named(pattern: string, severity: Severity, what: string): SensitiveKind {
  return { pattern, severity, what, isReportedWhenTracked: true, mustHoldKey: false };
}

const ENVIRONMENT = 'settings of a deployment, usually with its passwords';
const SSH_KEY = 'a private key for SSH';
const CLOUD = 'credentials of a cloud account';

export const SENSITIVE_KINDS: readonly SensitiveKind[] = [
  named('.env', 'critical', ENVIRONMENT),
  named('.env.local', 'critical', ENVIRONMENT),
  named('.env.production', 'critical', ENVIRONMENT),
  named('.env.staging', 'critical', ENVIRONMENT),
  named('id_rsa', 'critical', SSH_KEY),
  named('id_dsa', 'critical', SSH_KEY),
  named('id_ecdsa', 'critical', SSH_KEY),
  named('id_ed25519', 'critical', SSH_KEY),
  named('credentials.json', 'critical', CLOUD),
  named('service-account.json', 'critical', CLOUD),
  named('.htpasswd', 'high', 'names and password hashes of a web server'),
  named('wp-config.php', 'high', 'the database password and the keys of a WordPress site'),
  {
    pattern: '*.pem',
    severity: 'critical',
    what: 'a private key',
    isReportedWhenTracked: false,
    mustHoldKey: true,
  },
  {
    pattern: '*.key',
    severity: 'critical',
    what: 'a private key',
    isReportedWhenTracked: false,
    mustHoldKey: true,
  },
  {
    pattern: '*.p12',
    severity: 'critical',
    what: 'a container for private keys',
    isReportedWhenTracked: false,
    mustHoldKey: false,
  },
  {
    pattern: '*.pfx',
    severity: 'critical',
    what: 'a container for private keys',
    isReportedWhenTracked: false,
    mustHoldKey: false,
  },
];

/** The kind that a file belongs to by its name. */
export function kindOf(path: string): SensitiveKind | null {
  const name = fileName(path);
  const kind = SENSITIVE_KINDS.find(({ pattern }) =>
    pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern,
  );
  return kind ?? null;
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `.env.local` becomes `-env-local`. */
export function trackedRuleId({ pattern }: SensitiveKind): string {
  return `git-hygiene/sensitive-file-${pattern.replace(/^\*/u, '').replaceAll('.', '-')}`;
}

/** `.env.local` becomes `env.local`, `*.pem` becomes `pem`. */
export function missingIgnoreRuleId({ pattern }: SensitiveKind): string {
  return `git-hygiene/missing-ignore-${pattern.replace(/^[*.]+/u, '')}`;
}

/** One step less: for what is likely, not certain. */
export function oneStepLower(severity: Severity): Severity {
  switch (severity) {
    case 'critical':
      return 'high';
    case 'high':
      return 'medium';
    case 'medium':
    case 'low':
      return 'low';
    case 'info':
      return 'info';
  }
}
