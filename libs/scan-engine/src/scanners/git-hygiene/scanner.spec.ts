import {
  randomToken,
  aFileTree,
  aGitRepository,
  anInspectContext,
  reportOf,
} from '@securescan/testing';
import type { GitRepository } from '../../ports';
import type { ScannerReport } from '../../scanner';
import { gitHygieneScanner } from './scanner';

const KEY_TEXT = ['-----BEGIN', 'PRIVATE', 'KEY-----', randomToken(64, 4)].join(' ');
const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${randomToken(64, 5)}\n`;

interface Situation {
  readonly files: Readonly<Record<string, string | null>>;
  readonly git?: GitRepository | null;
  /** Below the root. */
  readonly target?: string;
  readonly unlisted?: Readonly<Record<string, string>>;
}

async function inspect({ files, git = null, target, unlisted }: Situation): Promise<ScannerReport> {
  const path = target === undefined ? '/p' : `/p/${target}`;
  const context = anInspectContext({
    target: { root: '/p', path, project: 'p' },
    files: aFileTree(files, unlisted),
    git,
  });
  return reportOf(await gitHygieneScanner.inspect(context));
}

async function found(situation: Situation): Promise<string[]> {
  const { findings } = await inspect(situation);
  return findings.map(
    ({ severity, ruleId, filePath }) => `${severity} ${ruleId} ${filePath ?? '-'}`,
  );
}

describe('git hygiene of a repository', () => {
  it('reports sensitive files that git tracks', async () => {
    const tracked = ['app/.env', '.htpasswd', 'src/a.js', 'keys/id_ed25519', '.env.example'];
    const files = { '.gitignore': '', 'app/.env': 'A=1', '.htpasswd': '', 'src/a.js': '' };
    expect(await found({ files, git: aGitRepository({ tracked }) })).toEqual([
      'high git-hygiene/sensitive-file--htpasswd .htpasswd',
      'critical git-hygiene/sensitive-file--env app/.env',
      'critical git-hygiene/sensitive-file-id_ed25519 keys/id_ed25519',
    ]);
  });

  it.each([
    ['keys/store.p12', 'critical', '-p12'],
    ['keys/store.pfx', 'critical', '-pfx'],
    ['keys/store.jks', 'high', '-jks'],
    ['app/release.keystore', 'high', '-keystore'],
    ['passwords.kdbx', 'high', '-kdbx'],
    ['.netrc', 'high', '-netrc'],
    ['.pypirc', 'high', '-pypirc'],
    ['home/.git-credentials', 'critical', '-git-credentials'],
    ['.dockercfg', 'high', '-dockercfg'],
    ['home/.docker/config.json', 'high', '-docker/config-json'],
    ['.aws/credentials', 'critical', '-aws/credentials'],
    ['kubeconfig', 'high', 'kubeconfig'],
    ['ops/.kube/config', 'high', '-kube/config'],
    ['infra/terraform.tfstate', 'high', '-tfstate'],
    ['infra/terraform.tfstate.backup', 'high', '-tfstate-backup'],
    ['office.ovpn', 'medium', '-ovpn'],
  ])('reports a tracked %s', async (path, severity, id) => {
    const git = aGitRepository({ tracked: [path] });
    expect(await found({ files: { '.gitignore': '' }, git })).toEqual([
      `${severity} git-hygiene/sensitive-file-${id} ${path}`,
    ]);
  });

  it.each([
    '.env.example',
    '.env.sample',
    '.env.template',
    '.npmrc',
    'aws/credentials',
    'config.json',
    'docs/kubeconfig.md',
    'android/app/debug.keystore',
    'p12',
    'keys/ca.pem',
  ])('lets %s be tracked', async (path) => {
    const git = aGitRepository({ tracked: [path] });
    expect(await found({ files: { '.gitignore': '' }, git })).toEqual([]);
  });

  it('proposes a line that covers a file wherever its directory stands', async () => {
    const files = { '.gitignore': '', 'home/.aws/credentials': '' };
    const { findings } = await inspect({ files, git: aGitRepository() });
    expect(findings).toMatchObject([
      {
        ruleId: 'git-hygiene/missing-ignore-aws/credentials',
        remediation: 'Add the line `**/.aws/credentials` to .gitignore.',
      },
    ]);
  });

  it.each(['latest_x', 'mockups', 'test_', 'fixtures', 'build-out', 'venv-old'])(
    'asks for no name of a directory: %s',
    async (name) => {
      const git = aGitRepository({ tracked: [`${name}/.env`] });
      expect(await found({ files: { '.gitignore': '' }, git })).toEqual([
        `critical git-hygiene/sensitive-file--env ${name}/.env`,
      ]);
    },
  );

  it('leaves what lies in a submodule to its own repository', async () => {
    const files = { '.gitignore': '', 'module/.env': '' };
    expect(await found({ files, git: aGitRepository({ tracked: ['module'] }) })).toEqual([]);
  });

  it('is silent about a local file that is ignored', async () => {
    const git = aGitRepository({ ignored: ['.env'] });
    expect(await found({ files: { '.gitignore': '.env', '.env': 'A=1' }, git })).toEqual([]);
  });

  it('reports a tracked file although a rule ignores it', async () => {
    const git = aGitRepository({ tracked: ['.env'], ignored: ['.env'] });
    expect(await found({ files: { '.gitignore': '.env', '.env': '' }, git })).toEqual([
      'critical git-hygiene/sensitive-file--env .env',
    ]);
  });

  it('reports once for each pattern what the next commit would take in', async () => {
    const files = {
      '.gitignore': 'venv\n# .env\n',
      '.env': '',
      '.env.local': '',
      'a/server.key': KEY_TEXT,
      'b/client.key': KEY_TEXT,
      'c/store.p12': null,
    };
    const report = await inspect({ files, git: aGitRepository() });
    expect(report.findings.map(({ ruleId }) => ruleId)).toEqual([
      'git-hygiene/missing-ignore-env',
      'git-hygiene/missing-ignore-env.local',
      'git-hygiene/missing-ignore-key',
      'git-hygiene/missing-ignore-p12',
    ]);
    expect(report.findings[2]).toMatchObject({
      filePath: '.gitignore',
      lineStart: null,
      discriminator: '*.key',
      metadata: { files: ['a/server.key', 'b/client.key'] },
    });
  });

  it('does not take a certificate for a key', async () => {
    const files = { '.gitignore': '', 'tls/ca.pem': CERTIFICATE };
    expect(await found({ files, git: aGitRepository() })).toEqual([]);
  });

  it('leaves packages of others alone', async () => {
    const git = aGitRepository({ tracked: ['node_modules/a/.env', 'web/venv/.env'] });
    expect(await found({ files: { '.gitignore': '' }, git })).toEqual([]);
  });

  it('misses a .gitignore', async () => {
    const report = await inspect({ files: { 'a.js': '' }, git: aGitRepository() });
    expect(report.findings).toMatchObject([
      {
        ruleId: 'git-hygiene/no-gitignore',
        severity: 'medium',
        filePath: null,
        discriminator: '.gitignore',
      },
    ]);
  });

  it('takes an empty .gitignore for one', async () => {
    expect(await found({ files: { '.gitignore': '' }, git: aGitRepository() })).toEqual([]);
  });

  describe('with a part of it as the target', () => {
    it('judges that part and asks for no .gitignore there', async () => {
      const git = aGitRepository({ tracked: ['.env', 'web/.env', 'website/.env'] });
      expect(await found({ files: { 'web/.env': '' }, git, target: 'web' })).toEqual([
        'critical git-hygiene/sensitive-file--env web/.env',
      ]);
    });

    it('judges a package of others that is the target itself', async () => {
      const git = aGitRepository({ tracked: ['node_modules/a/.env', 'node_modules/a/venv/.env'] });
      expect(await found({ files: {}, git, target: 'node_modules/a' })).toEqual([
        'critical git-hygiene/sensitive-file--env node_modules/a/.env',
      ]);
    });

    it('takes a single file', async () => {
      const git = aGitRepository({ tracked: ['.env', 'web/.env'] });
      expect(await found({ files: { 'web/.env': '' }, git, target: 'web/.env' })).toEqual([
        'critical git-hygiene/sensitive-file--env web/.env',
      ]);
    });
  });
});

describe('git hygiene without git', () => {
  it('reports by name, one step less severe, and says so', async () => {
    const report = await inspect({ files: { 'a/.env': '', '.htpasswd': '', 'a.key': KEY_TEXT } });
    expect(report.findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
      ['git-hygiene/sensitive-file--htpasswd', 'medium'],
      ['git-hygiene/sensitive-file--env', 'high'],
    ]);
    expect(report.notes).toEqual([
      'Not a git repository, or git is missing: files were judged by their names alone',
    ]);
  });

  it('gives the identity that the finding has in a repository', async () => {
    const files = { '.gitignore': '', '.env': '' };
    const [inside] = (await inspect({ files, git: aGitRepository({ tracked: ['.env'] }) }))
      .findings;
    const [outside] = (await inspect({ files })).findings;
    const identity = ({ ruleId, filePath, cwe, discriminator }: NonNullable<typeof inside>) => [
      ruleId,
      filePath,
      cwe,
      discriminator,
    ];
    expect(inside && identity(inside)).toEqual(outside && identity(outside));
  });

  it('believes what .gitignore files say, the deeper ones last', async () => {
    const files = {
      '.gitignore': '.env\nsecrets/\n',
      '.env': '',
      'a/.env': '',
      'b/.env': '',
      'b/.gitignore': '!.env\n',
      'secrets/.htpasswd': '',
    };
    expect(await found({ files })).toEqual(['high git-hygiene/sensitive-file--env b/.env']);
  });

  it('believes those above the target too', async () => {
    const unlisted = { '.gitignore': '.env' };
    expect(await found({ files: { 'web/.env': '' }, unlisted, target: 'web' })).toEqual([]);
  });
});
