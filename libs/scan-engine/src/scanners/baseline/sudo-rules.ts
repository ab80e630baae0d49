import type { BaselineRule } from './rule';

const REFERENCES = ['https://www.sudo.ws/docs/man/sudoers.man/'];
const REMEDY = 'Edit with `visudo`, which refuses a file that would lock everybody out.';

export const everythingWithoutPassword: BaselineRule = {
  id: 'BASELINE-SUDO-001',
  severity: 'high',
  title: 'sudo allows every command without a password',
  description:
    'Whoever gets hold of a session of this account, through an open terminal or a flaw in one of its programs, is root without another step.',
  remediation: `Take NOPASSWD away, or name the few commands that a script needs, with their arguments. ${REMEDY}`,
  cwe: 'CWE-269',
  references: REFERENCES,
};

export const noAuthentication: BaselineRule = {
  id: 'BASELINE-SUDO-002',
  severity: 'high',
  title: 'sudo is told never to ask for a password',
  description:
    'The setting works like NOPASSWD on every rule that it covers, those that are added later too, and is easily overlooked there.',
  remediation: `Remove \`!authenticate\`, and put NOPASSWD on the single rules that need it. ${REMEDY}`,
  cwe: 'CWE-306',
  references: REFERENCES,
};
