import type { Severity } from '@securescan/contracts';
import type { OpenPort } from './read-report';

/** What an open port of this kind means. */
export interface Exposure {
  readonly severity: Severity;
  /** Why it matters, in sentences. */
  readonly reason: string;
  readonly remediation: string;
  readonly cwe: string | null;
  readonly references: readonly string[];
}

/** What is told of a port by its number or by the service that answers there. */
interface ExposureRule extends Exposure {
  readonly ports: readonly number[];
  /** As nmap names them. */
  readonly services: readonly string[];
}

const CLEARTEXT = 'CWE-319';
/** Exposure of a resource to the wrong sphere: it answers where only its own clients should reach it. */
const WRONG_SPHERE = 'CWE-668';

const weakness = (cwe: string): string =>
  `https://cwe.mitre.org/data/definitions/${cwe.slice('CWE-'.length)}.html`;

function cleartext(
  ports: readonly number[],
  services: readonly string[],
  words: { readonly what: string; readonly instead: string; readonly reference: string },
): ExposureRule {
  return {
    ports,
    services,
    severity: 'high',
    reason: `${words.what} sends passwords and everything else as plain text, so whoever can listen on the way can read and change it.`,
    remediation: `Switch the service off and use ${words.instead}. Until then, let a firewall admit only the hosts that need it.`,
    cwe: CLEARTEXT,
    references: [weakness(CLEARTEXT), words.reference],
  };
}

function exposed(
  severity: 'high' | 'medium',
  ports: readonly number[],
  words: { readonly reason: string; readonly remediation: string; readonly reference: string },
): ExposureRule {
  return {
    ports,
    services: [],
    severity,
    reason: words.reason,
    remediation: words.remediation,
    cwe: WRONG_SPHERE,
    references: [weakness(WRONG_SPHERE), words.reference],
  };
}

function database(port: number, name: string, reference: string): ExposureRule {
  return exposed('medium', [port], {
    reason: `${name} answers to everybody who can reach this host. Passwords can be guessed here and defects of the server used without a way through the application.`,
    remediation: `Bind ${name} to a private address and let a firewall admit only the hosts of the application.`,
    reference,
  });
}

/** The first that fits counts. */
const RULES: readonly ExposureRule[] = [
  cleartext([21], ['ftp'], {
    what: 'FTP',
    instead: 'SFTP, or FTP over TLS with plain logins refused',
    reference: 'https://www.rfc-editor.org/rfc/rfc4217',
  }),
  cleartext([23], ['telnet'], {
    what: 'Telnet',
    instead: 'SSH',
    reference: 'https://www.rfc-editor.org/rfc/rfc4251',
  }),
  // nmap names rsh and rlogin as the list of well-known ports does: shell and login.
  cleartext([], ['rsh', 'shell', 'rlogin', 'login'], {
    what: 'A remote shell of the Berkeley kind trusts the address of the caller and',
    instead: 'SSH with keys',
    reference: 'https://www.rfc-editor.org/rfc/rfc1282',
  }),
  exposed('high', [5900], {
    reason:
      'VNC gives away screen and keyboard of the host. Its own login is a password of at most eight characters, and what follows is not encrypted.',
    remediation: 'Bind VNC to the loopback address and reach it through an SSH tunnel or a VPN.',
    reference: 'https://www.rfc-editor.org/rfc/rfc6143',
  }),
  exposed('high', [6379], {
    reason:
      'Redis is built for trusted networks: unless a password was set, every caller can read and change all data, and often write files of the host.',
    remediation:
      'Bind Redis to a private address, keep protected mode on, require a login (ACL) and let a firewall admit only its clients.',
    reference: 'https://redis.io/docs/latest/operate/oss_and_stack/management/security/',
  }),
  exposed('high', [27017], {
    reason:
      'MongoDB asks for no login unless access control was switched on; servers that anybody can reach are found and emptied within hours.',
    remediation:
      'Switch on access control, bind MongoDB to a private address and let a firewall admit only the hosts of the application.',
    reference: 'https://www.mongodb.com/docs/manual/administration/security-checklist/',
  }),
  exposed('high', [11211], {
    reason:
      'memcached has no login as it is shipped: every caller can read and change what is cached, sessions included, and over UDP others can be flooded through it.',
    remediation:
      'Bind memcached to the loopback or a private address, switch off UDP and let a firewall admit only its clients.',
    reference: 'https://docs.memcached.org/serverguide/',
  }),
  database(3306, 'MySQL', 'https://dev.mysql.com/doc/refman/8.4/en/security-guidelines.html'),
  database(5432, 'PostgreSQL', 'https://www.postgresql.org/docs/current/auth-pg-hba-conf.html'),
  database(
    1433,
    'SQL Server',
    'https://learn.microsoft.com/en-us/sql/sql-server/install/configure-the-windows-firewall-to-allow-sql-server-access',
  ),
  database(
    1521,
    'Oracle Database',
    'https://docs.oracle.com/en/database/oracle/oracle-database/19/dbseg/',
  ),
  exposed('medium', [135, 139, 445], {
    reason:
      'Services of Windows networks (RPC, NetBIOS, SMB) tell much about a host and have been the way in of many worms. They are meant for the local network only.',
    remediation:
      'Let a firewall admit these ports only from the networks that use shared files, switch off SMB 1, and keep the system patched.',
    reference:
      'https://learn.microsoft.com/en-us/windows-server/storage/file-server/smb-secure-traffic',
  }),
  exposed('medium', [3389], {
    reason:
      'Remote Desktop lets everybody who reaches it try passwords, and defects before the login have been used by worms.',
    remediation:
      'Put Remote Desktop behind a VPN or a gateway with a second factor, require network level authentication and lock accounts after failed logins.',
    reference:
      'https://learn.microsoft.com/en-us/windows-server/remote/remote-desktop-services/remote-desktop-services-overview',
  }),
];

const ORDINARY: Exposure = {
  severity: 'info',
  reason: 'Every service that can be reached is something to keep patched and configured.',
  remediation:
    'If nobody outside needs this service, bind it to the loopback address or let a firewall close the port.',
  cwe: null,
  references: ['https://nmap.org/book/man-port-scanning-basics.html'],
};

/** A service that is named is judged by what it sends in the clear, which through TLS is nothing. */
export function exposureOf({
  port,
  service,
  isEncrypted,
}: Pick<OpenPort, 'port' | 'service' | 'isEncrypted'>): Exposure {
  const fits = ({ ports, services }: ExposureRule): boolean =>
    ports.includes(port) || (!isEncrypted && services.includes(service));
  return RULES.find(fits) ?? ORDINARY;
}
