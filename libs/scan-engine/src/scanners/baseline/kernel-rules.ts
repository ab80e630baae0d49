import type { BaselineRule } from './rule';

const NETWORK = ['https://docs.kernel.org/networking/ip-sysctl.html'];
const KERNEL = ['https://docs.kernel.org/admin-guide/sysctl/kernel.html'];
const LASTING = 'in a file below /etc/sysctl.d, and load it with `sysctl --system`.';

export const forwarding: BaselineRule = {
  id: 'BASELINE-KERN-001',
  severity: 'medium',
  title: 'The machine passes packets on between networks',
  description:
    'It works as a router, so that who reaches it on one network reaches the next, past whatever stands between the two. Container engines and VPNs switch this on for themselves.',
  remediation: `Where it is no router and runs no containers, set \`net.ipv4.ip_forward = 0\` ${LASTING} Elsewhere restrict what is forwarded with the firewall.`,
  cwe: 'CWE-441',
  references: NETWORK,
};

export const redirects: BaselineRule = {
  id: 'BASELINE-KERN-002',
  severity: 'medium',
  title: 'The machine believes ICMP redirects',
  description:
    'Anyone on the same network can tell it to send its traffic by way of them, and so read or change it.',
  remediation: `Set \`net.ipv4.conf.all.accept_redirects = 0\` and the same for \`default\` ${LASTING}`,
  cwe: 'CWE-940',
  references: NETWORK,
};

export const addressLayout: BaselineRule = {
  id: 'BASELINE-KERN-003',
  severity: 'medium',
  title: 'Memory of programs is not laid out at random, or not all of it',
  description:
    'Exploits of memory errors have to know where things are. With a layout that can be foretold, a flaw that would crash a program takes it over.',
  remediation: `Set \`kernel.randomize_va_space = 2\` ${LASTING}`,
  cwe: 'CWE-693',
  references: KERNEL,
};

export const privilegedDumps: BaselineRule = {
  id: 'BASELINE-KERN-004',
  severity: 'low',
  title: 'Programs with raised privileges leave core dumps',
  description:
    'A core dump is a copy of the memory, with the keys and passwords that were in it, and here it belongs to whoever started the program.',
  remediation: `Set \`fs.suid_dumpable = 0\` ${LASTING}`,
  cwe: 'CWE-528',
  references: ['https://docs.kernel.org/admin-guide/sysctl/fs.html'],
};

export const noSynCookies: BaselineRule = {
  id: 'BASELINE-KERN-005',
  severity: 'low',
  title: 'A flood of half-open connections shuts the machine off',
  description:
    'Without SYN cookies a few hundred packets a second with forged senders fill the queue of a port, and nobody else gets in.',
  remediation: `Set \`net.ipv4.tcp_syncookies = 1\` ${LASTING}`,
  cwe: 'CWE-770',
  references: NETWORK,
};

export const sourceRouting: BaselineRule = {
  id: 'BASELINE-KERN-006',
  severity: 'medium',
  title: 'The machine lets senders choose the way of their packets',
  description:
    'A packet that brings its own route gets past filters that go by where packets come from, and its sender can pose as a trusted machine and still see the answers.',
  remediation: `Set \`net.ipv4.conf.all.accept_source_route = 0\` ${LASTING}`,
  cwe: 'CWE-940',
  references: NETWORK,
};
