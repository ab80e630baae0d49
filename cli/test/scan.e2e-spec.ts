import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from '@securescan/testing';
import { ROOT, SHOP, Workbench } from './support';

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

/** As the goldens should outlive a release, the version of the product is taken out. */
function withoutVersion(text: string): string {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return text.replaceAll(`"${version}"`, '"VERSION"');
}

describe('the report', () => {
  it.each([
    ['text', 'shop.txt'],
    ['json', 'shop.json'],
    ['sarif', 'shop.sarif.json'],
  ])('is on standard output, alone, as %s', async (format, golden) => {
    const { code, stdout } = await bench.run(['scan', shop, '--type', 'iac', '--output', format]);
    expect(code).toBe(0);
    expectGolden(join(GOLDENS, golden), withoutVersion(stdout));
  });

  it.each(['json', 'sarif'])('is the same %s from wherever one stands', async (format) => {
    const other = bench.makeDirectory('other');
    const install = bench.makeDirectory('elsewhere/install');
    cpSync(join(ROOT, 'dist'), join(install, 'dist'), { recursive: true });
    cpSync(join(ROOT, 'package.json'), join(install, 'package.json'));
    mkdirSync(join(install, 'libs', 'scan-engine'), { recursive: true });
    cpSync(join(ROOT, 'libs/scan-engine/rules'), join(install, 'libs/scan-engine/rules'), {
      recursive: true,
    });
    symlinkSync(join(ROOT, 'node_modules'), join(install, 'node_modules'));
    symlinkSync(shop, join(bench.directory, 'link'));
    const runs = await Promise.all([
      bench.run(['scan', shop, '--output', format]),
      bench.run(['scan', '.', '--output', format], { cwd: shop }),
      bench.run(['scan', '../shop', '--output', format, '--quiet'], { cwd: other }),
      bench.run(['scan', 'link', '--output', format]),
      bench.run(['scan', shop, '--output', format], {
        entry: join(install, 'dist/cli/src/main.js'),
      }),
      bench.run(['scan', shop, '--output', format], {
        env: { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' },
      }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
    expect(JSON.parse(runs[0].stdout)).toBeInstanceOf(Object);
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(runs[0].stdout).not.toContain(bench.directory);
  });

  it('goes to a file, whole, and to nowhere else', async () => {
    const file = join(bench.home, 'report.json');
    writeFileSync(file, 'old', { mode: 0o640 });
    const direct = await bench.run(['scan', shop, '--output', 'json']);
    const { code, stdout, stderr } = await bench.run([
      'scan',
      shop,
      '--output',
      'json',
      '--output-file',
      file,
    ]);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`securescan: wrote ${file}`);
    expect(readFileSync(file, 'utf8')).toBe(direct.stdout);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(bench.home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('replaces what a link points to, and not the link', async () => {
    const real = join(bench.makeDirectory('reports'), 'real.json');
    writeFileSync(real, 'old');
    symlinkSync(real, join(bench.home, 'link.json'));
    await bench.run([
      'scan',
      shop,
      '--output',
      'json',
      '--output-file',
      join(bench.home, 'link.json'),
    ]);
    expect(JSON.parse(readFileSync(real, 'utf8')).target).toBe('.');
  });

  it.each([
    ['a directory', '.', 'it is a directory'],
    ['a file in no directory', 'missing/report', 'does not exist'],
    ['a file below a file', 'shop/Dockerfile/report', 'is not a directory'],
    ['a device', '/dev/null', 'not a regular file'],
  ])('cannot go to %s, which is known before the scan', async (_name, path, message) => {
    const ran = join(bench.home, 'ran');
    bench.makeTool('semgrep', `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
    const { code, stderr } = await bench.run(['scan', shop, '--output-file', path]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(() => statSync(ran)).toThrow(/ENOENT/);
  });

  it('leaves the scanned tree and the working directory as they were', async () => {
    const cwd = bench.makeDirectory('cwd');
    await bench.run(['scan', shop], { cwd });
    expect(readdirSync(cwd)).toEqual([]);
    expect(new Set(readdirSync(shop))).toEqual(new Set(['Dockerfile', 'src']));
  });
});

describe('standard error', () => {
  it('has one plain line per scanner where it is no terminal', async () => {
    const { stderr } = await bench.run(['scan', shop]);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toContainEqual(expect.stringMatching(/^dockerfile: \d+ findings?, \d+\.\d s$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^semgrep: skipped, semgrep is not installed/),
    );
    expect(stderr).not.toContain('\u001b');
  });

  it('is empty with --quiet when all is well', async () => {
    expect((await bench.run(['scan', shop, '--quiet'])).stderr).toBe('');
  });
});

describe('exit codes', () => {
  const FAILS = 'process.stderr.write("no rules today"); process.exit(7);';

  it('0 without a gate, whatever was found, and although a tool is not installed', async () => {
    expect((await bench.run(['scan', shop])).code).toBe(0);
  });

  it('0 below the gate, 1 at it', async () => {
    const tree = bench.makeTree('image', { Dockerfile: SHOP.Dockerfile });
    const { findings } = JSON.parse(
      (await bench.run(['scan', tree, '--type', 'iac', '--output', 'json'])).stdout,
    ) as {
      findings: { severity: string }[];
    };
    const worst = findings[0]?.severity ?? '';
    expect(['high', 'medium', 'low']).toContain(worst);
    const gate = (severity: string) =>
      bench.run(['scan', tree, '--type', 'iac', '--fail-on-severity', severity]);
    const reached = await gate(worst);
    expect(reached.code).toBe(1);
    expect(reached.stderr).toMatch(new RegExp(`findings? (is|are) of severity ${worst} or worse`));
    expect((await gate('critical')).code).toBe(0);
    expect((await gate('INFO')).code).toBe(1);
  });

  it('2 for a target that does not exist', async () => {
    const { code, stdout, stderr } = await bench.run(['scan', join(bench.directory, 'gone')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('There is nothing to scan at');
  });

  it('3 when a scanner failed, with its reason and the others’ findings', async () => {
    bench.makeTool('semgrep', FAILS);
    const { code, stdout, stderr } = await bench.run(['scan', shop, '--quiet', '--output', 'json']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^securescan: the scan is incomplete: semgrep failed, .*no rules today/);
    const report = JSON.parse(stdout);
    expect(report.complete).toBe(false);
    expect(report.findings.length).toBeGreaterThan(0);
  });

  it('0 for the same with --allow-incomplete, 1 when the gate is reached as well', async () => {
    bench.makeTool('semgrep', FAILS);
    expect((await bench.run(['scan', shop, '--allow-incomplete'])).code).toBe(0);
    expect((await bench.run(['scan', shop, '--fail-on-severity', 'info'])).code).toBe(1);
  });

  it('3 when a required scanner’s tool is not installed', async () => {
    const { code, stderr } = await bench.run(['scan', shop, '--require-scanner', 'semgrep']);
    expect(code).toBe(3);
    expect(stderr).toContain('the scan is incomplete: semgrep skipped, semgrep is not installed');
  });

  it('3 when --offline skips a scanner that is required', async () => {
    bench.makeTool('semgrep', FAILS);
    const online = ['scan', shop, '--semgrep-rules', 'p/ci', '--require-scanner', 'semgrep'];
    const { code, stderr } = await bench.run([...online, '--offline']);
    expect(code).toBe(3);
    expect(stderr).toContain('needs the network');
    expect(
      (
        await bench.run(['scan', shop], {
          env: { SECURESCAN_OFFLINE: '1', SECURESCAN_SEMGREP_RULES: 'p/ci' },
        })
      ).code,
    ).toBe(0);
  });
});
