import type { BaselineRule } from './rule';

const LOGIN_DEFS = ['https://man7.org/linux/man-pages/man5/login.defs.5.html'];
const SHADOW = ['https://man7.org/linux/man-pages/man5/shadow.5.html'];
const PASSWD = ['https://man7.org/linux/man-pages/man5/passwd.5.html'];
const EXISTING_ACCOUNTS =
  'It holds for accounts that are made from then on; change those that exist with `chage`.';

export const longPasswordLife: BaselineRule = {
  id: 'BASELINE-PWD-001',
  severity: 'medium',
  title: 'Passwords stay valid for more than 90 days',
  description:
    'A password that leaked without anyone noticing stays useful for as long as it is valid.',
  remediation: `Set PASS_MAX_DAYS to 90 or less in /etc/login.defs. ${EXISTING_ACCOUNTS}`,
  cwe: 'CWE-263',
  references: LOGIN_DEFS,
};

export const noMinimumLife: BaselineRule = {
  id: 'BASELINE-PWD-002',
  severity: 'low',
  title: 'A new password can be changed back at once',
  description:
    'Without a least age, whoever has to change a password goes through as many as the history remembers and ends with the old one.',
  remediation: `Set PASS_MIN_DAYS to 1 or more in /etc/login.defs. ${EXISTING_ACCOUNTS}`,
  cwe: 'CWE-262',
  references: LOGIN_DEFS,
};

export const shortPasswords: BaselineRule = {
  id: 'BASELINE-PWD-003',
  severity: 'medium',
  title: 'Passwords of fewer than 8 characters are accepted',
  description:
    'So short a password is found by trying in hours, once somebody has its hash. Where PAM decides, its own module says what counts, and this setting is what the tools without PAM go by.',
  remediation:
    'Set PASS_MIN_LEN to 12 or more, and `minlen` of pam_pwquality to the same in /etc/security/pwquality.conf.',
  cwe: 'CWE-521',
  references: [...LOGIN_DEFS, 'https://man7.org/linux/man-pages/man8/pam_pwquality.8.html'],
};

export const weakHashes: BaselineRule = {
  id: 'BASELINE-PWD-004',
  severity: 'high',
  title: 'Passwords are kept with a hash that is quick to break',
  description:
    'DES, MD5 and NT hashes were made for computers of another age: billions of guesses a second are within reach of anyone who gets the file, from a backup for instance.',
  remediation:
    'Set `ENCRYPT_METHOD YESCRYPT` (or SHA512) in /etc/login.defs and in the PAM stack, then have the passwords set anew.',
  cwe: 'CWE-916',
  references: ['https://man7.org/linux/man-pages/man5/crypt.5.html', ...LOGIN_DEFS],
};

export const secondRoot: BaselineRule = {
  id: 'BASELINE-USER-001',
  severity: 'critical',
  title: 'An account other than root is root',
  description:
    'The number 0 is what makes an account root, not its name. A second one is a classic back door: rules, logs and people that look for "root" do not see it.',
  remediation:
    'Find out who made the account. Give it a number of its own with `usermod -u`, or delete it, and let people become root through sudo.',
  cwe: 'CWE-266',
  references: PASSWD,
};

export const emptyPassword: BaselineRule = {
  id: 'BASELINE-USER-002',
  // The reference rates locked accounts with this id, as medium. An empty field is the opposite of locked.
  severity: 'high',
  title: 'An account has no password',
  description:
    'The password field is empty, which does not mean "none works" but "none is asked for": at the console, with su, and over SSH where it permits empty passwords, the name alone is enough.',
  remediation:
    'Lock the password with `passwd -l`, or set one with `passwd`. Add no `nullok` to pam_unix.',
  cwe: 'CWE-258',
  references: SHADOW,
};

export const sharedUid: BaselineRule = {
  id: 'BASELINE-USER-003',
  severity: 'medium',
  title: 'Two accounts share a number',
  description:
    'The kernel knows accounts by number alone: both own the same files, can end the same processes, and cannot be told apart in the logs.',
  remediation: 'Give one of them a number of its own with `usermod -u`, and its files with it.',
  cwe: 'CWE-694',
  references: PASSWD,
};

export const hashForEveryone: BaselineRule = {
  id: 'BASELINE-USER-004',
  severity: 'high',
  title: 'A password hash stands in /etc/passwd',
  description:
    'Everybody on the machine may read this file, and with it everybody can try passwords against the hash, as fast as their computer allows and without a trace.',
  remediation:
    'Run `pwconv`, which moves the hashes to /etc/shadow, and have the password changed.',
  cwe: 'CWE-522',
  references: ['https://man7.org/linux/man-pages/man8/pwconv.8.html', ...SHADOW],
};
