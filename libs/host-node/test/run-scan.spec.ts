import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import {
  runScan,
  SlotScheduler,
  ScanCancelledError,
  type ScanProgress,
  type Scanner,
  type ScannerReport,
  type ScanRequest,
  type ScanResult,
} from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { eventually, isRunning } from './eventually';
import { forkingTool, notedPids, writeTool } from './hostile-tools';
import { answeringVersion, builtin, external, NOTHING, plainRequest, printing } from './stand-ins';

jest.setTimeout(30_000);

const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));

describe('runScan with real processes', () => {
  let base: string;
  let tree: string;
  let tools: string;
  let temporary: string;
  let ports: NodeHostPorts;
  const originalTemporary = process.env['TMPDIR'];

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'scan-test-')));
    tree = join(base, 'shop');
    tools = join(base, 'tools');
    mkdirSync(join(tree, 'src'), { recursive: true });
    mkdirSync(tools);
    temporary = join(base, 'tmp');
    mkdirSync(temporary);
    process.env['TMPDIR'] = temporary;
    writeFileSync(join(tree, 'src', 'a.js'), 'one\n  eval(input) // here\nthree\n');
    ports = createHostPorts({ journalDirectory: join(base, 'run'), toolsDirectory: tools });
  });

  afterEach(async () => {
    await ports.killAll();
    if (originalTemporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = originalTemporary;
    rmSync(base, { recursive: true, force: true });
  });

  const tool = (name: string, source: string): string =>
    writeTool(tools, name, answeringVersion(source));

  async function scan(
    scanners: readonly Scanner[],
    changes: Partial<ScanRequest> & { path?: string; cwd?: string; progress?: ScanProgress[] } = {},
  ): Promise<ScanResult> {
    const { path = tree, cwd = '/', progress = [], ...request } = changes;
    const target = await resolveTarget(path, { cwd });
    return runScan(
      { target, ...plainRequest(4), ...request },
      ports,
      (step) => progress.push(step),
      { scanners },
    );
  }

  it('turns a tool’s report into findings, whatever spelling of the path it prints', async () => {
    for (const [name, path] of [
      ['absolute', `process.argv[2] + '/src/a.js'`],
      ['relative', `'./src/../src/a.js'`],
    ] as const) {
      tool(name, printing(path));
    }
    const result = await scan([external('absolute'), external('relative')]);
    expect(
      result.outcomes.map(({ scanner, status, version, exitCode, findingsCount }) => [
        scanner,
        status,
        version,
        exitCode,
        findingsCount,
      ]),
    ).toEqual([
      ['absolute', 'completed', '1.2', 0, 1],
      ['relative', 'completed', '1.2', 0, 1],
    ]);
    expect(result.findings).toHaveLength(1);
    expect(result.findings[0]).toMatchObject({
      filePath: 'src/a.js',
      lineStart: 2,
      cwe: 'CWE-95',
      scanner: 'absolute',
    });
    expect(result.findings[0]?.aliases.map((alias) => alias.scanner)).toEqual([
      'absolute',
      'relative',
    ]);
    expect(result.summary).toMatchObject({
      totalFindings: 1,
      scannersRun: ['absolute', 'relative'],
    });
    expect(result.isConclusive).toBe(true);
  });

  it('finds the same from two working directories, by relative and absolute path, in two places', async () => {
    tool('linter', printing(`process.argv[2] + '/src/a.js'`));
    const copy = join(base, 'elsewhere', 'shop');
    cpSync(tree, copy, { recursive: true });
    const results = [
      await scan([external('linter')], { path: tree, cwd: '/' }),
      await scan([external('linter')], { path: 'shop', cwd: base }),
      await scan([external('linter')], { path: '../shop', cwd: tools }),
      await scan([external('linter')], { path: copy }),
    ];
    expect(results[0]?.findings).toHaveLength(1);
    for (const result of results) expect(result.findings).toEqual(results[0]?.findings);
  });

  it('gives a tool a private home, an allow-listed environment and nothing of ours', async () => {
    process.env['SCAN_TEST_PRIVATE'] = 'private';
    tool(
      'spy',
      `require('node:fs').writeFileSync(${JSON.stringify(join(base, 'seen'))}, JSON.stringify({ env: process.env, cwd: process.cwd() })); console.log('[]')`,
    );
    await scan([
      external('spy', { plan: () => ({ commands: [{ args: [], env: { EXTRA: 'yes' } }] }) }),
    ]);
    delete process.env['SCAN_TEST_PRIVATE'];
    const seen = JSON.parse(readFileSync(join(base, 'seen'), 'utf8')) as {
      env: Record<string, string>;
      cwd: string;
    };
    expect(new Set(Object.keys(seen.env))).toEqual(
      new Set([
        'EXTRA',
        'HOME',
        'LANG',
        'LC_ALL',
        'NO_COLOR',
        'PATH',
        'SECURESCAN_RUN_MARK',
        'TMPDIR',
        'TZ',
      ]),
    );
    expect(seen.env['HOME']).toBe(seen.cwd);
    expect(existsSync(seen.cwd)).toBe(false);
  });

  it('makes an outcome of everything that a tool does wrong, and still gives the others’ findings', async () => {
    tool('good', printing(`'src/a.js'`));
    tool('nonsense', `console.log('<html>')`);
    tool('silent', '');
    tool(
      'crashing',
      `process.stderr.write('loading\\n\\u001b[31mfatal: no licence\\u001b[0m\\n---\\n'); process.exit(2)`,
    );
    tool('dying', `process.kill(process.pid, 'SIGKILL')`);
    tool('hanging', `setInterval(() => {}, 1000)`);
    writeFileSync(join(tools, 'broken'), '#!/nowhere/interpreter\n', { mode: 0o755 });
    const defect = builtin('defect', () => Promise.reject(new TypeError('x is undefined')));
    const slow = builtin('slow', () => new Promise(() => undefined), { timeLimitMs: 100 });
    const careless = external('good', {
      name: 'careless',
      plan: () => {
        throw new TypeError('no args');
      },
    });
    const result = await scan([
      external('good'),
      external('missing'),
      external('nonsense'),
      external('silent'),
      external('crashing'),
      external('dying'),
      external('hanging', { timeLimitMs: 500 }),
      external('broken'),
      careless,
      defect,
      slow,
    ]);
    expect(result.outcomes.map(({ scanner, status, reason }) => [scanner, status, reason])).toEqual(
      [
        ['good', 'completed', null],
        ['missing', 'skipped', expect.stringContaining('missing is not installed')],
        ['nonsense', 'failed', 'tool wrote something that is not JSON'],
        ['silent', 'failed', 'tool wrote something that is not JSON'],
        ['crashing', 'failed', 'crashing ended with exit code 2: fatal: no licence'],
        ['dying', 'failed', 'dying was killed by a signal'],
        ['hanging', 'timed_out', 'hanging did not end within 0.5 s'],
        ['broken', 'failed', expect.stringContaining('broken could not be started')],
        ['careless', 'failed', 'unexpected failure: no args'],
        ['defect', 'failed', 'unexpected failure: x is undefined'],
        ['slow', 'timed_out', 'slow did not end within 0.1 s'],
      ],
    );
    expect(result.outcomes[1]).toMatchObject({ installHint: 'install missing', version: null });
    expect(result.findings).toHaveLength(1);
    expect(result.isConclusive).toBe(true);
  });

  it('is not conclusive when no scanner completed', async () => {
    tool('crashing', 'process.exit(9)');
    const result = await scan([external('crashing'), external('missing')]);
    expect(result).toMatchObject({ findings: [], isConclusive: false });
    expect((await scan([])).isConclusive).toBe(false);
  });

  it('completes a scanner that finds nothing to read, without its tool', async () => {
    const result = await scan([external('missing', { appliesTo: () => false })]);
    expect(result.outcomes).toMatchObject([
      { status: 'completed', filesAssessed: 0, findingsCount: 0 },
    ]);
  });

  it('skips what needs the network when it is switched off', async () => {
    tool('online', printing(`'src/a.js'`));
    const scanner = external('online', { needsNetwork: () => true });
    const offline = await scan([scanner], { options: { semgrepRules: [], offline: true } });
    expect(offline.outcomes).toMatchObject([
      { status: 'skipped', reason: expect.stringContaining('network') },
    ]);
    expect((await scan([scanner])).outcomes).toMatchObject([{ status: 'completed' }]);
  });

  it('keeps a tool’s path out of the result when it lies outside the root, and says so', async () => {
    tool('outside', printing(`'/etc/passwd'`));
    const result = await scan([external('outside')]);
    expect(result.findings).toMatchObject([{ filePath: null }]);
    expect(JSON.stringify(result)).not.toContain('/etc/passwd');
    expect(result.outcomes[0]?.notes).toEqual([
      expect.stringContaining('outside the project root'),
    ]);
  });

  it('selects by type in registry order and reports progress in the order of events', async () => {
    tool('first', printing(`'src/a.js'`));
    const empty = (): Promise<ScannerReport> => Promise.resolve(NOTHING);
    const progress: ScanProgress[] = [];
    const scanners = [
      external('first'),
      external('missing'),
      builtin('second', empty),
      builtin('iac', empty, { scanType: 'iac' }),
    ];
    await scan(scanners, { lane: new SlotScheduler(1).lane(), progress });
    const told = progress.map((step) =>
      step.kind === 'scan-started'
        ? step.scanners.join()
        : step.kind === 'scanner-started'
          ? `started ${step.scanner}`
          : `ended ${step.outcome.scanner}`,
    );
    expect(told[0]).toBe('first,missing,second');
    expect([...told.slice(1)].sort(compareCodePoints)).toEqual([
      'ended first',
      'ended missing',
      'ended second',
      'started first',
      'started second',
    ]);
    expect(told.indexOf('started first')).toBeLessThan(told.indexOf('ended first'));
  });

  it('is cancelled within six seconds and leaves no process, no directory and no journal entry', async () => {
    const pidFile = join(base, 'pids');
    tool('hostile', forkingTool(pidFile, 'floods'));
    const cancel = new AbortController();
    const deaf = builtin('deaf', () => new Promise(() => undefined));
    const running = scan([external('hostile'), deaf], { signal: cancel.signal });
    expect(await eventually(() => notedPids(pidFile).length === 3, 10_000)).toBe(true);
    const cancelledAt = performance.now();
    cancel.abort();
    await expect(running).rejects.toBeInstanceOf(ScanCancelledError);
    expect(performance.now() - cancelledAt).toBeLessThan(6_000);
    expect(await eventually(() => !notedPids(pidFile).some(runs), 500)).toBe(true);
    expect(readdirSync(join(base, 'run'))).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('ends a git that is under way when it is cancelled', async () => {
    const pidFile = join(base, 'pids');
    mkdirSync(join(tree, '.git'));
    const source = `if (process.argv.includes('rev-parse')) process.exit(0);
      require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
    writeTool(tools, 'git', source);
    const asking = builtin('asking', async ({ git }) => {
      await git?.trackedFiles();
      return NOTHING;
    });
    const cancel = new AbortController();
    const running = scan([asking], { signal: cancel.signal });
    expect(await eventually(() => notedPids(pidFile).length === 1, 10_000)).toBe(true);
    cancel.abort();
    await expect(running).rejects.toBeInstanceOf(ScanCancelledError);
    expect(notedPids(pidFile).some(runs)).toBe(false);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('does not start for a signal that is already aborted', async () => {
    tool('first', printing(`'src/a.js'`));
    await expect(scan([external('first')], { signal: AbortSignal.abort() })).rejects.toBeInstanceOf(
      ScanCancelledError,
    );
  });

  it('passes on what its listener throws, once nothing runs any more', async () => {
    const pidFile = join(base, 'pids');
    tool(
      'waiting',
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`,
    );
    const target = await resolveTarget(tree, { cwd: '/' });
    const quick = builtin('quick', async () => {
      await eventually(() => existsSync(pidFile), 10_000);
      return NOTHING;
    });
    const request = { target, ...plainRequest(2) };
    const listener = (step: ScanProgress): void => {
      if (step.kind === 'scanner-ended') throw new RangeError('listener');
    };
    await expect(
      runScan(request, ports, listener, { scanners: [external('waiting'), quick] }),
    ).rejects.toThrow('listener');
    expect(notedPids(pidFile).some(runs)).toBe(false);
  });

  it('takes no tool from the scanned tree', async () => {
    const planted = join(tree, 'node_modules', '.bin');
    mkdirSync(planted, { recursive: true });
    writeTool(
      planted,
      'linter',
      `require('node:fs').writeFileSync(${JSON.stringify(join(base, 'proof'))}, '')`,
    );
    const hostile = createHostPorts({
      journalDirectory: join(base, 'run'),
      toolsDirectory: planted,
    });
    const target = await resolveTarget(tree, { cwd: '/' });
    const request = { target, ...plainRequest(2) };
    const result = await runScan(request, hostile, () => undefined, {
      scanners: [external('linter')],
    });
    expect(result.outcomes).toMatchObject([{ status: 'skipped' }]);
    expect(existsSync(join(base, 'proof'))).toBe(false);
  });
});
