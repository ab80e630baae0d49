import {
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
import { ScanCancelledError, SlotScheduler, type ScanProgress } from '@securescan/scan-engine';
import { readBillText, type BillPart } from '../src/bill/stored-bill';
import { enginePorts } from '../src/engine-ports';
import { NodeProcessRunner } from '../src/process-runner';
import { RunJournal } from '../src/run-journal';
import { BillOfScan } from '../src/scan-thread/bill-of-scan';
import { ScanThreads } from '../src/scan-thread/scan-threads';
import type { ScanConclusion, ScanOrder } from '../src/scan-thread/thread-messages';
import type { ThreadLimits, ThreadUse } from '../src/scan-thread/threaded-scan';
import { openToolLocator } from '../src/tool-locator';
import { NodeWorkspaceFactory } from '../src/workspaces';
import { eventually, isRunning } from './eventually';
import { forkingTool, notedPids, writeTool } from './hostile-tools';

jest.setTimeout(60_000);

const LIMITS: ThreadLimits = { heapMb: 256, silenceMs: 20_000, cancelPatienceMs: 8_000 };

const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));

describe('a scan in a thread', () => {
  let base: string;
  let temporary: string;
  let slots: SlotScheduler;
  let threads: ScanThreads;
  let findings: string[];
  let progress: ScanProgress[];
  const { TMPDIR } = process.env;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'threads-')));
    temporary = join(base, 'tmp');
    for (const name of ['tree', 'tools', 'tmp', 'run']) mkdirSync(join(base, name));
    process.env['TMPDIR'] = temporary;
    writeFileSync(join(base, 'tree', 'a.js'), 'text\n');
    slots = new SlotScheduler(1);
    findings = [];
    progress = [];
    open();
  });

  afterEach(async () => {
    await threads.close();
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    rmSync(base, { recursive: true, force: true });
  });

  function open(limits: Partial<ThreadLimits> = {}): void {
    const journal = new RunJournal(join(base, 'run'));
    threads = new ScanThreads({
      settings: { toolsDirectory: join(base, 'tools'), installedTools: join(base, 'none') },
      lenders: {
        processes: new NodeProcessRunner(journal),
        workspaces: new NodeWorkspaceFactory(journal),
      },
      entry: join(__dirname, 'thread-of-oddities.cjs'),
      limits: { ...LIMITS, ...limits },
    });
  }

  function scan(scanner: string, use: Partial<ThreadUse> = {}): Promise<ScanConclusion> {
    const root = join(base, 'tree');
    const order: ScanOrder = {
      target: { root, path: root, project: 'threads' },
      scanTypes: ['code'],
      options: { semgrepRules: [] },
      billCreated: null,
      today: '2026-01-31',
      scanners: [scanner],
    };
    return threads.run(order, {
      lane: slots.lane(),
      signal: new AbortController().signal,
      onProgress: (step) => progress.push(step),
      onFindings: (batch) => {
        findings.push(...batch.map(({ filePath }) => filePath ?? ''));
        return Promise.resolve();
      },
      onBill: () => Promise.resolve(),
      ...use,
    });
  }

  /** The one slot is free again, and nothing is left on disk. */
  async function expectNothingHeld(): Promise<void> {
    const free = slots.lane().run(() => Promise.resolve(true), AbortSignal.timeout(5_000));
    await expect(free).resolves.toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(join(base, 'run'))).toEqual([]);
  }

  it('hands over its findings in order, five hundred at a time, and its conclusion last', async () => {
    const sizes: number[] = [];
    const conclusion = await scan('many', {
      onFindings: (batch) => {
        sizes.push(batch.length);
        findings.push(...batch.map(({ filePath }) => filePath ?? ''));
        return Promise.resolve();
      },
    });
    expect(sizes).toEqual([500, 500, 500, 500, 500]);
    expect(findings).toEqual([...findings].sort((a, b) => (a < b ? -1 : 1)));
    expect(conclusion).toMatchObject({ isConclusive: true, summary: { totalFindings: 2_500 } });
    expect(progress.map(({ kind }) => kind)).toEqual([
      'scan-started',
      'scanner-started',
      'scanner-ended',
    ]);
  });

  it('hands over the bill of a large tree as one that no other thread has made', async () => {
    const packages = Object.fromEntries(
      Array.from({ length: 2_500 }, (_, index) => [
        `node_modules/package-${index}`,
        { version: `1.${index}.0`, license: 'MIT' },
      ]),
    );
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });
    writeFileSync(join(base, 'tree', 'package-lock.json'), lock);
    const parts: BillPart[] = [];
    await scan('many', {
      onBill: (some) => Promise.resolve(void parts.push(...some)),
    });
    expect(parts[0]).toMatchObject({ kind: 'head', head: { componentCount: 2_500 } });
    const texts = await Promise.all(
      parts.slice(1).map(async (part) => (part.kind === 'text' ? readBillText(part.bytes) : '')),
    );
    expect(texts.join('').match(/pkg:npm\/package-2499@1\.2499\.0"/g)?.length).toBeGreaterThan(2);
  });

  it('says why there is no bill', async () => {
    const gone = join(base, 'gone');
    const processes = new NodeProcessRunner(new RunJournal(join(base, 'run')));
    const workspaces = new NodeWorkspaceFactory(new RunJournal(join(base, 'run')));
    const tools = openToolLocator({ toolsDirectory: null, installedTools: join(base, 'none') });
    const reasons: string[] = [];
    const bill = new BillOfScan(
      {
        target: { root: gone, path: gone, project: 'threads' },
        scanTypes: ['code'],
        billCreated: null,
      },
      enginePorts({ processes, workspaces, tools }),
      {
        project: null,
        signal: new AbortController().signal,
        onMissing: (reason) => reasons.push(reason),
      },
    );
    await expect(bill.parts()).resolves.toEqual([]);
    expect(reasons).toEqual([expect.stringContaining('nothing to scan')]);
  });

  it('ends with what its listener throws, and another scan goes well', async () => {
    const full = (): Promise<void> => Promise.reject(new RangeError('disk full'));
    await expect(scan('many', { onFindings: full })).rejects.toThrow('disk full');
    await expect(scan('many')).resolves.toMatchObject({ isConclusive: true });
  });

  it('runs tools through the thread that asked for it, one for each slot', async () => {
    const source = `if (process.argv[2] === '--version') console.log('1.5'); else process.stdout.write('ü'.repeat(100000))`;
    writeTool(join(base, 'tools'), 'odd-tool', source);
    const { outcomes } = await scan('tool');
    expect(outcomes).toMatchObject([
      { status: 'completed', version: '1.5', notes: ['100000 characters'] },
    ]);
    await expectNothingHeld();
  });

  it('asks a tool for its version once, whatever the number of scans', async () => {
    const log = join(base, 'log');
    const source = `require('node:fs').appendFileSync(${JSON.stringify(log)}, process.argv[2] + '.'); console.log('1.5')`;
    writeTool(join(base, 'tools'), 'odd-tool', source);
    await scan('tool');
    await scan('tool');
    expect(readFileSync(log, 'utf8').split('--version').length - 1).toBe(1);
  });

  it('is ended together with its thread where a step never comes back', async () => {
    open({ silenceMs: 3_000 });
    await expect(scan('stuck')).rejects.toThrow(
      'budget exceeded: one step of the scan took more than 3 s',
    );
    await expectNothingHeld();
    await expect(scan('many')).resolves.toMatchObject({ isConclusive: true });
  });

  it('is ended together with its thread where it eats all memory, and we live on', async () => {
    await expect(scan('greedy')).rejects.toThrow(
      'budget exceeded: more than 256 MB of memory for one scan',
    );
    await expectNothingHeld();
  });

  it('is cancelled although its thread is stuck', async () => {
    open({ cancelPatienceMs: 500 });
    const cancel = new AbortController();
    const onProgress = (step: ScanProgress): void => {
      if (step.kind === 'scanner-started') cancel.abort();
    };
    await expect(scan('stuck', { signal: cancel.signal, onProgress })).rejects.toBeInstanceOf(
      ScanCancelledError,
    );
    await expectNothingHeld();
  });

  it('is cancelled with all that its tool forked', async () => {
    const pidFile = join(base, 'pids');
    writeTool(join(base, 'tools'), 'odd-tool', forkingTool(pidFile, 'waits'));
    const cancel = new AbortController();
    const running = scan('tool', { signal: cancel.signal });
    expect(await eventually(() => notedPids(pidFile).length >= 3, 10_000)).toBe(true);
    cancel.abort();
    await expect(running).rejects.toBeInstanceOf(ScanCancelledError);
    expect(notedPids(pidFile).some(runs)).toBe(false);
    await expectNothingHeld();
  });

  it('fails when its thread is closed, and leaves nothing', async () => {
    const pidFile = join(base, 'pids');
    writeTool(join(base, 'tools'), 'odd-tool', forkingTool(pidFile, 'waits'));
    const running = scan('tool');
    const failure = expect(running).rejects.toThrow('broke down');
    expect(await eventually(() => notedPids(pidFile).length >= 3, 10_000)).toBe(true);
    await threads.close();
    await failure;
    // They are killed by now; on a busy machine the last of them needs a moment to go.
    expect(await eventually(() => !notedPids(pidFile).some(runs), 2_000)).toBe(true);
    await expectNothingHeld();
  });
});
