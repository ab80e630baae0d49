import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endOf, findOlderNode, isRunning, PINNED_NODE, SHOP, waitFor, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

let bench: Workbench;
let shop: string;
let pidFile: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeTree('shop', SHOP);
  pidFile = join(bench.home, 'pids');
});
afterEach(() => {
  bench.dispose();
});

/** Hangs together with a child, both deaf to polite signals, and notes the two pids. */
const HANGS = (file: string): string => `
const deaf = "for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(s, () => {}); setInterval(() => {}, 1000);";
const child = require('node:child_process').spawn(process.execPath, ['-e', deaf], { stdio: 'ignore' });
require('node:fs').writeFileSync(${JSON.stringify(file)}, process.pid + ' ' + child.pid + ' end');
eval(deaf);`;

function notedPids(): number[] | null {
  const text = existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '';
  return text.endsWith('end') ? text.split(' ').slice(0, 2).map(Number) : null;
}

const olderNode = findOlderNode();

describe.each([PINNED_NODE, ...(olderNode === null ? [] : [olderNode])])(
  'Ctrl-C under %s',
  (node) => {
    it('ends with 130 and leaves nothing behind', async () => {
      bench.makeTool('semgrep', HANGS(pidFile));
      const child = bench.start(['scan', shop], { node });
      const end = endOf(child);
      const pids = await waitFor(notedPids);
      expect(pids.every(isRunning)).toBe(true);
      // A terminal sends the signal to the whole group in the foreground.
      process.kill(-child.pid!, 'SIGINT');
      const { code, signal, stdout, stderr } = await end;
      expect({ code, signal, stdout }).toEqual({ code: 130, signal: null, stdout: '' });
      expect(stderr).toContain('securescan: interrupted, stopping the scanners');
      expect(pids.filter(isRunning)).toEqual([]);
    });
  },
);

describe('an end from outside', () => {
  it('SIGTERM stops the scanners, too', async () => {
    bench.makeTool('semgrep', HANGS(pidFile));
    const child = bench.start(['scan', shop, '--quiet']);
    const end = endOf(child);
    const pids = await waitFor(notedPids);
    child.kill('SIGTERM');
    expect((await end).code).toBe(130);
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('SIGTERM stops who lists packages in our place, too', async () => {
    bench.makeTool('syft', HANGS(pidFile));
    const child = bench.start(['sbom', shop, '--with', 'syft']);
    const end = endOf(child);
    const pids = await waitFor(notedPids);
    child.kill('SIGTERM');
    expect(await end).toMatchObject({ code: 130, stdout: '' });
    expect(pids.filter(isRunning)).toEqual([]);
  });

  it('a reader that has seen enough changes nothing about the verdict, and there is no complaint', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`service-${index}/Dockerfile`, SHOP.Dockerfile]),
    );
    const tree = bench.makeTree('many', files);
    const child = bench.start([
      'scan',
      tree,
      '--quiet',
      '--output',
      'json',
      '--fail-on-severity',
      'info',
    ]);
    child.stdout!.once('data', () => child.stdout!.destroy());
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect([code, stderr]).toEqual([1, '']);
  });
});
