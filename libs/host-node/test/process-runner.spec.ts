import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessRequest } from '@securescan/scan-engine';
import { NodeProcessRunner } from '../src/process-runner';
import { RunJournal } from '../src/run-journal';
import { eventually, isRunning } from './eventually';
import { forkingTool, notedPids, writeTool } from './hostile-tools';

jest.setTimeout(30_000);

const runs = (pid: number): boolean => isRunning(pid, (path) => readFileSync(path, 'utf8'));

describe('NodeProcessRunner', () => {
  let directory: string;
  let runner: NodeProcessRunner;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'runner-test-'));
    runner = new NodeProcessRunner(null, 300);
  });

  afterEach(async () => {
    await runner.killAll();
    rmSync(directory, { recursive: true, force: true });
  });

  function node(source: string, changes: Partial<ProcessRequest> = {}): ProcessRequest {
    return {
      executable: process.execPath,
      args: ['-e', source],
      cwd: directory,
      env: {},
      timeoutMs: 20_000,
      maxOutputBytes: 1024 * 1024,
      signal: new AbortController().signal,
      ...changes,
    };
  }

  it('gives output, exit code and the end of standard error', async () => {
    const source = `process.stdout.write('grüße'); process.stderr.write('e'.repeat(9000) + 'end'); process.exitCode = 3`;
    const result = await runner.run(node(source));
    expect(result).toMatchObject({ end: 'exited', exitCode: 3, stdout: 'grüße' });
    expect(result.stderrTail).toHaveLength(4096);
    expect(result.stderrTail.endsWith('end')).toBe(true);
    expect(result.durationMs).toBeGreaterThan(0);
  });

  it('does not cut a character in two where chunks meet', async () => {
    const source = `const b = Buffer.from('€'); process.stdout.write(b.subarray(0, 1)); setTimeout(() => process.stdout.write(b.subarray(1)), 50)`;
    expect((await runner.run(node(source))).stdout).toBe('€');
  });

  it('gives a child nothing but the environment that was asked for, no shell and no standard input', async () => {
    const source = `process.stdin.on('data', () => {}).on('end', () => console.log(JSON.stringify([Object.keys(process.env).sort(), process.argv[1]])))`;
    const result = await runner.run(
      node('', { args: ['-e', source, '$(id); `id`'], env: { ONLY: 'this' } }),
    );
    expect(JSON.parse(result.stdout)).toEqual([['ONLY', 'SECURESCAN_RUN_MARK'], '$(id); `id`']);
  });

  it('feeds standard input, and survives a child that does not read it', async () => {
    const echo = await runner.run(node('process.stdin.pipe(process.stdout)', { stdin: 'a\0b' }));
    expect(echo.stdout).toBe('a\0b');
    const deaf = await runner.run(node('process.exit(4)', { stdin: 'x'.repeat(1_000_000) }));
    expect(deaf).toMatchObject({ end: 'exited', exitCode: 4 });
  });

  it('shows output as it comes and keeps none of it', async () => {
    const chunks: Buffer[] = [];
    const source = `process.stdout.write('x'.repeat(300_000)); process.exitCode = 3`;
    const result = await runner.stream(node(source), (chunk) => chunks.push(Buffer.from(chunk)));
    expect(result).toMatchObject({ end: 'exited', exitCode: 3, stdout: [] });
    expect(Buffer.concat(chunks).toString()).toBe('x'.repeat(300_000));
    expect(chunks.length).toBeGreaterThan(1);
  });

  it('counts what it shows', async () => {
    let bytes = 0;
    const source = `for (;;) require('node:fs').writeSync(1, 'x'.repeat(10_000))`;
    const request = node(source, { maxOutputBytes: 200_000 });
    const result = await runner.stream(request, ({ length }) => (bytes += length));
    expect(result).toMatchObject({ end: 'output_too_large', exitCode: null });
    expect(bytes).toBeLessThanOrEqual(200_000);
  });

  it('ends the group where its output is refused, and then says why', async () => {
    const pids = join(directory, 'pids');
    const source = `require('node:fs').writeFileSync(${JSON.stringify(pids)}, String(process.pid)); process.stdout.write('x'); setInterval(() => {}, 1000)`;
    let calls = 0;
    const run = runner.stream(node(source), () => {
      calls += 1;
      throw new RangeError('no room');
    });
    await expect(run).rejects.toThrow('no room');
    expect(calls).toBe(1);
    expect(runs(Number(readFileSync(pids, 'utf8')))).toBe(false);
  });

  it.each([
    ['a missing program', { executable: '/nowhere/tool' }, /ENOENT/],
    ['a NUL byte in an argument', { args: ['a\0b'] }, /null bytes/i],
  ])('says why %s did not start', async (_, changes, reason) => {
    const result = await runner.run(node('', changes));
    expect(result).toMatchObject({ end: 'not_started', exitCode: null });
    expect(result.stderrTail).toMatch(reason);
  });

  it('does not start anything for a signal that is already aborted', async () => {
    const result = await runner.run(node('', { signal: AbortSignal.abort() }));
    expect(result.end).toBe('cancelled');
  });

  it('ends at the time limit', async () => {
    const result = await runner.run(node('setInterval(() => {}, 1000)', { timeoutMs: 200 }));
    expect(result).toMatchObject({ end: 'timed_out', exitCode: null, stdout: '' });
    expect(result.durationMs).toBeLessThan(3_000);
  });

  it('ends a child that writes more than it may', async () => {
    const flood = `process.stdout.on('error', () => process.exit()); setInterval(() => process.stdout.write('x'.repeat(65536)), 1)`;
    const result = await runner.run(node(flood, { maxOutputBytes: 1_000_000 }));
    expect(result).toMatchObject({ end: 'output_too_large', exitCode: null, stdout: '' });
  });

  it('leaves nothing of a tool that forks, ignores SIGTERM and floods standard output', async () => {
    const pidFile = join(directory, 'pids');
    const tool = writeTool(directory, 'hostile', forkingTool(pidFile, 'floods'));
    const cancel = new AbortController();
    // With the delay that the product has between the two signals.
    const running = new NodeProcessRunner().run(
      node('', { executable: tool, args: [], maxOutputBytes: 2 ** 40, signal: cancel.signal }),
    );
    expect(await eventually(() => notedPids(pidFile).length === 3, 10_000)).toBe(true);
    const cancelledAt = performance.now();
    cancel.abort();
    const rssAtCancel = process.memoryUsage().rss;
    const result = await running;
    expect(result.end).toBe('cancelled');
    expect(await eventually(() => !notedPids(pidFile).some(runs), 1_000)).toBe(true);
    expect(performance.now() - cancelledAt).toBeLessThan(6_000);
    expect(process.memoryUsage().rss - rssAtCancel).toBeLessThan(64 * 1024 * 1024);
  });

  it('keeps its memory bounded while it discards a flood', async () => {
    const pidFile = join(directory, 'pids');
    const tool = writeTool(directory, 'hostile', forkingTool(pidFile, 'floods'));
    const before = process.memoryUsage().rss;
    const result = await runner.run(
      node('', { executable: tool, args: [], maxOutputBytes: 16 * 1024 * 1024 }),
    );
    expect(result.end).toBe('output_too_large');
    expect(notedPids(pidFile).some(runs)).toBe(false);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 * 1024);
  });

  it('is not held up by grandchildren that keep the pipes open, and ends them', async () => {
    const pidFile = join(directory, 'pids');
    const tool = writeTool(directory, 'forker', forkingTool(pidFile, 'ends'));
    const result = await runner.run(node('', { executable: tool, args: [] }));
    expect(result).toMatchObject({ end: 'exited', exitCode: 0, stdout: 'done' });
    expect(notedPids(pidFile)).toHaveLength(3);
    expect(await eventually(() => !notedPids(pidFile).some(runs), 1_000)).toBe(true);
  });

  it('ends all that runs on killAll', async () => {
    const pidFile = join(directory, 'pids');
    const tool = writeTool(directory, 'waiter', forkingTool(pidFile, 'waits'));
    const both = [1, 2].map(() => runner.run(node('', { executable: tool, args: [] })));
    expect(await eventually(() => notedPids(pidFile).length === 6, 10_000)).toBe(true);
    await runner.killAll();
    expect((await Promise.all(both)).map((result) => result.end)).toEqual([
      'cancelled',
      'cancelled',
    ]);
    expect(await eventually(() => !notedPids(pidFile).some(runs), 1_000)).toBe(true);
  });

  it('journals a group while it runs, and no longer', async () => {
    const journal = join(directory, 'run');
    const journalled = new NodeProcessRunner(new RunJournal(journal));
    const cancel = new AbortController();
    const running = journalled.run(node('setInterval(() => {}, 1000)', { signal: cancel.signal }));
    expect(readdirSync(journal)).toHaveLength(1);
    cancel.abort();
    await running;
    expect(readdirSync(journal)).toHaveLength(0);
  });
});
