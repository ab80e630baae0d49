import { randomToken } from '@securescan/testing';
import {
  auditHost,
  auditTree,
  printed,
  told,
  type Files,
  type Programs,
} from './baseline.contract';

/** The parts of a report that begin with one of the rules. */
async function host(rule: string, files: Files, programs: Programs = {}): Promise<string[]> {
  return told(await auditHost(files, programs)).filter((line) => line.startsWith(rule));
}

describe('the kernel', () => {
  const running = (name: string, value: string) => ({
    [`/proc/sys/${name.replaceAll('.', '/')}`]: `${value}\n`,
  });

  it.each([
    ['net.ipv4.ip_forward', '1', 'KERN-001'],
    ['net.ipv4.conf.all.accept_redirects', '1', 'KERN-002'],
    ['kernel.randomize_va_space', '1', 'KERN-003'],
    ['kernel.randomize_va_space', '0', 'KERN-003'],
    ['fs.suid_dumpable', '1', 'KERN-004'],
    ['net.ipv4.tcp_syncookies', '0', 'KERN-005'],
    ['net.ipv4.conf.all.accept_source_route', '1', 'KERN-006'],
  ])('of this machine with %s = %s', async (name, value, rule) => {
    const path = `/proc/sys/${name.replaceAll('.', '/')}`;
    expect(await host('KERN', running(name, value))).toEqual([`${rule} ${path} ${name}`]);
    expect(told(await auditTree({ '/etc/sysctl.conf': `${name}=${value}` }))).toEqual([
      `${rule} /etc/sysctl.conf:1 ${name}`,
    ]);
  });

  it.each([
    ['net.ipv4.ip_forward', '0'],
    ['kernel.randomize_va_space', '2'],
    ['fs.suid_dumpable', '2'],
    ['net.ipv4.tcp_syncookies', '1'],
    ['net.ipv4.ip_forward', 'yes'],
  ])('is right with %s = %s', async (name, value) => {
    expect(await host('KERN', running(name, value))).toEqual([]);
    expect(told(await auditTree({ '/etc/sysctl.conf': `${name}=${value}` }))).toEqual([]);
  });

  it('that runs has the word over files, which count where it cannot be asked', async () => {
    const files = { '/etc/sysctl.conf': 'net.ipv4.ip_forward=1' };
    const name = 'net.ipv4.ip_forward';
    expect(await host('KERN', { ...files, ...running(name, '0') })).toEqual([]);
    expect(await host('KERN', files)).toEqual([`KERN-001 /etc/sysctl.conf:1 ${name}`]);
  });

  it('is set by the last of the files, each name from the first directory that has it', async () => {
    const report = await auditTree({
      '/usr/lib/sysctl.d/10-a.conf': 'net.ipv4.ip_forward=1',
      '/etc/sysctl.d/10-a.conf': 'net.ipv4.ip_forward=0',
      '/usr/lib/sysctl.d/50-b.conf': '; comment\n-net/ipv4/conf/*/accept_redirects = 1',
      '/usr/lib/sysctl.d/60-c.conf': 'kernel.randomize_va_space=0',
      '/etc/sysctl.d/90-d.txt': 'net.ipv4.ip_forward=1',
      '/etc/sysctl.conf': 'kernel.randomize_va_space = 2',
    });
    expect(told(report)).toEqual([
      'KERN-002 /usr/lib/sysctl.d/50-b.conf:2 net.ipv4.conf.all.accept_redirects',
    ]);
  });
});

