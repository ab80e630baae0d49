import type { BaselineRule } from './rule';

export const noFirewall: BaselineRule = {
  id: 'BASELINE-FW-001',
  severity: 'medium',
  title: 'No firewall filters what comes in',
  description:
    'Every service that listens, wanted or not, is within reach of everyone who reaches the machine. A firewall in front of it may help; on the same network it does not.',
  remediation:
    'Switch on ufw, firewalld or a ruleset for nftables of your own: refuse what comes in, and admit the ports that you mean to offer.',
  cwe: 'CWE-693',
  references: ['https://wiki.nftables.org/wiki-nftables/index.php/Simple_ruleset_for_a_server'],
};

export const openPort: BaselineRule = {
  id: 'BASELINE-PORT-001',
  severity: 'low',
  title: 'A service listens on all addresses',
  description:
    'It answers on every network that the machine is part of, public ones too, where the local one or the machine itself may have been meant. Databases and caches often ask nobody for a password there.',
  remediation:
    'Let the service listen on 127.0.0.1 or on the address of the network that it serves, stop it if nobody needs it, or let the firewall decide who reaches the port.',
  cwe: 'CWE-1327',
  references: ['https://man7.org/linux/man-pages/man8/ss.8.html'],
};

export const securityUpdates: BaselineRule = {
  id: 'BASELINE-PKG-001',
  severity: 'medium',
  title: 'Security updates are waiting',
  description:
    'The flaws that these updates close are public, and so are, often, the programs that use them.',
  remediation:
    'Install them (`apt upgrade`, `dnf upgrade --security`), restart what uses the replaced libraries, and let unattended-upgrades or dnf-automatic do it from now on.',
  cwe: 'CWE-1395',
  references: ['https://wiki.debian.org/UnattendedUpgrades'],
};

export const otherUpdates: BaselineRule = {
  id: 'BASELINE-PKG-002',
  severity: 'low',
  title: 'Updates are waiting',
  description:
    'None of them is marked as a security update, but distributions do not mark all that matters, and a machine that lags far behind is hard to bring up to date in a hurry.',
  remediation: 'Install them (`apt upgrade`, `dnf upgrade`, `apk upgrade`) on a schedule.',
  cwe: 'CWE-1104',
  references: ['https://wiki.debian.org/UnattendedUpgrades'],
};

export const secretInEnvironment: BaselineRule = {
  id: 'BASELINE-ENV-001',
  severity: 'low',
  title: 'A variable of the environment is named like a secret',
  description:
    'Programs hand their environment to everything that they start, and print it when they crash. Other programs of the same account can read it.',
  remediation:
    'Hand secrets over in files that only the service may read, or through a secret store. Many programs take the name of such a file in a variable that ends in _FILE.',
  cwe: 'CWE-526',
  references: ['https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html'],
};

export const noSystem: BaselineRule = {
  id: 'BASELINE-SCOPE-001',
  severity: 'info',
  title: 'There is no system here to audit',
  description:
    'The target holds none of the files that tell how a system is set up, such as etc/passwd or etc/ssh/sshd_config.',
  remediation:
    'Name a directory that holds the files of a system, for instance an unpacked image. To audit this machine itself, scan "/" or ask for host probes (`--baseline-host-probes`).',
  cwe: null,
  references: [],
};
