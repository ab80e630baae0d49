// Words of our own for what titles of findings are about. Few, and long enough to mean one thing.

export const INJECTIONS = [
  'code injection',
  'command injection',
  'cross site scripting',
  'expression injection',
  'ldap injection',
  'sql injection',
  'template injection',
  'xpath injection',
] as const;

export const KNOWN_VULNERABILITIES = [
  'end of support',
  'known vulnerabilities',
  'known vulnerability',
  'outdated package',
  'security updates',
  'vulnerable dependency',
] as const;

export const OPEN_ACCESS = [
  'missing permission check',
  'public access',
  'publicly accessible',
  'publicly readable',
] as const;

export const OPEN_NETWORK = [
  'no firewall',
  'open to the internet',
  'listens on all addresses',
] as const;

export const CLEAR_TRANSPORT = [
  'certificate check is off',
  'outdated version of tls',
  'plain http',
  'unencrypted connection',
] as const;

export const CLEAR_STORAGE = ['encrypted at rest', 'not encrypted', 'unencrypted storage'] as const;

export const WEAK_LOGIN = [
  'accepts passwords',
  'brute force',
  'default account',
  'default password',
  'hard coded password',
  'hardcoded password',
  'weak password',
] as const;

export const MISSING_LOGS = [
  'access logging',
  'audit trail',
  'log injection',
  'logging is off',
] as const;

export const LOOSE_SETTINGS = [
  'debug mode',
  'directory listing',
  'insecure default',
  'misconfigured',
  'security header',
] as const;

export const POWERFUL_ACCOUNTS = ['privileged container', 'runs as root', 'run as root'] as const;
export const MALICE = ['malicious code', 'malicious package'] as const;
export const RECOVERY = ['backup is off', 'backups are off', 'point in time recovery'] as const;
