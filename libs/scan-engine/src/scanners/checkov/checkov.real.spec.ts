import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { aCommandContext, aFileTree, describeWithTool, findOnPath } from '@securescan/testing';
import type { FileTree } from '../../ports';
import type { ScannerReport } from '../../scanner';
import { checkovScanner } from './scanner';

const TREE = join(__dirname, '../__fixtures__/checkov/tree');
const QUEUE = 'resource "aws_sqs_queue" "this" {\n  sqs_managed_sse_enabled = false\n}\n';
/** Less than checkov would wait for a FIFO. */
const PATIENCE_MS = 60_000;

let workspace: string;
let tree: string;
/** Stands where a proxy would: what checkov says to anybody passes here. */
let proxy: Server;
let connections: number;

beforeEach(async () => {
  workspace = realpathSync(mkdtempSync(join(tmpdir(), 'checkov-')));
  tree = join(workspace, 'tree');
  mkdirSync(tree);
  connections = 0;
  proxy = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await new Promise((resolve) => proxy.close(resolve));
  rmSync(workspace, { recursive: true, force: true });
});

interface Run {
  readonly exitCode: number | null;
  readonly report: ScannerReport;
}

/** Runs the tool as the engine does: with a HOME and a working directory of its own. */
async function run(files: FileTree, path = tree): Promise<Run> {
  const home = join(workspace, 'home');
  mkdirSync(home, { recursive: true });
  const { commands } = await checkovScanner.plan(
    aCommandContext({
      target: { root: tree, path, project: 'p' },
      files,
    }),
  );
  for (const [name, text] of Object.entries(commands[0]?.files ?? {})) {
    writeFileSync(join(home, name), text);
  }
  const args = commands[0]?.args ?? [];
  const { exitCode, stdout, stderr } = await start(args, home, checkovScanner.tool.env ?? {});
  expect(stderr).not.toContain('FutureWarning');
  return { exitCode, report: checkovScanner.parse(stdout, '') };
}

function start(
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const executable = findOnPath(checkovScanner.tool.executable) ?? '';
  const address = proxy.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const options = {
    cwd: home,
    env: {
      PATH: `${dirname(executable)}:/usr/bin:/bin`,
      HOME: home,
      TMPDIR: home,
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
      ...env,
    },
    timeout: PATIENCE_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    const child = execFile(executable, args, options, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode, stdout, stderr });
    });
  });
}

function place(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
}

function idsIn({ report }: Run, path: string): string[] {
  return report.findings
    .filter(({ filePath }) => filePath === join(tree, path))
    .map(({ ruleId }) => ruleId);
}

function filesOf({ report }: Run): string[] {
  const paths = report.findings.map(({ filePath }) => filePath?.slice(tree.length + 1) ?? '');
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : 1));
}

describeWithTool(['checkov'], 'checkov itself', () => {
  jest.setTimeout(2 * PATIENCE_MS);

  it('finds what the captured output says, hidden directories too, and shows what is muted', async () => {
    cpSync(TREE, tree, { recursive: true });
    const { exitCode, report } = await run(aFileTree({ 'infra/main.tf': '' }));
    expect(checkovScanner.successExitCodes).toContain(exitCode);
    const all = { exitCode, report };
    expect(idsIn(all, 'web/Dockerfile')).toEqual(
      expect.arrayContaining(['CKV_DOCKER_1', 'CKV_DOCKER_3', 'CKV2_DOCKER_2', 'CKV2_DOCKER_6']),
    );
    expect(idsIn(all, 'infra/main.tf')).toContain('CKV_AWS_24');
    expect(idsIn(all, '.github/workflows/ci.yml')).toContain('CKV_GHA_2');
    const muted = report.findings.filter(({ mutedInSource }) => mutedInSource !== undefined);
    expect(muted.map(({ ruleId }) => ruleId).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'CKV_AWS_18',
      'CKV_DOCKER_2',
      'CKV_K8S_20',
    ]);
    expect(report.skipped).toEqual([
      { path: join(tree, 'infra/broken.tf'), reason: 'not read, because of a syntax error' },
    ]);
    expect(report.assessed).toHaveLength(5);
  });

  it('takes neither settings nor checks from the tree', async () => {
    const settings = 'skip-check: [CKV_AWS_27]\nexternal-checks-dir: [checks]\nquiet: true\n';
    const code = `open(${JSON.stringify(join(workspace, 'ran'))}, 'w')\n`;
    place({
      'main.tf': QUEUE,
      '.checkov.yaml': settings,
      '.checkov.yml': settings,
      '.checkov.baseline': '{}',
      'checks/__init__.py': code,
      'checks/mine.py': code,
    });
    const outcome = await run(aFileTree({ 'main.tf': '' }));
    expect(idsIn(outcome, 'main.tf')).toContain('CKV_AWS_27');
    expect(() => rmSync(join(workspace, 'ran'))).toThrow('ENOENT');
  });

  it('takes a single file, and says nothing of its neighbours', async () => {
    place({ 'a.tf': QUEUE, 'b.tf': QUEUE });
    const files = aFileTree({ 'a.tf': QUEUE });
    expect(filesOf(await run(files, join(tree, 'a.tf')))).toEqual(['a.tf']);
  });

  it('waits for no FIFO, follows no link, and opens no packages of others', async () => {
    place({
      'a.tf': QUEUE,
      'node_modules/x/a.tf': QUEUE,
      'web/build/a.tf': QUEUE,
      '.git/a.tf': QUEUE,
      'we,i[r]d *?/a.tf': QUEUE,
      '../outside.tf': QUEUE,
    });
    const pipes = ['Dockerfile', 'p]*.yaml', 'we,i[r]d *?/p.json', 'p.bicep', 'q.tf'];
    for (const path of [...pipes, 'node_modules/x/p.tf', 'web/build/p.yaml']) {
      expect(spawnSync('mkfifo', [join(tree, path)]).status).toBe(0);
    }
    symlinkSync(join(workspace, 'outside.tf'), join(tree, 'link.tf'));
    const files = { ...aFileTree({ 'a.tf': QUEUE }), irregular: [...pipes, 'link.tf'] };
    expect(filesOf(await run(files))).toEqual(['a.tf', 'we,i[r]d *?/a.tf']);
  });

  it('opens no connection, neither for modules of others nor for a newer release', async () => {
    const module = 'module "net" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n';
    place({ 'main.tf': module + QUEUE });
    await run(aFileTree({ 'main.tf': '' }));
    await start(checkovScanner.tool.versionArguments, workspace, checkovScanner.tool.env ?? {});
    expect(connections).toBe(0);
    await start(checkovScanner.tool.versionArguments, workspace, {});
    expect(connections).toBeGreaterThan(0);
  });

  it('says how much it read where there was nothing', async () => {
    place({ 'a.yaml': 'kind: of blue\napiVersion: none\n' });
    const { exitCode, report } = await run(aFileTree({ 'a.yaml': 'apiVersion: none' }));
    expect(exitCode).toBe(0);
    expect(report).toMatchObject({ findings: [], assessed: [], skipped: [] });
  });
});
