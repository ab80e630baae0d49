import type { BaselineRule } from './rule';

export const openFile: BaselineRule = {
  id: 'BASELINE-PERM-001',
  severity: 'high',
  title: 'A file of the system is open to more people than it should be',
  description:
    'This file decides who may log in and as whom. Who can write it makes rules of their own; who can read the secret ones can work on the hashes and keys in it.',
  remediation: 'Take the surplus bits away with `chmod`, and look what set them.',
  cwe: 'CWE-732',
  references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
};

export const foreignOwner: BaselineRule = {
  id: 'BASELINE-PERM-002',
  severity: 'high',
  title: 'A file of the system belongs to somebody else than root',
  description:
    'An owner can always change the mode and then the content. Whoever owns this file can make themselves root.',
  remediation: 'Give the file back with `chown root`, and find out how it got its owner.',
  cwe: 'CWE-708',
  references: ['https://man7.org/linux/man-pages/man1/chown.1.html'],
};

export const worldWritable: BaselineRule = {
  id: 'BASELINE-WWRITE-001',
  severity: 'medium',
  title: 'Files of the system can be changed by everyone',
  description:
    'Every account, that of a broken web server too, can put its own text into these files. What reads or runs them then does what that account wants.',
  remediation:
    'Run `chmod o-w` on each, and give the file to the account or group that has to write it.',
  cwe: 'CWE-732',
  references: ['https://man7.org/linux/man-pages/man1/chmod.1.html'],
};

export const writableCronProgram: BaselineRule = {
  id: 'BASELINE-CRON-001',
  severity: 'critical',
  title: 'cron runs as root what everyone can change',
  description:
    'Any account can put a command into this program, or another program into its place, and cron runs it as root the next time.',
  remediation:
    'Give the program and the directories above it to root, and take the right to write away from others (`chmod o-w`). Look at what is in it before it runs again.',
  cwe: 'CWE-732',
  references: ['https://man7.org/linux/man-pages/man5/crontab.5.html'],
};
