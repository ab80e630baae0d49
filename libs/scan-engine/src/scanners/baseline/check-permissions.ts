import type { Severity } from '@securescan/contracts';
import type { PasswdAccount } from './account-files';
import { octal, shown, type Audit } from './audit';
import { foreignOwner, openFile } from './permission-rules';

interface ModeLimit {
  readonly path: string;
  /** The bits that it may have at the most. */
  readonly most: number;
  readonly severity: Severity;
}

const LIMITS: readonly ModeLimit[] = [
  { path: '/etc/passwd', most: 0o644, severity: 'high' },
  { path: '/etc/group', most: 0o644, severity: 'high' },
  { path: '/etc/shadow', most: 0o640, severity: 'critical' },
  { path: '/etc/gshadow', most: 0o640, severity: 'critical' },
  { path: '/etc/sudoers', most: 0o644, severity: 'high' },
  { path: '/etc/ssh/sshd_config', most: 0o644, severity: 'high' },
  { path: '/etc/crontab', most: 0o644, severity: 'high' },
];
/** Each of their files. */
const DIRECTORY_LIMITS: readonly ModeLimit[] = [
  { path: '/etc/sudoers.d', most: 0o644, severity: 'high' },
  { path: '/etc/cron.d', most: 0o644, severity: 'high' },
];
const HOST_KEY = /^ssh_host_\w{1,40}_key$/u;
/** Fedora lets a group of its own read them. */
const HOST_KEY_MODE = 0o640;
const MAX_HOMES = 1_000;

/** Modes, and on this machine owners, of the files that decide who may do what. */
export async function checkPermissions(
  audit: Audit,
  accounts: readonly PasswdAccount[],
): Promise<void> {
  for (const limit of LIMITS) await checkFile(audit, limit);
  for (const { path, ...limit } of DIRECTORY_LIMITS) {
    for (const name of await audit.namesIn(path)) {
      await checkFile(audit, { ...limit, path: `${path}/${name}` });
    }
  }
  for (const name of (await audit.namesIn('/etc/ssh')).filter((one) => HOST_KEY.test(one))) {
    const path = `/etc/ssh/${name}`;
    await checkFile(audit, { path, most: HOST_KEY_MODE, severity: 'critical' });
  }
  const homes = new Set(accounts.map(({ home }) => home).filter(isHome));
  for (const home of [...homes].slice(0, MAX_HOMES)) await checkHome(audit, home);
}

function isHome(path: string): boolean {
  return path.startsWith('/') && !/^\/+$/u.test(path) && !path.includes('/..');
}

async function checkFile(audit: Audit, limit: ModeLimit): Promise<void> {
  const entry = await audit.examine(limit.path);
  if (entry?.kind !== 'file') return;
  checkMode(audit, limit, entry.mode);
  // A tree that stands for a system belongs to whoever unpacked it.
  if (audit.scope === 'target' || entry.uid === 0) return;
  audit.report(foreignOwner, {
    subject: 'owner',
    name: limit.path,
    path: limit.path,
    detail: `${limit.path} belongs to the account with the number ${entry.uid}.`,
    facts: { uid: entry.uid },
  });
}

/** Keys by which people log in. Of accounts that share a home it is one. */
async function checkHome(audit: Audit, home: string): Promise<void> {
  const directory = `${home.replace(/\/+$/u, '')}/.ssh`;
  const entry = await audit.stat(directory);
  if (entry?.kind === 'directory') {
    checkMode(audit, { path: directory, most: 0o700, severity: 'high' }, entry.mode);
    const path = `${directory}/authorized_keys`;
    const keys = await audit.stat(path);
    if (keys?.kind === 'file') checkMode(audit, { path, most: 0o600, severity: 'high' }, keys.mode);
    return;
  }
  const above = await audit.stat(home);
  // A home without the right to search it looks like one without keys.
  if (entry === null && above?.kind === 'directory') await audit.namesIn(home);
}

function checkMode(audit: Audit, { path, most, severity }: ModeLimit, mode: number): void {
  // Bits that change what a program runs as mean nothing on these.
  const bits = mode & 0o777;
  if ((bits & ~most) === 0) return;
  audit.report(openFile, {
    subject: 'mode',
    name: path,
    path,
    severity,
    detail: `The mode of ${shown(path)} is ${octal(bits)}, and ${octal(most)} is the most that it should be.`,
    facts: { mode: octal(bits), most: octal(most) },
  });
}
