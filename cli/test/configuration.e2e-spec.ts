import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from '@securescan/testing';
import { BUILT_CLI, SHOP, Workbench } from './support';

const GOLDENS = join(__dirname, '__goldens__');

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

let bench: Workbench;
let shop: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeTree('shop', SHOP);
});
afterEach(() => {
  bench.dispose();
});

function configure(text: string, name = '.securescan.yml'): void {
  writeFileSync(join(shop, name), text);
}

/** The Dockerfile of the shop is all that is looked at, so that a scan is quick. */
const scan = (...args: string[]) =>
  bench.run(['scan', shop, '--scanner', 'dockerfile', ...args], { env: {} });

/** Setting, value, source and place by name. */
async function explained(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await bench.run(
    ['scan', shop, '--explain-config', '--output', 'json', ...args],
    { env },
  );
  expect([code, stderr]).toEqual([0, '']);
  const { settings } = JSON.parse(stdout) as {
    settings: { name: string; value: unknown; source: string; detail: string | null }[];
  };
  return Object.fromEntries(
    settings.map(({ name, value, source, detail }) => [
      name,
      `${JSON.stringify(value)} ${source} ${detail ?? '-'}`,
    ]),
  );
}

describe('a configuration', () => {
  it('says which types run and from where on it is too bad', async () => {
    configure('scan_types: [iac]\nfail_on_severity: medium\nproject: shop\n');
    const run = await bench.run(['scan', shop, '--output', 'json']);
    expect(run.code).toBe(1);
    expect(JSON.parse(run.stdout)).toMatchObject({ scan_types: ['iac'], project: 'shop' });
    expect(run.stderr).toContain('securescan: loaded configuration from shop/.securescan.yml\n');
  });

  it('yields to the environment, and that to flags', async () => {
    configure('scan_types: [iac]\nfail_on_severity: medium\n');
    const env = { SECURESCAN_FAIL_ON_SEVERITY: 'critical' };
    const run = (...args: string[]) => bench.run(['scan', shop, '--quiet', ...args], { env });
    const [byEnvironment, byFlag] = await Promise.all([run(), run('--fail-on-severity', 'medium')]);
    expect([byEnvironment.code, byFlag.code]).toEqual([0, 1]);
    expect(byEnvironment.stderr).toBe('');
  });

  it('is found above the target, up to the root of the project', async () => {
    mkdirSync(join(shop, '.git'));
    configure('fail_on_severity: info\n');
    mkdirSync(join(shop, 'deploy'));
    writeFileSync(join(shop, 'deploy/Dockerfile'), SHOP.Dockerfile);
    const run = await bench.run(['scan', 'shop/deploy', '--scanner', 'dockerfile']);
    expect(run.stderr).toContain('loaded configuration from shop/.securescan.yml');
    expect(run.code).toBe(1);
  });

  it('can be another one, or none', async () => {
    configure('fail_on_severity: info\n');
    writeFileSync(join(bench.directory, 'lenient.yml'), 'fail_on_severity: critical\n');
    const [found, named, none] = await Promise.all([
      scan(),
      scan('--config', 'lenient.yml'),
      scan('--no-config'),
    ]);
    expect([found.code, named.code, none.code]).toEqual([1, 0, 0]);
    expect(named.stderr).toContain('loaded configuration from lenient.yml');
    expect(none.stderr).not.toContain('loaded configuration');
  });

  it('that is wrong ends with 2, a line for each mistake, and nothing scanned', async () => {
    const ran = join(bench.home, 'ran');
    bench.makeTool('semgrep', `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
    configure('fail_on_severity: hihg\nscan_type: [iac]\nsemgrep_rules: [../rules]\n');
    const { code, stdout, stderr } = await bench.run(['scan', shop]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^securescan: \.securescan\.yml:1:19: "fail_on_severity" must be one/u),
      expect.stringMatching(/^securescan: \.securescan\.yml:2:1: "scan_type" is not known \(did/u),
      expect.stringMatching(/^securescan: \.securescan\.yml:3:17: "semgrep_rules\[0\]" is "\.\./u),
    ]);
    expect(existsSync(ran)).toBe(false);
  });

  it.each<[string, () => void, string]>([
    ['a directory', () => mkdirSync(join(shop, '.securescan.yml')), 'it is a directory'],
    [
      'a link that leads out',
      () => symlinkSync('/etc/hostname', join(shop, '.securescan.yml')),
      'leads out of the project',
    ],
    [
      'rules that are missing',
      () => configure('semgrep_rules: [none.yml]'),
      '1:17: "semgrep_rules',
    ],
    [
      'a baseline that is missing',
      () => configure('baseline: none.json'),
      '1:1: there is no baselin',
    ],
  ])('that is or names %s ends with 2', async (_name, prepare, words) => {
    prepare();
    const { code, stdout, stderr } = await scan();
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('brings its policy on licences', async () => {
    const lock = {
      lockfileVersion: 3,
      packages: { 'node_modules/a': { version: '1.0.0', license: 'MIT' } },
    };
    writeFileSync(join(shop, 'package-lock.json'), JSON.stringify(lock));
    configure('licenses: {deny: [MIT]}\n');
    const run = await bench.run(['scan', shop, '--scanner', 'licenses', '--output', 'json']);
    expect(JSON.parse(run.stdout).findings).toMatchObject([{ rule_id: 'licenses/denied' }]);
  });
});

describe('flags of a scan', () => {
  it('let types be named with commas', async () => {
    const { scan_types } = await explained(['--type', 'iac,code', '-t', 'dependency']);
    expect(scan_types).toBe('["code","dependency","iac"] flag --type');
  });

  it('let a number of findings through', async () => {
    const [few, many] = await Promise.all([
      scan('--fail-on-count', '1'),
      scan('--fail-on-count', '9'),
    ]);
    expect([few.code, many.code]).toEqual([1, 0]);
    expect(few.stderr).toMatch(/there are \d findings, and 1 is let through/u);
  });

  it('name a baseline that has to be there, unless nothing is suppressed', async () => {
    const [missing, unread] = await Promise.all([
      scan('--baseline', 'none.json'),
      scan('--baseline', 'none.json', '--no-suppress'),
    ]);
    expect([missing.code, unread.code]).toEqual([2, 0]);
    expect(missing.stderr).toBe(
      'securescan: --baseline: there is no baseline at "none.json"; write one with "securescan baseline", or leave it out.\n',
    );
  });
});

describe('--explain-config', () => {
  it('tells every setting and where it comes from, scans nothing and shows no secret', async () => {
    configure('scan_types: [iac]\nseverity_overrides: {b: low, a: high}\n');
    const env = {
      SECURESCAN_ZAP_API_KEY: 'do-not-show',
      SECURESCAN_NPM_REGISTRY: 'https://user:do-not-show@npm.example.com/',
      SECURESCAN_SCAN_SLOTS: '2',
      SECURESCAN_TRIVY_CACHE: '/var/cache/trivy',
    };
    const { code, stdout, stderr } = await bench.run(
      ['scan', '--explain-config', '--fail-on-severity', 'high', '--project', 'shop'],
      { cwd: shop, env },
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('do-not-show');
    expectGolden(join(GOLDENS, 'explained.txt'), stdout);
  });

  it('is JSON on demand', async () => {
    configure('severity_overrides: {b: low, a: high}\n');
    expect(await explained([], { SECURESCAN_OFFLINE: '0' })).toMatchObject({
      severity_overrides: '{"a":"high","b":"low"} config .securescan.yml:1:1',
      offline: 'false environment SECURESCAN_OFFLINE',
      output: '"json" flag --output',
      baseline: 'null default -',
    });
  });

  it('does not explain a line that has no meaning', async () => {
    const { code, stdout, stderr } = await bench.run(['scan', shop, '--explain-config', '-t', 'x']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('--type takes code');
  });
});

describe('config validate', () => {
  it('shows what a valid configuration says', async () => {
    configure('ai: false\nfail_on_severity: high\nignored_rules: [a, "b c"]\n');
    const { code, stdout, stderr } = await bench.run(['config', 'validate'], { cwd: shop });
    expect(code).toBe(0);
    expect(stdout).toBe(
      'OK .securescan.yml\n  fail_on_severity    high\n  ignored_rules       2 rules\n  ai                  false\n',
    );
    expect(stderr).toBe(
      'warning: .securescan.yml:3:20: ignored_rules[1]: is "b c", which looks like no id of a rule and will match nothing; ids are compared exactly, without patterns\n' +
        'Config valid: 0 error(s), 1 warning(s), 0 info issue(s).\n',
    );
  });

  it('tells every error with its place', async () => {
    configure('semgrep_rules:\n  - none.yml\n');
    mkdirSync(join(shop, '.git'));
    mkdirSync(join(shop, 'sub'));
    writeFileSync(
      join(shop, 'sub/.securescan.yml'),
      'baseline: ../b.json\nfail_on_severty: high\n',
    );
    const [missing, nested] = await Promise.all([
      bench.run(['config', 'validate', 'shop']),
      bench.run(['config', 'validate', 'shop/sub/.securescan.yml']),
    ]);
    expect([missing.code, missing.stdout]).toEqual([1, '']);
    expect(missing.stderr).toBe(
      'error: shop/.securescan.yml:2:5: semgrep_rules[0]: names nothing that there is; check the path\n' +
        'Config invalid: 1 error(s), 0 warning(s), 0 info issue(s).\n',
    );
    expect(nested.code).toBe(1);
    expect(nested.stderr).toMatch(
      /^error: shop\/sub\/\.securescan\.yml:2:1: fail_on_severty: is not known \(did you mean "fail_on_severity"\?\)/u,
    );
  });

  it.each<[string, string, string]>([
    [
      'is not there',
      'none.yml',
      'error: none.yml:1:1: -: it cannot be read: there is no such file',
    ],
    ['is no text', BUILT_CLI.replace(/main\.js$/u, ''), 'There is no .securescan.yml in'],
    ['is empty', 'empty.yml', 'info: empty.yml:1:1: -: it is empty, so that the defaults apply'],
    ['cannot be taken apart', 'broken.yml', 'error: broken.yml:1:5: -: it is not valid YAML'],
  ])('says so where the file %s', async (_name, path, words) => {
    writeFileSync(join(bench.directory, 'empty.yml'), '');
    writeFileSync(join(bench.directory, 'broken.yml'), 'a: [');
    expect((await bench.run(['config', 'validate', path])).stderr).toContain(words);
  });

  it('warns of what has ended by the time that outputs show', async () => {
    configure('ignored_rules: [{rule: x, until: 2027-03-01}]\n');
    const validate = (time: string) =>
      bench.run(['config', 'validate'], { cwd: shop, env: { SECURESCAN_FAKE_NOW: time } });
    const [before, after] = await Promise.all([
      validate('2027-03-01T12:00:00Z'),
      validate('2027-03-02T00:00:00Z'),
    ]);
    expect(before.stderr).not.toContain('warning:');
    expect(after.stderr).toContain('ignored_rules[0].until: was 2027-03-01, which is over');
    expect(after.code).toBe(0);
  });

  it('ends with 2 where there is none', async () => {
    const { code, stdout, stderr } = await bench.run(['config', 'validate'], { cwd: shop });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('write one with "securescan init"');
  });

  it('has a group that prints its help alone', async () => {
    const { stderr } = await bench.run(['config']);
    expect(stderr).toContain('validate [file]');
    expect((await bench.run(['config', 'validate', '--help'])).stdout).toContain(
      '$ securescan config validate',
    );
  });
});
