import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  aCommandContext,
  aFileTree,
  anyText,
  describeWithTool,
  findOnPath,
} from '@securescan/testing';
import fc from 'fast-check';
import type { ScanOptions, ScannerReport, ToolPlan } from '../../scanner';
import { describeParserContract } from '../parser.contract';
import { parseSafety } from './parse';
import { readRequirements } from './requirements';
import { safetyScanner } from './scanner';

const DATABASE = join(__dirname, '../__fixtures__/safety/database');

describeParserContract('safety', parseSafety, {
  subject: 'orders/requirements.txt',
  accepts: ['[]'],
});

async function plan(
  contents: Readonly<Record<string, string | null>>,
  tools: ScanOptions['tools'] = {},
): Promise<ToolPlan> {
  return safetyScanner.plan(
    aCommandContext({
      options: { semgrepRules: [], tools },
      files: aFileTree(contents),
    }),
  );
}

describe('parseSafety', () => {
  const report = (entry: object): string =>
    JSON.stringify({ vulnerabilities: [{ vulnerability_id: '1', package_name: 'a', ...entry }] });

  it.each([
    ['CRITICAL', 'critical'],
    ['medium', 'medium'],
    ['NONE', 'info'],
    ['STRANGE', 'low'],
  ])('takes the rating %s for %s', (base_severity, expected) => {
    const severity = { cvssv3: { base_score: 1, base_severity } };
    expect(parseSafety(report({ severity }), '').findings[0]?.severity).toBe(expected);
  });

  it.each([
    [{ cvssv3: { base_score: 9.1 } }, 'critical'],
    [{ cvssv3: { base_score: 4 } }, 'medium'],
    [{ cvssv3: { base_score: 0 } }, 'info'],
    [{ cvssv3: null, cvssv2: { base_score: 6.9 } }, 'medium'],
    [{ cvssv2: { base_score: 10 } }, 'high'],
    [{ cvssv3: null, cvssv2: null }, 'high'],
    [null, 'high'],
  ])('takes %j without words for %s', (severity, expected) => {
    expect(parseSafety(report({ severity }), '').findings[0]?.severity).toBe(expected);
  });

  it('never advises the version that is installed', () => {
    const entry = { analyzed_version: '1.0', vulnerable_spec: '<2', fixed_versions: [] };
    expect(parseSafety(report(entry), '').findings[0]?.remediation).toBe(
      'Move a out of the affected range <2, or look for another package.',
    );
  });

  it('leaves out what safety itself ignores because the version is open', () => {
    expect(parseSafety(report({ ignored: true }), '').findings).toEqual([]);
  });
});

describe('readRequirements', () => {
  it('keeps plain requirements and nothing that leads anywhere', () => {
    const text = [
      '# comment',
      '-r other.txt',
      '--index-url https://u:p@mirror.example/simple',
      'Flask==1.0 \\',
      '    --hash=sha256:aa \\',
      '    --hash=sha256:bb',
      'requests[socks]==2.19.1; python_version > "3"  # old',
      'thing @ https://evil.example/thing.zip',
      '../local/package',
      './wheel.whl',
      'file:///etc/passwd',
      'open>=1.0',
      'wild==1.*',
      'Jinja2==2.10 --global-option="--x" --config-settings=a=b',
    ].join('\n');
    expect(readRequirements(text)).toEqual({
      text: [
        'Flask==1.0',
        'requests[socks]==2.19.1; python_version > "3"',
        'open>=1.0',
        'wild==1.*',
        'Jinja2==2.10',
        '',
      ].join('\n'),
      leftOut: 6,
      unpinned: 2,
    });
  });

  it('takes any text, and lets no line through that begins with a dash or holds an address', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (lines) => {
        const { text } = readRequirements(lines.join('\n'));
        for (const line of text.split('\n')) expect(line).not.toMatch(/^\s*-|:\/\//u);
      }),
    );
    const hostile = `a${' '.repeat(100_000)}[${'='.repeat(100_000)}`;
    expect(readRequirements(hostile).leftOut).toBe(1);
  });
});

