import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScannerOutcome } from '@securescan/core';
import { describeWithTool } from '@securescan/testing';
import type { ScanResult } from '@securescan/scan-engine';
import { forkingTool, notedPids } from './hostile-tools';
import { ScanBench } from './scan-bench';
import { external, printing } from './stand-ins';

jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const GOOD = printing(`'src/a.js'`);
const NOT_JSON = 'tool wrote something that is not JSON';

/** Writes as many MiB to a descriptor as it takes, then does the rest. */
const writing = (descriptor: 1 | 2, mebibytes: number, then = ''): string => `
  const fs = require('node:fs');
  const block = Buffer.alloc(1 << 20, 'x');
  for (let count = 0; count < ${mebibytes}; count += 1) {
    for (let at = 0; at < block.length; ) {
      try { at += fs.writeSync(${descriptor}, block, at); } catch (error) { if (error.code !== 'EAGAIN') process.exit(9); }
    }
  }
  ${then}`;

describe('runScan with a hostile tool beside a good one', () => {
  let bench: ScanBench;

  beforeEach(() => {
    bench = new ScanBench();
    bench.write('src/a.js', 'one\n  eval(input) // here\nthree\n');
    bench.tool('good', GOOD);
  });

  afterEach(async () => {
    const leftovers = bench.leftovers();
    await bench.close();
    expect(leftovers).toEqual([]);
  });

  /** The outcome of the hostile tool, once it is certain that it cost the good one nothing. */
  function judged(result: ScanResult): ScannerOutcome | undefined {
    expect(result.outcomes[0]).toMatchObject({ status: 'completed', findingsCount: 1 });
    expect(result.findings).toMatchObject([{ filePath: 'src/a.js', lineStart: 2 }]);
    return result.outcomes[1];
  }

  async function scanWith(
    source: string,
    timeLimitMs = 20_000,
  ): Promise<ScannerOutcome | undefined> {
    bench.tool('hostile', source);
    return judged(await bench.scan([external('good'), external('hostile', { timeLimitMs })]));
  }

  it.each([
    ['prints nonsense', `console.log('<html>\\u001b[2J')`, NOT_JSON],
    ['prints JSON that is cut off', `process.stdout.write('[{"path":"src/a.js","li')`, NOT_JSON],
    ['prints JSON of another shape', `console.log('{"results":null}')`, NOT_JSON],
    [
      'prints bytes that are no text',
      `process.stdout.write(Buffer.from([0xff, 0, 0xfe]))`,
      NOT_JSON,
    ],
    ['prints nothing at all', '', NOT_JSON],
    ['prints JSON nested too deeply', `console.log('['.repeat(1e6))`, NOT_JSON],
    ['closes standard output and ends', `require('node:fs').closeSync(1)`, NOT_JSON],
  ])('%s: failed, and says so', async (_, source, reason) => {
    expect(await scanWith(source)).toMatchObject({ status: 'failed', reason, exitCode: 0 });
  });

  it.each([0, 1])('ends with exit code %d, which its scanner trusts: completed', async (code) => {
    const source = `${GOOD}; process.exitCode = ${code}`;
    expect(await scanWith(source)).toMatchObject({ status: 'completed', exitCode: code });
  });

  it.each([2, 7, 127, 255])('ends with exit code %d: failed, whatever it printed', async (code) => {
    const outcome = await scanWith(`${GOOD}; process.exitCode = ${code}`);
    const reason = `hostile ended with exit code ${code}`;
    expect(outcome).toMatchObject({ status: 'failed', reason, exitCode: code, findingsCount: 0 });
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGSEGV', 'SIGABRT'])('dies of %s: failed', async (signal) => {
    const source = `${GOOD}; process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`;
    const reason = 'hostile was killed by a signal';
    expect(await scanWith(source)).toMatchObject({ status: 'failed', reason, exitCode: null });
  });

  it.each([
    ['hangs', 'setInterval(() => {}, 1000)'],
    ['spins', 'for (;;);'],
    [
      'closes standard output and goes on',
      `require('node:fs').closeSync(1); setInterval(() => {}, 1000)`,
    ],
    ['prints a report and goes on', `${GOOD}; setInterval(() => {}, 1000)`],
    ['stops itself', `process.kill(process.pid, 'SIGSTOP'); setInterval(() => {}, 1000)`],
  ])('%s: out of time', async (_, source) => {
    const reason = 'hostile did not end within 0.8 s';
    expect(await scanWith(source, 800)).toMatchObject({ status: 'timed_out', reason });
  });

  it('forks, ignores SIGTERM and floods standard output: failed, and nothing of it runs', async () => {
    const pidFile = join(bench.base, 'pids');
    const outcome = await scanWith(forkingTool(pidFile, 'floods'));
    expect(outcome).toMatchObject({ status: 'failed', reason: 'hostile wrote more than 256 MiB' });
    expect(notedPids(pidFile)).toHaveLength(3);
  });

  it('leaves children behind that hold its pipes: completed, and nothing of them runs', async () => {
    const pidFile = join(bench.base, 'pids');
    const source = forkingTool(pidFile, 'ends').replace(`'done'`, `'[]'`);
    expect(await scanWith(source)).toMatchObject({ status: 'completed' });
    expect(notedPids(pidFile)).toHaveLength(3);
  });

  it('writes 1 GB to standard output: failed, in bounded memory', async () => {
    const growth = await peakGrowth(async () => {
      const outcome = await scanWith(writing(1, 1024));
      expect(outcome).toMatchObject({
        status: 'failed',
        reason: 'hostile wrote more than 256 MiB',
      });
    });
    expect(growth).toBeLessThan(448 * MIB);
  });

  it('writes 1 GB to standard error: completed, in bounded memory, with a short tail', async () => {
    const growth = await peakGrowth(async () => {
      const outcome = await scanWith(writing(2, 1024, GOOD), 50_000);
      expect(outcome).toMatchObject({ status: 'completed', findingsCount: 1 });
      expect(outcome?.stderrTail?.length).toBeLessThanOrEqual(4096);
    });
    expect(growth).toBeLessThan(192 * MIB);
  });

  it('says on standard error what would harm a terminal or a log: one plain line', async () => {
    const words = String.raw`'\u001b]0;title\u0007\u001b[2Jfatal:\u202e \u009b31mno licence\r\n'`;
    const outcome = await scanWith(`process.stderr.write(${words}); process.exitCode = 3`);
    expect(outcome?.reason).toMatch(/^hostile ended with exit code 3: fatal: [ -~]*no licence$/u);
    expect(outcome?.stderrTail).toMatch(/^[ -~]+$/u);
  });

  it('puts a link in the place of a file that it reports: its target is not read', async () => {
    const outside = join(bench.base, 'outside.txt');
    bench.tool('good', GOOD);
    bench.tool(
      'hostile',
      `const fs = require('node:fs'); const path = process.argv[2] + '/src/a.js';
      fs.writeFileSync(${JSON.stringify(outside)}, 'one\\nnot part of the tree\\n');
      fs.rmSync(path); fs.symlinkSync(${JSON.stringify(outside)}, path); ${GOOD}`,
    );
    const result = await bench.scan([external('hostile')]);
    expect(result.findings).toMatchObject([{ filePath: 'src/a.js' }]);
    expect(JSON.stringify(result)).not.toContain('not part of the tree');
  });

  it('names files that are not there and lines that do not exist: findings without source', async () => {
    const lines = [
      ['src/missing.js', 1],
      ['src/a.js', 99],
      ['src', 1],
    ].map(([path, line]) => ({ path, line }));
    bench.tool('hostile', `console.log(${JSON.stringify(JSON.stringify(lines))})`);
    const result = await bench.scan([external('hostile')]);
    expect(result.outcomes).toMatchObject([{ status: 'completed', findingsCount: 3 }]);
    expect(JSON.stringify(result.findings)).not.toContain('eval(input)');
  });
});

describeWithTool(['bwrap'], 'runScan with a hostile tool in the sandbox', () => {
  it('writes to the tree: it cannot, and the outcome tells', async () => {
    const bench = new ScanBench({ sandbox: true });
    bench.write('src/a.js', 'eval(input)\n');
    const source = `require('node:fs').writeFileSync(process.argv[2] + '/planted', ''); ${GOOD}`;
    bench.tool('hostile', source);
    const { outcomes } = await bench.scan([external('hostile')]);
    expect(outcomes).toMatchObject([{ status: 'failed', exitCode: 1 }]);
    expect(existsSync(join(bench.tree, 'planted'))).toBe(false);
    expect(bench.leftovers()).toEqual([]);
    await bench.close();
  });
});

/** By how many bytes this process grew at most while the work was done. */
async function peakGrowth(work: () => Promise<void>): Promise<number> {
  const residentBytes = (): number =>
    Number(/VmRSS:\s+(\d+)/u.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
  const before = residentBytes();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, residentBytes())), 20);
  await work();
  clearInterval(watch);
  return peak - before;
}
