import { compareCodePoints } from '@securescan/core';
import * as accountRules from './account-rules';
import type { Audit } from './audit';
import * as kernelRules from './kernel-rules';
import type { BaselineRule } from './rule';
import {
  namesSetting,
  parseLoginDefs,
  parseSysctl,
  wholeNumber,
  type Setting,
} from './setting-files';

interface NumberCheck {
  readonly rule: BaselineRule;
  readonly name: string;
  readonly isBad: (value: number) => boolean;
}

const LOGIN_DEFS = '/etc/login.defs';
/** Of the tools of shadow; PAM has settings of its own, which mostly follow. */
const WEAK_METHOD = /^(?:DES|MD5)$/iu;

const PASSWORD_CHECKS: readonly NumberCheck[] = [
  {
    rule: accountRules.longPasswordLife,
    name: 'PASS_MAX_DAYS',
    // Below 0 a password never ends.
    isBad: (days) => days > 90 || days < 0,
  },
  { rule: accountRules.noMinimumLife, name: 'PASS_MIN_DAYS', isBad: (days) => days < 1 },
  { rule: accountRules.shortPasswords, name: 'PASS_MIN_LEN', isBad: (length) => length < 8 },
];

const KERNEL_CHECKS: readonly NumberCheck[] = [
  { rule: kernelRules.forwarding, name: 'net.ipv4.ip_forward', isBad: (value) => value !== 0 },
  {
    rule: kernelRules.redirects,
    name: 'net.ipv4.conf.all.accept_redirects',
    isBad: (value) => value !== 0,
  },
  {
    rule: kernelRules.addressLayout,
    name: 'kernel.randomize_va_space',
    isBad: (value) => value !== 2,
  },
  // With 2 only root reads the dump.
  { rule: kernelRules.privilegedDumps, name: 'fs.suid_dumpable', isBad: (value) => value === 1 },
  {
    rule: kernelRules.noSynCookies,
    name: 'net.ipv4.tcp_syncookies',
    isBad: (value) => value === 0,
  },
  {
    rule: kernelRules.sourceRouting,
    name: 'net.ipv4.conf.all.accept_source_route',
    isBad: (value) => value !== 0,
  },
];

/** The policy for passwords, as far as it is set. */
export async function checkPasswordPolicy(audit: Audit): Promise<void> {
  const text = await audit.read(LOGIN_DEFS);
  if (text === null) return;
  const settings = parseLoginDefs(text);
  for (const check of PASSWORD_CHECKS) {
    const setting = settings.get(check.name);
    if (setting !== undefined) judge(audit, check, { ...setting, path: LOGIN_DEFS });
  }
  const method = settings.get('ENCRYPT_METHOD');
  if (method === undefined || !WEAK_METHOD.test(method.value)) return;
  audit.report(accountRules.weakHashes, {
    ...place({ ...method, path: LOGIN_DEFS }),
    detail: `${LOGIN_DEFS} sets ENCRYPT_METHOD to ${method.value.toUpperCase()}.`,
  });
}

interface PlacedSetting extends Omit<Setting, 'line'> {
  readonly path: string;
  readonly line: number | null;
}

/** What the kernel of this machine is set to, or what the files of a system would set. Nothing set is no finding. */
export async function checkKernel(audit: Audit): Promise<void> {
  const running = audit.scope === 'host' ? await runningSettings(audit) : [];
  const written = running.length === 0 ? await writtenSettings(audit) : [];
  for (const check of KERNEL_CHECKS) {
    const setting =
      running.find(({ name }) => name === check.name) ??
      written.findLast(({ name }) => namesSetting(name, check.name));
    if (setting !== undefined) judge(audit, check, { ...setting, name: check.name });
  }
}

async function runningSettings(audit: Audit): Promise<PlacedSetting[]> {
  const settings: PlacedSetting[] = [];
  for (const { name } of KERNEL_CHECKS) {
    const path = `/proc/sys/${name.replaceAll('.', '/')}`;
    const text = await audit.read(path);
    if (text !== null) settings.push({ name, value: text.trim(), line: null, path });
  }
  return settings;
}

/** Where `sysctl --system` looks; of files with one name the first directory has the word. */
const SYSCTL_DIRECTORIES = [
  '/etc/sysctl.d',
  '/run/sysctl.d',
  '/usr/local/lib/sysctl.d',
  '/usr/lib/sysctl.d',
  '/lib/sysctl.d',
];

async function writtenSettings(audit: Audit): Promise<PlacedSetting[]> {
  const byName = new Map<string, string>();
  for (const directory of SYSCTL_DIRECTORIES) {
    for (const name of await audit.namesIn(directory)) {
      if (name.endsWith('.conf') && !byName.has(name)) byName.set(name, `${directory}/${name}`);
    }
  }
  const paths = [...byName.keys()]
    .sort(compareCodePoints)
    .flatMap((name) => byName.get(name) ?? []);
  const settings: PlacedSetting[] = [];
  for (const path of [...paths, '/etc/sysctl.conf']) {
    const text = await audit.read(path);
    if (text === null) continue;
    for (const setting of parseSysctl(text)) settings.push({ ...setting, path });
  }
  return settings;
}

function judge(audit: Audit, { rule, isBad }: NumberCheck, setting: PlacedSetting): void {
  const value = wholeNumber(setting.value);
  if (value === null || !isBad(value)) return;
  audit.report(rule, {
    ...place(setting),
    detail: `${setting.name} is ${value} in ${setting.path}.`,
  });
}

function place({ name, path, line }: PlacedSetting) {
  return { subject: name, path, ...(line === null ? {} : { line }), facts: { setting: name } };
}
