import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  runScan,
  SCANNERS,
  type ScannerReport,
  type ScanOptions,
  type ScanRequest,
  type ScanResult,
} from '@securescan/scan-engine';
import { expectGolden, randomToken } from '@securescan/testing';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { plainRequest } from './stand-ins';

jest.setTimeout(120_000);

const FIXTURES = join(__dirname, '../../scan-engine/src/scanners/__fixtures__/baseline');
const SCANNER = SCANNERS.filter(({ name }) => name === 'baseline');

/** What must come out nowhere, by its place in the fixtures. */
const SECRETS: Readonly<Record<string, string>> = {
  yescrypt: `$y$j9T$${randomToken(22, 1)}$${randomToken(43, 2)}`,
  sha512: `$6$${randomToken(16, 3)}$${randomToken(86, 4)}`,
  md5: `$1$${randomToken(8, 5)}$${randomToken(22, 6)}`,
  des: randomToken(13, 7),
  password: randomToken(12, 8),
};

const BAD_MODES: Readonly<Record<string, number>> = {
  'etc/group': 0o664,
  'etc/gshadow': 0o640,
  'etc/passwd': 0o666,
  'etc/shadow': 0o644,
  'etc/ssh/ssh_host_ed25519_key': 0o644,
  'etc/sudoers.d/90-cloud-init': 0o646,
  'etc/cron.daily/rotate': 0o777,
  'opt/backup.sh': 0o777,
  'opt/jobs': 0o777,
  'opt/jobs/sync.sh': 0o755,
  'srv/report.py': 0o666,
  'home/alice/.ssh': 0o755,
  'home/alice/.ssh/authorized_keys': 0o644,
  'usr/share/app/settings': 0o666,
  'usr/share/app/deep/too-deep': 0o666,
};

const GOOD_MODES: Readonly<Record<string, number>> = {
  'etc/shadow': 0o640,
  'etc/gshadow': 0o640,
  'etc/sudoers': 0o440,
  'etc/ssh/ssh_host_ed25519_key': 0o600,
  'etc/cron.daily/rotate': 0o755,
  'opt/backup.sh': 0o755,
  tmp: 0o1777,
  'tmp/world-writable': 0o666,
  'home/alice/.ssh': 0o700,
  'home/alice/.ssh/authorized_keys': 0o600,
};