describe('the firewall of this machine', () => {
  const NOBODY = { 'nft list ruleset': '', 'iptables -S': printed('iptables-1.8.9-empty') };
  const REFUSED = {
    'nft list ruleset': ['Operation not permitted (you must be root)', 1],
    'iptables -S': ['', 4],
    'ufw status': ['ERROR: You need to be root to run this script', 1],
  } as const;

  it.each<[string, Programs]>([
    ['ufw', { ...NOBODY, 'ufw status': printed('ufw-0.36-active') }],
    ['firewalld', { ...NOBODY, 'firewall-cmd --state': 'running\n' }],
    ['nftables', { ...NOBODY, 'nft list ruleset': printed('nft-1.0.6-drop') }],
    ['nftables made by firewalld', { 'nft list ruleset': printed('nft-1.0.6-firewalld') }],
    ['iptables', { ...NOBODY, 'iptables -S': printed('iptables-1.8.9-reject') }],
    ['iptables where nft may not be asked', { ...REFUSED, 'iptables -S': '-P INPUT DROP' }],
  ])('is %s', async (_name, programs) => {
    const report = await auditHost({}, programs);
    expect(told(report)).toEqual([]);
    expect(report.notes.join()).not.toContain('firewall');
  });

  it.each<[string, Programs, string]>([
    ['there is none', {}, 'None of ufw'],
    ['none has rules', NOBODY, 'nftables, iptables.'],
    [
      'containers alone have rules',
      {
        'nft list ruleset': printed('nft-1.0.6-containers'),
        'iptables -S': printed('iptables-1.8.9-containers'),
      },
      'nftables, iptables.',
    ],
    [
      'all are off',
      {
        ...NOBODY,
        'ufw status': 'Status: inactive\n',
        'firewall-cmd --state': ['not running\n', 252],
      },
      'ufw, firewalld, nftables, iptables.',
    ],
    [
      'the kernel has no rules, whatever its managers do not say',
      { ...NOBODY, 'ufw status': ['', 1], 'firewall-cmd --state': ['', 36] },
      'nftables, iptables.',
    ],
  ])('is missing where %s', async (_name, programs, detail) => {
    const report = await auditHost({}, programs);
    expect(told(report)).toEqual(['FW-001  firewall']);
    expect(report.findings[0]?.description).toContain(detail);
    expect(report.findings[0]?.metadata['baseline_scope']).toBe('host');
  });

  it.each<[string, Programs]>([
    ['all of them', REFUSED],
    ['one kind of rules', { ...NOBODY, 'nft list ruleset': ['', 1] }],
    ['a manager, and nothing else is there', { 'firewall-cmd --state': ['', 36] }],
  ])('is not called missing where nobody could ask %s', async (_name, programs) => {
    const report = await auditHost({}, programs);
    expect(told(report)).toEqual([]);
    expect(report.notes.join()).toContain('Whether a firewall filters is not known');
  });
});

describe('the firewall of a tree', () => {
  it.each<[string, string]>([
    ['/etc/ufw/ufw.conf', 'ENABLED=yes\n'],
    ['/etc/nftables.conf', printed('nft-1.0.6-drop')],
    ['/etc/iptables/rules.v4', printed('iptables-save-1.8.9')],
    ['/etc/sysconfig/iptables', '*filter\n:INPUT DROP [0:0]\nCOMMIT\n'],
    ['/etc/firewalld/firewalld.conf', 'DefaultZone=public\n'],
  ])('is configured in %s', async (path, text) => {
    const files = { '/etc/ufw/ufw.conf': 'ENABLED=no', [path]: text };
    expect(told(await auditTree(files))).toEqual([]);
  });

  it.each<[string, string]>([
    ['/etc/ufw/ufw.conf', '# ENABLED=yes\nENABLED=no\n'],
    ['/etc/nftables.conf', printed('nft-1.0.6-containers')],
    ['/etc/iptables/rules.v4', '*nat\n:INPUT DROP [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\n'],
    ['/etc/firewalld/firewalld.conf', 'DefaultZone=trusted\n'],
  ])('filters nothing with %s', async (path, text) => {
    expect(told(await auditTree({ [path]: text }))).toEqual([`FW-001 ${path} firewall`]);
  });

  it('is no matter where nothing is configured', async () => {
    expect(told(await auditTree({ '/etc/passwd': '' }))).toEqual([]);
  });
});