describe('the plan of safety', () => {
  it('makes a call for each manifest, over a copy that stands alone', async () => {
    const { commands, skipped, notes } = await plan(
      {
        'requirements.txt': 'a==1\n-r b.txt\nc>=2\n',
        'api/requirements/base.txt': 'b==2\n',
        'web/poetry.lock': '[[package]]\n',
        'cli/uv.lock': '',
        'docs/notes.txt': 'd==4\n',
        'huge/requirements.txt': null,
      },
      { safetyDatabase: '/srv/db', safetyApiKey: 'k' },
    );
    const config = { '.safety/config.ini': expect.stringContaining('AUTH_SERVER_URL') };
    const [plain, poetry] = ['requirements.txt', 'poetry.lock'];
    expect(commands.map(({ subject, files, args }) => [subject, files, args[1]])).toEqual([
      ['api/requirements/base.txt', { [plain]: 'b==2\n', ...config }, `--file=${plain}`],
      ['requirements.txt', { [plain]: 'a==1\nc>=2\n', ...config }, `--file=${plain}`],
      ['web/poetry.lock', { [poetry]: '[[package]]\n', ...config }, `--file=${poetry}`],
    ]);
    expect(commands[0]?.env).toEqual({ SAFETY_API_KEY: 'k' });
    expect(skipped?.map(({ path }) => path)).toEqual(['cli/uv.lock', 'huge/requirements.txt']);
    expect(notes).toEqual([
      'requirements.txt: 1 lines with options, paths or URLs left out',
      'requirements.txt: 1 requirements name no exact version',
    ]);
  });

  it('says of a manifest that is too large that it is', async () => {
    const files = aFileTree({ 'requirements.txt': null });
    const context = aCommandContext({ files: { ...files, maxFileBytes: -1 } });
    const { skipped } = await safetyScanner.plan(context);
    expect(skipped?.[0]?.reason).toContain('budget exceeded');
  });

  it('needs the network only where there is no database', () => {
    expect(safetyScanner.needsNetwork({ semgrepRules: [] })).toBe(true);
    const tools = { safetyDatabase: '/srv/db' };
    expect(safetyScanner.needsNetwork({ semgrepRules: [], tools })).toBe(false);
  });
});

describeWithTool(['safety'], 'safety itself', () => {
  jest.setTimeout(60_000);
  let workspace: string;

  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'safety-'));
  });

  afterEach(() => {
    rmSync(workspace, { recursive: true, force: true });
  });

  async function check(
    path: string,
    text: string,
    proxies: Readonly<Record<string, string>> = {},
  ): Promise<ScannerReport & { exitCode: unknown }> {
    const { commands } = await plan({ [path]: text }, { safetyDatabase: DATABASE });
    const [command] = commands;
    for (const [name, content] of Object.entries(command?.files ?? {})) {
      mkdirSync(dirname(join(workspace, name)), { recursive: true });
      writeFileSync(join(workspace, name), content);
    }
    const child = spawn(findOnPath('safety') ?? '', command?.args ?? [], {
      cwd: workspace,
      env: { PATH: process.env['PATH'], HOME: workspace, ...safetyScanner.tool.env, ...proxies },
    });
    let stdout = '';
    child.stdout.on('data', (chunk) => (stdout += String(chunk)));
    const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { exitCode: status, ...safetyScanner.parse(stdout, command?.subject ?? '') };
  }

  it('finds what the database knows, with what fixes it', async () => {
    const text = 'Jinja2==2.10\nPyYAML==5.1\nFlask==3.1.2\n-r /etc/passwd\n';
    const { exitCode, findings } = await check('orders/requirements.txt', text);
    expect(safetyScanner.successExitCodes).toContain(exitCode);
    expect(
      findings
        .map(({ ruleId, severity, filePath, remediation }) => [
          ruleId,
          severity,
          filePath,
          remediation,
        ])
        .sort(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    ).toEqual([
      ['safety/37024', 'high', 'orders/requirements.txt', 'Update jinja2 to 2.10.1.'],
      ['safety/39611', 'critical', 'orders/requirements.txt', 'Update pyyaml to 5.4.'],
    ]);
  });

  it.each([
    [
      'Pipfile.lock',
      '{"_meta":{"sources":[]},"default":{"jinja2":{"hashes":[],"version":"==2.10"}},"develop":{}}',
    ],
    ['poetry.lock', '[[package]]\nname = "jinja2"\nversion = "2.10"\n'],
    ['requirements.txt', 'jinja2==2.10 --config-settings=a=b\n'],
  ])('reads %s', async (path, text) => {
    const { findings } = await check(path, text);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['safety/37024']);
  });

  it('asks nobody over a database of the operator', async () => {
    const proxy = createServer();
    let connections = 0;
    proxy.on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo;
    const address = `http://127.0.0.1:${port}`;
    const { findings } = await check('requirements.txt', 'Jinja2==2.10\n', {
      HTTPS_PROXY: address,
      HTTP_PROXY: address,
      ALL_PROXY: address,
    });
    await new Promise((resolve) => proxy.close(resolve));
    expect(findings).toHaveLength(1);
    expect(connections).toBe(0);
  });

  it('finds nothing in packages that are up to date', async () => {
    const { exitCode, findings } = await check('requirements.txt', 'Jinja2==3.1.6\n');
    expect([exitCode, findings]).toEqual([0, []]);
  });
});