describe('the baseline scanner', () => {
  let base: string;
  let project: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'baseline-')));
    project = join(base, 'project');
    mkdirSync(join(project, '.git'), { recursive: true });
    ports = createHostPorts({ journalDirectory: join(base, 'run') });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  /** A copy of a fixture at `image` in the project, with modes and secrets. */
  function lay(name: string, modes: Readonly<Record<string, number>>): void {
    const tree = join(project, 'image');
    cpSync(join(FIXTURES, name), tree, { recursive: true });
    for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      chmodSync(path, entry.isDirectory() ? 0o755 : 0o644);
      if (entry.isDirectory()) continue;
      const text = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        text.replace(/\{\{(\w+)\}\}/gu, (_, secret) => SECRETS[secret]!),
      );
    }
    for (const [path, mode] of Object.entries(modes)) chmodSync(join(tree, path), mode);
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }

  async function scan(
    path: string,
    options: Partial<ScanOptions> = {},
    changes: Partial<ScanRequest> = {},
  ): Promise<ScanResult> {
    const target = await resolveTarget(path, { cwd: '/' });
    const request = { ...plainRequest(2), target, scanTypes: ['baseline'] as const, ...changes };
    return runScan(
      { ...request, options: { semgrepRules: [], ...options } },
      ports,
      () => undefined,
      { scanners: SCANNER },
    );
  }

  const ids = ({ findings }: ScanResult): string[] => [
    ...new Set(findings.map(({ ruleId }) => ruleId)),
  ];

  it('finds in a bad system what there is to find', async () => {
    lay('bad', BAD_MODES);
    const { findings, outcomes } = await scan(join(project, 'image'));
    const told = findings.map(({ severity, ruleId, filePath, lineStart, title, description }) => ({
      severity,
      ruleId,
      place: `${filePath ?? '-'}:${lineStart ?? '-'}`,
      title,
      description,
    }));
    expectGolden(join(FIXTURES, 'bad.json'), `${JSON.stringify(told, null, 2)}\n`);
    // What the redactor takes for a secret would not be readable.
    expect(JSON.stringify(findings)).not.toContain('[redacted');
    expect(outcomes).toMatchObject([{ status: 'completed', filesSkipped: [], notes: [] }]);
    expect(new Set(findings.map(({ metadata }) => metadata['baseline_scope']))).toEqual(
      new Set(['target']),
    );
  });

  it('finds nothing in its correct twin, and says how much it read', async () => {
    lay('good', GOOD_MODES);
    const { findings, outcomes } = await scan(join(project, 'image'));
    expect(findings).toEqual([]);
    expect(outcomes[0]).toMatchObject({ status: 'completed', filesSkipped: [], notes: [] });
    expect(outcomes[0]!.filesAssessed).toBe(14);
  });

  it('lets no part of a secret out, even where the lines around are kept for other scanners', async () => {
    lay('bad', BAD_MODES);
    // As with a type that makes the engine walk the tree and read it for snippets.
    const marked = SCANNER.map((scanner) => ({ ...scanner, scanType: 'code' as const }));
    const target = await resolveTarget(join(project, 'image'), { cwd: '/' });
    const result = await runScan(
      { ...plainRequest(2), target, scanTypes: ['code'] },
      ports,
      () => undefined,
      { scanners: marked },
    );
    expect(result.findings.length).toBeGreaterThan(20);
    const everything = JSON.stringify(result);
    for (const secret of Object.values(SECRETS)) {
      for (const part of secret.split('$').filter(({ length }) => length >= 8)) {
        for (let at = 0; at + 4 <= part.length; at += 1) {
          expect(everything).not.toContain(part.slice(at, at + 4));
        }
      }
    }
  });

  it('gives findings an identity that lines before them do not change', async () => {
    lay('bad', BAD_MODES);
    const before = await scan(join(project, 'image'));
    for (const path of ['etc/passwd', 'etc/shadow', 'etc/sudoers', 'etc/crontab']) {
      const text = readFileSync(join(project, 'image', path), 'utf8');
      write(join('image', path), `# new\n\n${text}`);
    }
    const after = await scan(join(project, 'image'));
    const prints = ({ findings }: ScanResult) => findings.map(({ fingerprint }) => fingerprint);
    expect(new Set(prints(after))).toEqual(new Set(prints(before)));
    expect(new Set(prints(before)).size).toBe(before.findings.length);
  });

  it('says of a tree that is no system that it is none', async () => {
    write('src/app.js', '');
    const { findings } = await scan(project);
    expect(findings).toMatchObject([
      {
        ruleId: 'BASELINE-SCOPE-001',
        severity: 'info',
        filePath: null,
        metadata: { baseline_scope: 'target' },
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain(base);
    const file = await scan(join(project, 'src', 'app.js'));
    expect(ids(file)).toEqual(['BASELINE-SCOPE-001']);
  });

  describe('over a hostile tree', () => {
    it('stays inside and says what it could not read', async () => {
      write('secret-place', 'toor::0:0::/:/bin/sh\n');
      mkdirSync(join(project, 'image/etc/ssh'), { recursive: true });
      symlinkSync('../../../../../../../../etc/passwd', join(project, 'image/etc/passwd'));
      symlinkSync('/etc/shadow', join(project, 'image/etc/shadow'));
      symlinkSync(join(project, 'secret-place'), join(project, 'image/etc/login.defs'));
      execFileSync('mkfifo', [join(project, 'image/etc/ssh/sshd_config')]);
      mkdirSync(join(project, 'image/etc/crontab'));
      write('image/etc/sudoers', `${'x'.repeat(2_000_000)}\nall ALL=(ALL) NOPASSWD: ALL\n`);
      write('image/etc/sudoers.d/all', 'all ALL=(ALL) NOPASSWD: ALL\n');
      const { findings, outcomes } = await scan(join(project, 'image'));
      expect(findings).toMatchObject([{ ruleId: 'BASELINE-SUDO-001', lineStart: 1 }]);
      expect(outcomes[0]!.filesSkipped).toEqual([
        {
          reason: 'a link that leads nowhere',
          count: 3,
          paths: ['image/etc/login.defs', 'image/etc/passwd', 'image/etc/shadow'],
        },
        { reason: 'budget exceeded: larger than 1 MB', count: 1, paths: ['image/etc/sudoers'] },
        {
          reason: 'not a regular file',
          count: 2,
          paths: ['image/etc/crontab', 'image/etc/ssh/sshd_config'],
        },
      ]);
    });

    it('reads no more than so many entries, and says so', async () => {
      mkdirSync(join(project, 'image/etc/cron.d'), { recursive: true });
      for (let at = 0; at < 3_000; at += 1) {
        writeFileSync(join(project, `image/etc/cron.d/job${at}`), '');
      }
      const { outcomes } = await scan(join(project, 'image'));
      expect(outcomes[0]).toMatchObject({ status: 'completed', filesAssessed: 2_000 });
      expect(outcomes[0]!.notes).toEqual([
        'budget exceeded: only the first 2000 of 3000 entries of /etc/cron.d were read',
      ]);
    });

    it('comes to an end with files that include each other', async () => {
      write('image/etc/ssh/sshd_config', 'Include sshd_config*\nPermitRootLogin yes\n');
      write('image/etc/ssh/sshd_config2', 'Include sshd_config*\n');
      write('image/etc/sudoers', '@include sudoers\n@includedir /etc/sudoers.d\n');
      write('image/etc/sudoers.d/a', '@includedir /etc/sudoers.d\nall ALL=NOPASSWD: ALL\n');
      const result = await scan(join(project, 'image'));
      expect(ids(result)).toEqual(['BASELINE-SSH-001', 'BASELINE-SUDO-001', 'BASELINE-SSH-002']);
      expect(result.outcomes[0]!.notes).toHaveLength(1);
    });
  });

  describe('on this machine', () => {
    const canary = randomToken(24, 9);
    const original = process.env['BASELINE_CANARY_TOKEN'];

    afterEach(() => {
      if (original === undefined) delete process.env['BASELINE_CANARY_TOKEN'];
      else process.env['BASELINE_CANARY_TOKEN'] = original;
    });

    it.each([
      ['by its path', () => '/', {}],
      ['by host probes', () => project, { hostProbes: true }],
    ])('completes %s', async (_way, path, options) => {
      process.env['BASELINE_CANARY_TOKEN'] = canary;
      const result = await scan(path(), options);
      expect(result.outcomes).toMatchObject([{ scanner: 'baseline', status: 'completed' }]);
      expect(result.outcomes[0]!.filesAssessed).toBeGreaterThan(3);
      for (const { metadata, filePath } of result.findings) {
        expect(metadata['baseline_scope']).toBe('host');
        // What lies outside the project has no path in it.
        if (path() !== '/') expect(filePath).toBeNull();
      }
      expect(result.outcomes[0]!.notes.join()).not.toContain('outside the project root');
      expect(JSON.stringify(result)).not.toContain(canary);
    });

    it('names variables that look like secrets, and shows nothing of their values', () => {
      // A process shows the environment that it was started with: it takes another one to see the canary.
      const libs = join(__dirname, '../..');
      const script = `
        const { openSystemFiles } = require(${JSON.stringify(join(libs, 'host-node/src/system-files.ts'))});
        const { SCANNERS } = require(${JSON.stringify(join(libs, 'scan-engine/src/index.ts'))});
        SCANNERS.find(({ name }) => name === 'baseline').inspect({
          target: { root: '/nowhere', path: '/nowhere', project: 'p' },
          options: { semgrepRules: [], hostProbes: true },
          machine: { run: async () => null, openSystem: openSystemFiles },
          signal: new AbortController().signal,
        }).then((report) => process.stdout.write(JSON.stringify(report)));
      `;
      const loader = join(libs, '../server/test/support/run-typescript.cjs');
      const printed = execFileSync(process.execPath, ['-r', loader, '-e', script], {
        env: { PATH: process.env['PATH'], BASELINE_CANARY_TOKEN: canary, TOKEN_FILE: '/run/token' },
        encoding: 'utf8',
      });
      const { findings } = JSON.parse(printed) as ScannerReport;
      const names = findings.filter(({ ruleId }) => ruleId === 'BASELINE-ENV-001');
      expect(names.map(({ discriminator }) => discriminator)).toEqual(['BASELINE_CANARY_TOKEN']);
      for (let at = 0; at + 4 <= canary.length; at += 1) {
        expect(printed).not.toContain(canary.slice(at, at + 4));
      }
    });

    it('stops when the scan is cancelled', async () => {
      const controller = new AbortController();
      const scanning = scan('/', {}, { signal: controller.signal });
      controller.abort();
      await expect(scanning).rejects.toThrow(/cancelled/u);
    });
  });
});