describe('open ports', () => {
  it.each<[string, Programs]>([
    ['ss', { 'ss -H -tlnp': printed('ss-6.1') }],
    [
      'netstat, where ss does not answer',
      { 'ss -H -tlnp': ['', 255], 'netstat -tlnp': printed('netstat-2.10') },
    ],
    ['netstat, where there is no ss', { 'netstat -tlnp': printed('netstat-2.10') }],
  ])('are told by %s', async (_name, programs) => {
    expect(await host('PORT', {}, programs)).toEqual(['PORT-001  5432/tcp', 'PORT-001  6379/tcp']);
  });

  it('are one finding for all families, with the program', async () => {
    const { findings } = await auditHost({}, { 'ss -H -tlnp': printed('ss-6.1') });
    const [port] = findings.filter(({ ruleId }) => ruleId === 'BASELINE-PORT-001');
    expect(port).toMatchObject({
      title: 'A service listens on all addresses (port 5432, python3)',
      filePath: null,
      metadata: { port: 5432, addresses: ['0.0.0.0', '[::]'], program: 'python3' },
    });
  });

  it('are not known where nobody tells', async () => {
    const report = await auditHost({}, { 'ss -H -tlnp': ['', 1] });
    expect(report.notes.join()).toContain('Which ports are open could not be asked');
  });
});

describe('updates', () => {
  it('for security weigh more than others', async () => {
    const lines = printed('apt-2.6');
    const report = await auditHost({}, { 'apt list --upgradable': lines });
    expect(report.findings.at(-1)).toMatchObject({
      ruleId: 'BASELINE-PKG-001',
      discriminator: 'apt',
      metadata: { package_manager: 'apt', count: 4 },
    });
    const others = lines.split('\n').filter((line) => !line.includes('security'));
    expect(await host('PKG', {}, { 'apt list --upgradable': others.join('\n') })).toEqual([
      'PKG-002  apt',
    ]);
    expect(await host('PKG', {}, { 'apt list --upgradable': 'Listing...\n' })).toEqual([]);
  });

  it('are asked of dnf, without the network', async () => {
    const all = '\nbash.x86_64    5.2.26-4.fc40    updates\nvim-minimal.noarch  2:9.1-1  updates\n';
    const command = 'dnf --quiet --cacheonly check-update';
    const security = `${command} --security`;
    const both = {
      [command]: [all, 100],
      [security]: ['bash.x86_64 5.2.26-4 updates\n', 100],
    } as const;
    expect(await host('PKG', {}, both)).toEqual(['PKG-001  dnf']);
    expect(await host('PKG', {}, { [command]: [all, 100], [security]: ['', 0] })).toEqual([
      'PKG-002  dnf',
    ]);
    expect(await host('PKG', {}, { [command]: ['', 0], [security]: ['', 0] })).toEqual([]);
  });

  it('are asked of apk', async () => {
    const output =
      'Installed:                                Available:\nbusybox-1.36.1-r15    < 1.36.1-r19\n';
    const programs = { 'apk --no-network version -l <': output };
    const { findings } = await auditHost({}, programs);
    expect(findings.at(-1)).toMatchObject({
      ruleId: 'BASELINE-PKG-002',
      metadata: { packages: ['busybox'] },
    });
  });

  it('are not known where the package manager fails, or there is none', async () => {
    const failing = await auditHost({}, { 'apt list --upgradable': ['', 100] });
    expect(failing.notes.join()).toContain('the package manager gave no answer');
    expect((await auditHost({})).notes.join()).toContain('there is no apt, dnf or apk');
  });
});

describe('the environment', () => {
  it('is searched for names, and no value is shown', async () => {
    const value = randomToken(20, 1);
    const environment = [
      `DB_PASSWORD=${value}`,
      `githubToken=${value}`,
      `STRIPE_APIKEY=${value}`,
      `STRIPE_API_KEY=${value}`,
      `DB_PASSWORD_FILE=/run/${value}`,
      'SHORT_TOKEN=abc',
      `PATH=/bin:${value}`,
      `=${value}`,
      `A B_TOKEN=${value}`,
    ];
    const files = { '/proc/self/environ': `${environment.join('\0')}\0` };
    const report = await auditHost(files);
    expect(told(report).filter((line) => line.startsWith('ENV'))).toEqual([
      'ENV-001  DB_PASSWORD',
      'ENV-001  STRIPE_APIKEY',
      'ENV-001  STRIPE_API_KEY',
      'ENV-001  githubToken',
    ]);
    for (let at = 0; at + 4 <= value.length; at += 1) {
      expect(JSON.stringify(report)).not.toContain(value.slice(at, at + 4));
    }
    expect(told(await auditTree({ ...files, '/etc/passwd': '' }))).toEqual([]);
  });
});
