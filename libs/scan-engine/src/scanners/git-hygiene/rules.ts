import { baseName } from '../paths';
import type { Severity } from '@securescan/contracts';

/** A kind of file that does not belong into a repository. */
export interface SensitiveKind {
  /** As `.gitignore` would name it: an exact name, `*` and an ending, or the end of a path. */
  readonly pattern: string;
  readonly severity: Severity;
  readonly what: string;
  /** Whether a tracked file of this kind is reported; keys in text are left to the secrets scanner, which reads them. */
  readonly isReportedWhenTracked: boolean;
  /** Certificates share the ending with private keys: only a text that holds a key counts, or a file that is no text. */
  readonly mustHoldKey: boolean;
  /** Names that the pattern covers and that hold nothing secret. */
  readonly exceptions?: readonly string[];
}

function named(pattern: string, severity: Severity, what: string): SensitiveKind {
  return { pattern, severity, what, isReportedWhenTracked: true, mustHoldKey: false };
}

function keyInText(pattern: string): SensitiveKind {
  return {
    pattern,
    severity: 'critical',
    what: 'a private key',
    isReportedWhenTracked: false,
    mustHoldKey: true,
  };
}

const ENVIRONMENT = 'settings of a deployment, usually with its passwords';
const SSH_KEY = 'a private key for SSH';
const CLOUD = 'credentials of a cloud account';
const CONTAINER = 'a container for private keys';
const JAVA_KEYS = 'a key store of Java, which usually holds private keys';
const REGISTRY_LOGIN = 'logins for container registries';
const CLUSTER = 'the address of a Kubernetes cluster with the credentials for it';
const TERRAFORM_STATE =
  'the state of Terraform, which holds every attribute of what it made, passwords and keys in plain text';

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
  named('.aws/credentials', 'critical', CLOUD),
  named('.git-credentials', 'critical', 'addresses of git servers with user and password'),
  named('.netrc', 'high', 'logins for servers, in plain text'),
  named('.pypirc', 'high', 'the login with which packages are published'),
  named('.dockercfg', 'high', REGISTRY_LOGIN),
  named('.docker/config.json', 'high', REGISTRY_LOGIN),
  named('kubeconfig', 'high', CLUSTER),
  named('.kube/config', 'high', CLUSTER),
  named('.htpasswd', 'high', 'names and password hashes of a web server'),
  named('wp-config.php', 'high', 'the database password and the keys of a WordPress site'),
  named('*.tfstate', 'high', TERRAFORM_STATE),
  named('*.tfstate.backup', 'high', TERRAFORM_STATE),
  named('*.ovpn', 'medium', 'a VPN profile, which often holds the key of its user'),
  keyInText('*.pem'),
  keyInText('*.key'),
  named('*.p12', 'critical', CONTAINER),
  named('*.pfx', 'critical', CONTAINER),
  named('*.jks', 'high', JAVA_KEYS),
  {
    ...named('*.keystore', 'high', JAVA_KEYS),
    // The key that Android's tools give everybody, with a password that everybody knows.
    exceptions: ['debug.keystore'],
  },
  named('*.kdbx', 'high', 'a database of KeePass, full of passwords'),
];

/** The kind that a file belongs to by its name. */
export function kindOf(path: string): SensitiveKind | null {
  const name = baseName(path);
  const kind = SENSITIVE_KINDS.find(({ pattern }) => isMatch(pattern, path, name));
  return kind === undefined || kind.exceptions?.includes(name) === true ? null : kind;
}

function isMatch(pattern: string, path: string, name: string): boolean {
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.includes('/')) return path === pattern || path.endsWith(`/${pattern}`);
  return name === pattern;
}

/** The line of `.gitignore` that covers the kind wherever it stands: with a slash, a pattern is bound to the directory. */
export function ignoreLine({ pattern }: SensitiveKind): string {
  return pattern.includes('/') ? `**/${pattern}` : pattern;
}

/** What to call a file of the kind, and the line of `.gitignore` for it alone. */
export function namesOf(path: string, kind: SensitiveKind): { name: string; ignored: string } {
  if (kind.pattern.includes('/')) return { name: kind.pattern, ignored: ignoreLine(kind) };
  return { name: baseName(path), ignored: baseName(path) };
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
