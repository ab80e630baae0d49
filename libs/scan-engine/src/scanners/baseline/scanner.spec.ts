import { aMachine, anInspectContext, aSystem, reportOf } from '@securescan/testing';
import type { InspectContext } from '../../scanner';
import { auditHost, auditTree, told } from './baseline.contract';
import { BASELINE_RULES } from './rules';
import { baselineScanner } from './scanner';

/** The table of the reference, with one difference: an empty password is not what it rates as medium. */
const CONTRACT: Readonly<Record<string, string>> = {
  'SSH-001': 'high',
  'SSH-002': 'medium',
  'SSH-003': 'high',
  'PERM-001': 'high',
  'FW-001': 'medium',
  'PWD-001': 'medium',
  'PWD-002': 'low',
  'PWD-003': 'medium',
  'KERN-001': 'medium',
  'KERN-002': 'medium',
  'KERN-003': 'medium',
  'ENV-001': 'low',
  'SUDO-001': 'high',
  'CRON-001': 'critical',
  'USER-001': 'critical',
  'USER-002': 'high',
  'PORT-001': 'low',
  'PKG-001': 'medium',
  'PKG-002': 'low',
  'WWRITE-001': 'medium',
  'SCOPE-001': 'info',
};

describe('the rules', () => {
  it('have the ids and severities of the contract', () => {
    const severities = new Map(BASELINE_RULES.map(({ id, severity }) => [id, severity]));
    for (const [id, severity] of Object.entries(CONTRACT)) {
      expect([id, severities.get(`BASELINE-${id}`)]).toEqual([id, severity]);
    }
  });

  it('say what is wrong, why it matters and what to do', () => {
    for (const rule of BASELINE_RULES) {
      expect(rule.id).toMatch(/^BASELINE-[A-Z]+-\d{3}$/);
      expect(rule.title).toMatch(/^[A-Za-z].{10,90}[^.]$/);
      expect(rule.description).toMatch(/^[A-Z].{40,}\.$/);
      expect(rule.remediation).toMatch(/^[A-Z].{40,}\.$/);
      if (rule.severity === 'info') continue;
      expect(rule.cwe).toMatch(/^CWE-\d+$/);
      expect(rule.references.length).toBeGreaterThan(0);
      for (const reference of rule.references) expect(new URL(reference).protocol).toBe('https:');
    }
  });
});

describe('what is audited', () => {
  const system = aSystem({
    '/etc/ssh/sshd_config': { text: 'PasswordAuthentication no\nPermitRootLogin yes' },
  });
  const opened: string[] = [];
  const machine = aMachine({
    openSystem: (root) => {
      opened.push(root);
      return system;
    },
  });
  beforeEach(() => (opened.length = 0));

  async function first(context: Partial<InspectContext>) {
    const { findings } = reportOf(
      await baselineScanner.inspect(anInspectContext({ machine, ...context })),
    );
    const [finding] = findings.filter(({ ruleId }) => ruleId === 'BASELINE-SSH-001');
    return { opened: [...opened], ...finding };
  }

  it('is the target', async () => {
    const target = { root: '/project', path: '/project/image', project: 'p' };
    expect(await first({ target })).toMatchObject({
      opened: ['/project/image'],
      filePath: '/project/image/etc/ssh/sshd_config',
      lineStart: 2,
      metadata: { baseline_scope: 'target', path: '/etc/ssh/sshd_config' },
    });
  });

  it('is this machine for the path /', async () => {
    const target = { root: '/', path: '/', project: '/' };
    expect(await first({ target })).toMatchObject({
      opened: ['/'],
      filePath: '/etc/ssh/sshd_config',
      lineStart: 2,
      metadata: { baseline_scope: 'host' },
    });
  });

  it('is this machine with host probes, whose files lie outside most projects', async () => {
    const options = { semgrepRules: [], hostProbes: true };
    expect(await first({ options })).toMatchObject({
      opened: ['/'],
      filePath: null,
      lineStart: null,
      discriminator: '/etc/ssh/sshd_config permitrootlogin',
      metadata: { baseline_scope: 'host', path: '/etc/ssh/sshd_config', line: 2 },
    });
    const target = { root: '/etc', path: '/etc/cron.d', project: 'etc' };
    expect(await first({ options, target })).toMatchObject({
      filePath: '/etc/ssh/sshd_config',
      lineStart: 2,
    });
  });

  it('is nothing where the target is no system', async () => {
    const report = await auditTree({
      '/src/app.js': '',
      '/etc/nginx/nginx.conf': '',
      '/var/x': { text: '', mode: 0o666 },
    });
    expect(report.findings).toMatchObject([
      {
        ruleId: 'BASELINE-SCOPE-001',
        severity: 'info',
        filePath: '/project/',
        metadata: { baseline_scope: 'target' },
      },
    ]);
    expect(report).toMatchObject({ assessed: [], skipped: [], notes: [] });
  });

  it('is a system even if nothing of it can be read', async () => {
    const report = await auditTree({ '/etc/shadow': { text: null } });
    expect(report.findings).toEqual([]);
    expect(report.skipped).toEqual([{ path: '/project/etc/shadow', reason: 'cannot be read' }]);
  });

  it('gives every finding a discriminator, and keeps no source with any', async () => {
    const { findings } = await auditHost({
      '/etc/login.defs': ['PASS_MIN_LEN 5', 'PASS_MIN_DAYS 0'],
    });
    expect(findings.length).toBeGreaterThan(2);
    for (const finding of findings) {
      expect(finding.discriminator).toBeTruthy();
      expect(finding.withholdsSource).toBe(true);
    }
    expect(new Set(told({ findings } as never)).size).toBe(findings.length);
  });

  it('is told up to a bound, and what is beyond it is counted as left out', async () => {
    const line = 'bob ALL=NOPASSWD: ALL\n';
    const lines = Math.floor(999_000 / line.length);
    const report = await auditTree({ '/etc/sudoers': line.repeat(lines) });
    expect(report.findings).toHaveLength(1_000);
    expect(report.notes).toEqual([
      'budget exceeded: only the first 1000 findings in /etc/sudoers were reported',
    ]);
    const include = `Include again\n${'#'.repeat(999_000)}`;
    const files = { '/etc/ssh/sshd_config': 'Include again*', '/etc/passwd': '' };
    const again = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`/etc/ssh/again${at}`, include]),
    );
    const { skipped } = await auditTree({ ...files, ...again });
    expect(skipped.map(({ reason }) => reason)).toContain(
      'budget exceeded: the files before it have too much text',
    );
  });

  it('is left alone once the scan is over', async () => {
    const signal = AbortSignal.abort();
    const context = anInspectContext({ machine, signal });
    await expect(baselineScanner.inspect(context)).rejects.toThrow(/abort/u);
  });
});
