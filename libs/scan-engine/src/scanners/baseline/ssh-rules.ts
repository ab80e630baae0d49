import type { BaselineRule } from './rule';

const REFERENCES = ['https://man.openbsd.org/sshd_config'];
const RELOAD = 'Check with `sshd -t` and reload the service.';

export const rootLogin: BaselineRule = {
  id: 'BASELINE-SSH-001',
  severity: 'high',
  title: 'root may log in over SSH with a password',
  description:
    'Everyone knows the name of this account, so only its password is left to guess, and whoever guesses it owns the machine. Nobody can tell afterwards which person it was.',
  remediation: `Set \`PermitRootLogin no\`, or \`prohibit-password\` where automation needs a key, and let people log in with accounts of their own and use sudo. ${RELOAD}`,
  cwe: 'CWE-250',
  references: REFERENCES,
};

export const passwordLogin: BaselineRule = {
  id: 'BASELINE-SSH-002',
  severity: 'medium',
  title: 'SSH accepts passwords',
  description:
    'Passwords can be guessed, reused and phished, and every SSH server on the internet is tried all day long. Keys cannot be guessed.',
  remediation: `Give everyone a key, then set \`PasswordAuthentication no\` (and \`KbdInteractiveAuthentication no\`, which asks for passwords too). OpenSSH takes an absent setting for \`yes\`. ${RELOAD}`,
  cwe: 'CWE-308',
  references: REFERENCES,
};

export const oldProtocol: BaselineRule = {
  id: 'BASELINE-SSH-003',
  severity: 'high',
  title: 'SSH is told to speak a protocol other than version 2',
  description:
    'Version 1 protects neither what is sent nor who sends it: its integrity check can be forged. Servers since OpenSSH 7.4 ignore the setting, older ones obey.',
  remediation: `Remove the \`Protocol\` line, or set it to 2, and update the server if it still knows version 1. ${RELOAD}`,
  cwe: 'CWE-327',
  references: ['https://www.openssh.com/txt/release-7.4', ...REFERENCES],
};

export const emptyPasswordLogin: BaselineRule = {
  id: 'BASELINE-SSH-004',
  severity: 'high',
  title: 'SSH lets accounts without a password in',
  description:
    'With PermitEmptyPasswords, the name of an account that has no password is all that it takes to log in from anywhere.',
  remediation: `Set \`PermitEmptyPasswords no\`, or remove the line: that is the default. ${RELOAD}`,
  cwe: 'CWE-258',
  references: REFERENCES,
};

export const weakAlgorithms: BaselineRule = {
  id: 'BASELINE-SSH-005',
  severity: 'medium',
  title: 'SSH offers broken algorithms',
  description:
    'Algorithms that OpenSSH itself took out of its defaults are switched on again. Whoever can change the traffic may get both sides to use the weakest that they share.',
  remediation: `Remove the line, so that the server's own list holds, or take these algorithms out of it. ${RELOAD}`,
  cwe: 'CWE-327',
  references: ['https://www.openssh.com/legacy.html', ...REFERENCES],
};
