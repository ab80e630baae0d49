import type { Answer, Audit } from './audit';
import { noFirewall } from './machine-rules';
import {
  firewalldFilters,
  iptablesFilter,
  nftFilters,
  ufwIsActive,
  ufwIsEnabled,
} from './packet-filters';

/** What one of the programs says: it filters, it does not, it is not there, or nobody could ask it. */
type State = 'filters' | 'open' | 'absent' | 'unknown';

interface Firewall {
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly judge: (stdout: string) => boolean;
  /** Sees the rules of the kernel, whoever made them. */
  readonly isKernel: boolean;
}

const FIREWALLS: readonly Firewall[] = [
  { name: 'ufw', executable: 'ufw', args: ['status'], judge: ufwIsActive, isKernel: false },
  {
    name: 'firewalld',
    executable: 'firewall-cmd',
    args: ['--state'],
    judge: (stdout) => stdout.trim() === 'running',
    isKernel: false,
  },
  {
    name: 'nftables',
    executable: 'nft',
    args: ['list', 'ruleset'],
    judge: nftFilters,
    isKernel: true,
  },
  {
    name: 'iptables',
    executable: 'iptables',
    args: ['-S'],
    judge: iptablesFilter,
    isKernel: true,
  },
];

const CONFIGURATIONS: readonly {
  readonly path: string;
  readonly filters: (text: string) => boolean;
}[] = [
  { path: '/etc/ufw/ufw.conf', filters: ufwIsEnabled },
  { path: '/etc/firewalld/firewalld.conf', filters: firewalldFilters },
  { path: '/etc/nftables.conf', filters: nftFilters },
  { path: '/etc/sysconfig/nftables.conf', filters: nftFilters },
  { path: '/etc/iptables/rules.v4', filters: iptablesFilter },
  { path: '/etc/sysconfig/iptables', filters: iptablesFilter },
];

export async function checkFirewall(audit: Audit): Promise<void> {
  await (audit.scope === 'host' ? checkRunning(audit) : checkWritten(audit));
}

async function checkRunning(audit: Audit): Promise<void> {
  const states: (Firewall & { readonly state: State })[] = [];
  for (const firewall of FIREWALLS) {
    const state = stateOf(firewall, await audit.ask(firewall.executable, firewall.args));
    if (state === 'filters') return;
    states.push({ ...firewall, state });
  }
  const kernel = states.filter(({ isKernel }) => isKernel);
  const asked = kernel.filter(({ state }) => state === 'open');
  // Who has seen the kernel's rules need not hear what made them. Two kinds of rules can stand there side by side.
  const isKnown = kernel.every(({ state }) => state !== 'unknown') && asked.length > 0;
  const unknown = states.filter(({ state }) => state === 'unknown').map(({ name }) => name);
  if (!isKnown && unknown.length > 0) {
    audit.note(
      `Whether a firewall filters is not known: ${unknown.join(', ')} could not be asked (root is needed)`,
    );
    return;
  }
  const names = states.filter(({ state }) => state === 'open').map(({ name }) => name);
  audit.report(noFirewall, {
    subject: 'firewall',
    detail:
      names.length === 0
        ? 'None of ufw, firewalld, nftables and iptables is installed.'
        : `These were asked, and none refuses anything that comes in: ${names.join(', ')}.`,
    facts: { asked: names },
  });
}

/** `firewall-cmd` has an exit code of its own for a firewalld that does not run. */
const NOT_RUNNING = 252;

function stateOf({ executable, judge }: Firewall, answer: Answer): State {
  if (answer.kind === 'absent') return 'absent';
  if (answer.kind === 'trouble') return 'unknown';
  if (executable === 'firewall-cmd' && answer.exitCode === NOT_RUNNING) return 'open';
  if (answer.exitCode !== 0) return 'unknown';
  return judge(answer.stdout) ? 'filters' : 'open';
}

/** Of a system that does not run, only what is configured can be judged: nothing configured says nothing. */
async function checkWritten(audit: Audit): Promise<void> {
  const open: string[] = [];
  for (const { path, filters } of CONFIGURATIONS) {
    const text = await audit.read(path);
    if (text === null) continue;
    if (filters(text)) return;
    open.push(path);
  }
  const [first] = open;
  if (first === undefined) return;
  audit.report(noFirewall, {
    subject: 'firewall',
    path: first,
    detail: `What is configured refuses nothing that comes in: ${open.join(', ')}.`,
    facts: { asked: open },
  });
}
