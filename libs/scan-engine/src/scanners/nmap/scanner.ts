import { UserError } from '@securescan/core';
import type { CommandContext, ExternalScanner, ScanOptions, ToolPlan } from '../../scanner';
import { readNmapArguments } from './arguments';
import { parseNmap } from './parse';
import { readTargetHost, type TargetHost } from './target-host';

type Target = Exclude<TargetHost, { readonly kind: 'invalid' }>;

/** One host that swallows packets must not cost the whole range its time. */
const RANGE_HOST_TIMEOUT = '5m';

async function plan({ options, network }: CommandContext): Promise<ToolPlan> {
  const target = readTarget(options);
  const extra = readNmapArguments(options.tools?.nmapArguments ?? []);
  if ('refused' in extra) throw new UserError('CONFIG_INVALID', extra.refused);
  const admitted = await network.admit(target.host, options.tools?.networkTargets ?? []);
  if ('refused' in admitted) {
    const unavailable = `${admitted.refused}: the operator names them in SECURESCAN_NETWORK_TARGETS`;
    return { commands: [], cannotRun: { unavailable, installHint: null } };
  }
  const [address = target.host] = admitted.addresses;
  return {
    commands: [{ args: argumentsFor(target, address, extra), subject: target.host }],
    notes: notesOn(target, admitted.addresses),
  };
}

function readTarget({ targetHost }: ScanOptions): Target {
  const target = readTargetHost(targetHost ?? '');
  if (target.kind === 'invalid') throw new UserError('VALIDATION_FAILED', target.message);
  return target;
}

function argumentsFor(
  { kind }: Target,
  address: string,
  {
    words,
    needsPrivileges,
  }: { readonly words: readonly string[]; readonly needsPrivileges: boolean },
): string[] {
  return [
    '-sV',
    '--open',
    '-n',
    '--noninteractive',
    '--no-stylesheet',
    '-oX',
    '-',
    // Packets of its own making need root, and find nothing more than connections do: the same scan for everybody.
    ...(needsPrivileges ? [] : ['--unprivileged']),
    // A host that was named is scanned even if it leaves pings alone; of a range, those that answer.
    ...(kind === 'range' ? ['--version-light', '--host-timeout', RANGE_HOST_TIMEOUT] : ['-Pn']),
    ...(address.includes(':') ? ['-6'] : []),
    ...words,
    '--',
    address,
  ];
}

function notesOn({ kind }: Target, addresses: readonly string[]): string[] {
  if (kind !== 'name') return [];
  const [first = '', ...others] = addresses;
  const note = `scanned at ${first}`;
  return [others.length === 0 ? note : `${note}; not at ${others.join(', ')}`];
}

/** Asks a host which ports are open and what answers there. Of nmap's scripts only those of its version detection run. */
export const nmapScanner: ExternalScanner = Object.freeze<ExternalScanner>({
  kind: 'external',
  name: 'nmap',
  scanType: 'network',
  description: 'Looks for open ports of a host or a small network, and for what answers there.',
  checks: [
    'Remote shells and file transfer without encryption',
    'Databases and caches that answer to everybody',
    'Remote desktops and shares of Windows networks',
    'Every other open port, with product and version of the service',
  ],
  timeLimitMs: 1_800_000,
  tool: {
    executable: 'nmap',
    versionArguments: ['--version'],
    parseVersion: (output) => /^Nmap version (\d+\.\d+\S*)/mu.exec(output)?.[1] ?? null,
    installHint: 'apt-get install nmap',
  },
  successExitCodes: [0],
  needsNetwork: () => true,
  appliesTo: (_files, { targetHost }) => (targetHost ?? '').trim() !== '',
  plan,
  parse: parseNmap,
});
