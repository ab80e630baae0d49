import { shown, type Audit } from './audit';
import type { BaselineRule } from './rule';
import * as rules from './ssh-rules';
import {
  globalSetting,
  matchSettings,
  parseSshd,
  readSshdSettings,
  type SshdSetting,
} from './sshd-config';

/** What a rule looks at: a keyword of sshd, and its value, in lower case; `null` where the default holds. */
interface SshCheck {
  readonly rule: BaselineRule;
  /** Names of one setting, the one of today first. */
  readonly keywords: readonly string[];
  /** What is wrong, as a sentence; `null` where nothing is. */
  readonly judge: (value: string | null) => string | null;
}

/** Out of OpenSSH's own defaults, in servers for years. */
const BROKEN_ALGORITHM =
  /^(?:(?:3des|blowfish|cast128|aes\d{3}|rijndael)-cbc(?:@.*)?|arcfour\d*|des|none|hmac-md5.*|hmac-sha1-96.*|hmac-ripemd160.*|diffie-hellman-group(?:1|14|-exchange)-sha1|ssh-dss.*|ssh-rsa(?:-cert-v\d\d@openssh\.com)?)$/u;
const ALGORITHM_LISTS = [
  ['ciphers'],
  ['macs'],
  ['kexalgorithms'],
  ['hostkeyalgorithms'],
  ['pubkeyacceptedalgorithms', 'pubkeyacceptedkeytypes'],
] as const;

const CHECKS: readonly SshCheck[] = [
  {
    rule: rules.rootLogin,
    keywords: ['permitrootlogin'],
    judge: (value) => (value === 'yes' ? 'PermitRootLogin is "yes".' : null),
  },
  {
    rule: rules.passwordLogin,
    keywords: ['passwordauthentication'],
    // Absent means yes.
    judge: (value) => (value === 'no' ? null : 'PasswordAuthentication is not "no".'),
  },
  {
    rule: rules.oldProtocol,
    keywords: ['protocol'],
    judge: (value) => (value === null || value === '2' ? null : 'Protocol is not "2".'),
  },
  {
    rule: rules.emptyPasswordLogin,
    keywords: ['permitemptypasswords'],
    judge: (value) => (value === 'yes' ? 'PermitEmptyPasswords is "yes".' : null),
  },
  ...ALGORITHM_LISTS.map((keywords): SshCheck => ({
    rule: rules.weakAlgorithms,
    keywords,
    judge: (value) => judgeAlgorithms(keywords[0], value),
  })),
];

function judgeAlgorithms(keyword: string, value: string | null): string | null {
  // With a minus the list names what is taken away.
  if (value === null || value.startsWith('-')) return null;
  const broken = value
    .replace(/^[+^]/u, '')
    .split(',')
    .map((algorithm) => algorithm.trim())
    .filter((algorithm) => BROKEN_ALGORITHM.test(algorithm));
  return broken.length === 0 ? null : `${keyword} names ${shown(broken.join(', '))}.`;
}

/**
 * Judges what sshd would do. On this machine sshd itself is asked (`sshd -T`), and the files tell what it leaves out: the
 * line, and what holds within a Match.
 */
export async function checkSsh(audit: Audit): Promise<void> {
  const settings = await readSshdSettings(audit);
  const effective = audit.scope === 'host' ? await askSshd(audit) : null;
  if (settings === null && effective === null) return;
  const written = settings ?? [];
  for (const check of CHECKS) {
    const isBroken = reportGlobal(audit, check, written, effective);
    if (!isBroken) reportMatches(audit, check, written);
  }
}

/** The settings that sshd says it works with, by keyword; `null` where it says nothing. */
async function askSshd(audit: Audit): Promise<ReadonlyMap<string, string> | null> {
  const answer = await audit.ask('sshd', ['-T']);
  if (answer.kind === 'absent') return null;
  const settings =
    answer.kind === 'output' && answer.exitCode === 0 ? parseSshd(answer.stdout) : [];
  if (settings.length === 0) {
    audit.note('sshd -T gave no answer (it needs root); its files were read instead');
    return null;
  }
  const first = new Map<string, string>();
  for (const { keyword, args } of settings) {
    if (!first.has(keyword)) first.set(keyword, args.join(' ').toLowerCase());
  }
  return first;
}

function reportGlobal(
  audit: Audit,
  check: SshCheck,
  settings: readonly SshdSetting[],
  effective: ReadonlyMap<string, string> | null,
): boolean {
  const setting = firstOf(check.keywords, (keyword) => globalSetting(settings, keyword));
  const written = setting === null ? null : valueOf(setting);
  const value =
    effective === null ? written : firstOf(check.keywords, (name) => effective.get(name) ?? null);
  const detail = check.judge(value);
  if (detail === null || isOutOfReach(check, settings, effective)) return false;
  // The place in the files, where they say the same as sshd.
  const place = setting !== null && check.judge(written) !== null ? setting : null;
  const keyword = check.keywords[0] ?? '';
  audit.report(check.rule, {
    subject: keyword,
    detail: `${detail} ${place === null ? NOWHERE : whereIs(place)}`,
    path: place?.path ?? '/etc/ssh/sshd_config',
    ...(place === null ? {} : { line: place.line }),
    facts: { setting: keyword },
  });
  return true;
}

function reportMatches(audit: Audit, check: SshCheck, settings: readonly SshdSetting[]): void {
  for (const keyword of check.keywords) {
    for (const setting of matchSettings(settings, keyword)) {
      const detail = check.judge(valueOf(setting));
      if (detail === null) continue;
      const condition = shown(setting.condition ?? '');
      audit.report(check.rule, {
        subject: `${keyword} for ${condition}`,
        detail: `${detail} It holds for connections that match "${condition}". ${whereIs(setting)}`,
        path: setting.path,
        line: setting.line,
        name: `Match ${condition}`,
        facts: { setting: keyword, match: condition },
      });
    }
  }
}

/** Passwords that no list of methods asks for cannot be used, whatever PasswordAuthentication says. */
function isOutOfReach(
  { rule }: SshCheck,
  settings: readonly SshdSetting[],
  effective: ReadonlyMap<string, string> | null,
): boolean {
  if (rule !== rules.passwordLogin) return false;
  const setting = globalSetting(settings, 'authenticationmethods');
  const written = setting === null ? 'any' : setting.args.join(' ').toLowerCase();
  const methods = effective === null ? written : (effective.get('authenticationmethods') ?? 'any');
  return !/\b(?:any|password)\b/u.test(methods);
}

function firstOf<T>(keywords: readonly string[], find: (keyword: string) => T | null): T | null {
  for (const keyword of keywords) {
    const found = find(keyword);
    if (found !== null) return found;
  }
  return null;
}

function valueOf({ args, keyword }: SshdSetting): string {
  const value = keyword === 'authenticationmethods' ? args.join(' ') : (args[0] ?? '');
  return value.toLowerCase();
}

const NOWHERE = 'No file sets it so: it is what sshd does by itself.';

function whereIs({ path, line }: SshdSetting): string {
  return `It stands in ${path}, line ${line}.`;
}
