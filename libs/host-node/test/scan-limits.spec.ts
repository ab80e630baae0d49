import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUDGETS, SCANNERS, SlotScheduler } from '@securescan/scan-engine';
import { ScanBench } from './scan-bench';
import { builtin, external, finding, NOTHING, printing } from './stand-ins';

jest.setTimeout(60_000);

describe('the limits of a scan', () => {
  let bench: ScanBench;

  beforeEach(() => {
    bench = new ScanBench();
    bench.write('src/a.js', 'one\n  eval(input) // here\nthree\n');
  });

  afterEach(() => bench.close());

  it('lets no more children run at once than there are slots, over all scans', async () => {
    const log = join(bench.base, 'log');
    const note = (word: string): string =>
      `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${word}\\n');`;
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) {
      const work = `${note('start')} setTimeout(() => { ${note('end')} console.log('[]'); }, 120);`;
      bench.tool(name, work);
    }
    const slots = new SlotScheduler(2);
    const scanners = names.map((name) => external(name));
    await Promise.all([1, 2].map(() => bench.scan(scanners, { lane: slots.lane() })));
    let running = 0;
    let most = 0;
    for (const word of readFileSync(log, 'utf8').trim().split('\n')) {
      running += word === 'start' ? 1 : -1;
      most = Math.max(most, running);
    }
    expect(running).toBe(0);
    expect(most).toBe(2);
  });

  it('takes the whole scan’s time from whoever still runs when it is up', async () => {
    bench.tool('quick', printing(`'src/a.js'`));
    bench.tool('slow', 'setInterval(() => {}, 1000)');
    const deaf = builtin('deaf', () => new Promise(() => undefined));
    const scanners = [external('quick'), external('slow'), deaf];
    const result = await bench.scan(scanners, { budgets: { ...BUDGETS, scanMs: 2_000 } });
    const reason = 'budget exceeded: the whole scan may take 2 s';
    expect(result.outcomes).toMatchObject([
      { scanner: 'quick', status: 'completed' },
      { scanner: 'slow', status: 'timed_out', reason },
      { scanner: 'deaf', status: 'timed_out', reason },
    ]);
    expect(result.findings).toHaveLength(1);
  });

  it('cuts what one scanner reports in the whole scan, and says so', async () => {
    const flood = builtin('flood', () =>
      Promise.resolve({ ...NOTHING, findings: [1, 2, 3].map((line) => finding('src/a.js', line)) }),
    );
    const result = await bench.scan([flood], { budgets: { ...BUDGETS, scannerFindings: 2 } });
    expect(result.findings.map(({ lineStart }) => lineStart)).toEqual([1, 2]);
    expect(result.outcomes).toMatchObject([
      {
        status: 'completed',
        findingsCount: 2,
        notes: ['budget exceeded: reported only the first 2 of 3 findings'],
      },
    ]);
  });

  it('cuts a file of nothing but secrets at the same place every time', async () => {
    bench.write('src/a.js', 'password="'.repeat(99_000));
    const secrets = SCANNERS.filter(({ name }) => name === 'secrets');
    const result = await bench.scan(secrets);
    expect(result.findings).toHaveLength(BUDGETS.fileFindings);
    const columns = result.findings.map(({ metadata }) => Number(metadata['column']));
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([11, 11 + 20 * 999]);
    expect(result.outcomes[0]?.filesSkipped).toEqual([
      {
        reason: `budget exceeded: reported only the first ${BUDGETS.fileFindings} findings of a file`,
        count: 1,
        paths: ['src/a.js'],
      },
    ]);
  });
});
