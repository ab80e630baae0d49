import {
  execFileSync,
  spawn,
  spawnSync,
  type ChildProcess,
  type SpawnSyncReturns,
} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { findPinnedRuntime, isSupportedNode } from '../src/runtime-guard';
import { eventually, isRunning } from './eventually';

jest.setTimeout(30_000);

const GUARD = join(__dirname, '..', 'src', 'runtime-guard.ts');
const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));

function findOldNode(): string | null {
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'node'));
  return candidates.find((path) => existsSync(path) && !isSupportedNode(versionOf(path))) ?? null;
}

function versionOf(node: string): string {
  return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
}

describe('isSupportedNode', () => {
  it.each(['22.22.3', '22.23.0', '24.15.0', '24.21.0', '26.0.0', '27.1.2', '30.0.0'])(
    'takes %s',
    (version) => {
      expect(isSupportedNode(version)).toBe(true);
    },
  );

  it.each(['18.20.0', '20.20.2', '22.22.2', '22.12.0', '23.11.0', '24.14.9', '25.9.0'])(
    'refuses %s',
    (version) => {
      expect(isSupportedNode(version)).toBe(false);
    },
  );
});

describe('runtime-guard.ts', () => {
  it('imports builtins only', () => {
    const imports = [...readFileSync(GUARD, 'utf8').matchAll(/from '([^']+)'/g)].map(
      (match) => match[1],
    );
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });
});

const oldNode = findOldNode();
if (oldNode === null)
  process.stderr.write('skipped: the runtime guard in an old Node (PATH has none)\n');
const describeWithOldNode = oldNode === null ? describe.skip : describe;

describeWithOldNode('a program started by a Node that is too old', () => {
  let base: string;
  let install: string;
  let entry: string;
  const children: ChildProcess[] = [];

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'guard-test-')));
    install = join(base, 'install');
    mkdirSync(join(install, 'dist'), { recursive: true });
    mkdirSync(join(install, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(install, 'package.json'), '{"name":"securescan"}');
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2023 };
    const guard = transpileModule(readFileSync(GUARD, 'utf8'), { compilerOptions }).outputText;
    writeFileSync(join(install, 'dist', 'guard.js'), guard);
    entry = join(install, 'dist', 'main.js');
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(base, { recursive: true, force: true });
  });

  function program(source: string): void {
    writeFileSync(entry, `require('./guard').runOnSupportedNode(() => { ${source} });`);
  }

  function withRuntime(): void {
    symlinkSync(process.execPath, join(install, 'node_modules', '.bin', 'node'));
  }

  function run(args: readonly string[] = [], cwd = base): SpawnSyncReturns<string> {
    const variables = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('SECURESCAN_'),
    );
    return spawnSync(oldNode ?? '', [entry, ...args], {
      encoding: 'utf8',
      cwd,
      timeout: 20_000,
      env: Object.fromEntries(variables),
    });
  }

  async function start(): Promise<{
    child: ChildProcess;
    output: () => string;
    ended: Promise<unknown[]>;
  }> {
    const child = spawn(oldNode ?? '', [entry], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise<unknown[]>((resolve) =>
      child.once('exit', (code, signal) => resolve([code, signal])),
    );
    expect(await eventually(() => output.includes('\n'), 10_000)).toBe(true);
    return { child, output: () => output, ended };
  }

  it('runs in the pinned runtime, once, with its arguments and exit code', () => {
    withRuntime();
    program(
      `console.log(JSON.stringify([process.version, process.argv.slice(2), Object.keys(process.env).filter((n) => n.startsWith('SECURESCAN_'))])); process.exitCode = 7`,
    );
    const result = run(['scan', 'a b', '$HOME']);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(result.stdout)).toEqual([process.version, ['scan', 'a b', '$HOME'], []]);
    expect([result.status, result.stderr]).toEqual([7, '']);
  });

  it('ends by itself when the program has nothing left to do', () => {
    withRuntime();
    program(`setTimeout(() => console.log('done'), 50)`);
    const result = run();
    expect([result.stdout, result.status, result.signal]).toEqual(['done\n', 0, null]);
  });

  it('takes no runtime from the working directory', () => {
    program(`console.log('loaded')`);
    const hostile = join(base, 'hostile');
    mkdirSync(join(hostile, 'node_modules', '.bin'), { recursive: true });
    writeFileSync(join(hostile, 'package.json'), '{"name":"securescan"}');
    symlinkSync(process.execPath, join(hostile, 'node_modules', '.bin', 'node'));
    const result = run([], hostile);
    expect([result.stdout, result.status]).toEqual(['', 2]);
  });

  it('says in one sentence what is needed where there is no pinned runtime, and loads nothing', () => {
    program(`console.log('loaded')`);
    const result = run();
    expect([result.stdout, result.status]).toEqual(['', 2]);
    expect(result.stderr).toMatch(/^SecureScan needs Node .*\n$/);
  });

  it('says so too when the pinned runtime cannot be started or is itself too old', () => {
    program(`console.log('loaded')`);
    const runtime = join(install, 'node_modules', '.bin', 'node');
    writeFileSync(runtime, 'no program');
    expect(run()).toMatchObject({ stdout: '', status: 2 });
    rmSync(runtime);
    symlinkSync(oldNode ?? '', runtime);
    const result = run();
    expect([result.stdout, result.status]).toEqual(['', 2]);
    expect(result.stderr).toMatch(/^SecureScan needs Node .*\n$/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes %s on and ends with the program’s own code',
    async (signal) => {
      withRuntime();
      program(
        `process.once('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log(process.pid)`,
      );
      const { child, output, ended } = await start();
      child.kill(signal);
      expect(await ended).toEqual([5, null]);
      expect(runs(Number(output()))).toBe(false);
    },
  );

  it('ends by the signal that ended the program', async () => {
    withRuntime();
    program(`setInterval(() => {}, 1000); console.log(process.pid)`);
    const { child, output, ended } = await start();
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
    expect(runs(Number(output()))).toBe(false);
  });

  it('does not outlive the process that started it', async () => {
    withRuntime();
    program(`setInterval(() => {}, 1000); console.log(process.pid)`);
    const { child, output } = await start();
    child.kill('SIGKILL');
    expect(await eventually(() => !runs(Number(output())), 5_000)).toBe(true);
  });
});

describe('findPinnedRuntime', () => {
  it('finds the runtime that was installed with us', () => {
    const runtime = findPinnedRuntime(__dirname);
    expect(runtime).not.toBeNull();
    expect(isSupportedNode(versionOf(runtime ?? ''))).toBe(true);
  });

  it('finds none outside an installation', () => {
    expect(findPinnedRuntime(dirname(tmpdir()))).toBeNull();
  });
});
