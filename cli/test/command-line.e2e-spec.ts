import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_CLI, findOlderNode, PINNED_NODE, ROOT, Workbench } from './support';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  version: string;
};
const olderNode = findOlderNode();
const nodes = [PINNED_NODE, ...(olderNode === null ? [] : [olderNode])];

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

it.each(['--version', '--help'])('%s answers without the program behind it', (flag) => {
  const told = join(bench.directory, 'loaded.json');
  const hook = join(
    bench.makeTree('hook', {
      'tell.cjs': `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(Object.keys(require.cache))));`,
    }),
    'tell.cjs',
  );
  expect(spawnSync(PINNED_NODE, ['-r', hook, BUILT_CLI, flag]).status).toBe(0);
  const loaded = JSON.parse(readFileSync(told, 'utf8')) as string[];
  expect(loaded.filter((path) => !path.endsWith('/tell.cjs'))).toEqual([BUILT_CLI]);
});

describe.each(nodes)('under %s', (node) => {
  it.each(['--version', '-V'])('%s prints the version', async (flag) => {
    expect(await bench.run([flag], { node })).toEqual({
      code: 0,
      signal: null,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it('--help shows commands, examples and exit codes', async () => {
    const { code, stdout, stderr } = await bench.run(['--help'], { node });
    expect([code, stderr]).toEqual([0, '']);
    for (const words of ['scan', 'status', 'serve', '$ securescan scan .', '130 interrupted']) {
      expect(stdout).toContain(words);
    }
  });

  it.each(['scan', 'status', 'serve'])('%s --help shows examples', async (command) => {
    const { code, stdout } = await bench.run([command, '--help'], { node });
    expect(code).toBe(0);
    expect(stdout).toContain(`$ securescan ${command}`);
  });

  it('runs the program itself', async () => {
    const { code, stdout } = await bench.run(['status', '--json'], { node });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).scanners.length).toBeGreaterThan(0);
  });
});

describe('a line that makes no sense', () => {
  it.each([
    [['scn', '.'], "securescan: unknown command 'scn' (Did you mean scan?)"],
    [['scan', '.', '--fail-on-severty', 'high'], 'Did you mean --fail-on-severity?'],
    [['scan'], 'securescan: The path is needed: name the directory or file to scan.'],
    [['scan', '.', 'extra'], 'too many arguments'],
    [['history', 'extra'], 'too many arguments'],
    [['histroy'], "unknown command 'histroy' (Did you mean history?)"],
    [['help', 'scna'], "unknown command 'scna' (Did you mean scan?)"],
    [['help', 'scan', 'now'], "securescan: 'scan' has no command 'now'"],
    [['init', '--no-promt'], 'Did you mean --no-prompt?'],
    [['completion'], "missing required argument 'shell'"],
    [['completion', 'tcsh'], 'Allowed choices are bash, zsh, fish'],
    [['--verson'], 'Did you mean --version?'],
    [['serve', '--port', '70000'], 'securescan: --port takes a whole number from 0 to 65535'],
  ])('%j ends with 2 and says so', async (args, words) => {
    const { code, stdout, stderr } = await bench.run(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('is not the help of a command, by whatever name', async () => {
    const { stdout, ...rest } = await bench.run(['scan', '--help']);
    expect(rest).toEqual({ code: 0, signal: null, stderr: '' });
    expect((await bench.run(['help', 'scan'])).stdout).toBe(stdout);
    expect((await bench.run(['help'])).stdout).toBe((await bench.run(['--help'])).stdout);
  });

  it('ends with 2 when there is nothing on it', async () => {
    expect((await bench.run([])).code).toBe(2);
  });

  it('is told all its mistakes at once, before anything runs', async () => {
    bench.makeTool(
      'semgrep',
      `require('node:fs').writeFileSync(${JSON.stringify(join(bench.home, 'ran'))}, '');`,
    );
    const { code, stdout, stderr } = await bench.run(
      [
        ...[
          'scan',
          'no-such-directory',
          '--type',
          'code,iacc',
          '--output',
          'xml',
          '--fail-on-severity',
          'awful',
        ],
        ...['--output-file', 'nowhere/report.json', '--semgrep-rules', './no-rules'],
      ],
      { env: { SECURESCAN_OFFLINE: 'perhaps' } },
    );
    expect([code, stdout]).toEqual([2, '']);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.every((line) => line.startsWith('securescan: '))).toBe(true);
    for (const word of [
      'no-such-directory',
      'iacc',
      'xml',
      'awful',
      'nowhere',
      './no-rules',
      'SECURESCAN_OFFLINE',
    ]) {
      expect(lines.filter((line) => line.includes(word))).toHaveLength(1);
    }
    expect(lines).toHaveLength(7);
  });

  it.each([
    ['dast', '--target-url is needed by type dast: name the address of the application.'],
    ['code --target-url http://a', '--target-url is of no use without type dast'],
    ['code --active', '--active is of no use without type dast'],
    ['code --require-scanner dockerfile', 'it does not run in this scan; add --type iac'],
    ['code --require-scanner trivi', 'there is no scanner "trivi"'],
  ])('--type %s', async (words, message) => {
    const tree = bench.makeTree('tree', {});
    const { code, stderr } = await bench.run(['scan', tree, '--type', ...words.split(' ')]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it.each([
    ['scan', 'x\u001b[2Jy'],
    ['x\u001b[2Jy'],
    ['scan', '--x\u001b[2Jy'],
    ['help', 'x\u001b[2Jy'],
    ['completion', 'x\u001b[2Jy'],
  ])('cannot put control characters of its own on the terminal: %j', async (...args) => {
    const { code, stderr } = await bench.run(args);
    expect(code).toBe(2);
    expect(stderr).toContain('x\\u001b[2Jy');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('a reader that goes away at once', () => {
  it.each([[['--help']], [['history', '--json']], [['completion', 'bash']], [['status']]])(
    '%j ends well and complains about nothing',
    async (args) => {
      const child = bench.start(args);
      child.stdout?.destroy();
      let stderr = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      const code = await new Promise((resolve) => child.once('exit', resolve));
      expect([code, stderr]).toEqual([0, '']);
    },
  );
});
