import { spawn, spawnSync } from 'node:child_process';
import { describeWithTool } from '@securescan/testing';
import { BUILT_CLI, endOf, PINNED_NODE, SHOP, Workbench, type Run } from './support';

jest.setTimeout(180_000);

/** Every address leads to the namespace itself, so that an attempt is not refused by the system before it is counted. */
const PREPARE =
  'ip link set lo up && ip address add 198.51.100.2/32 dev lo && ip route add default dev lo';
const TELL = 'cat /proc/net/snmp /proc/net/snmp6 >&2';

const TREE = {
  ...SHOP,
  'src/run.py': 'import subprocess\n\n\ndef run(text):\n    subprocess.call(text, shell=True)\n',
  'src/page.js': 'function show(text) {\n  document.body.innerHTML = eval(text);\n}\n',
};

interface Attempts {
  readonly connections: number;
  readonly datagrams: number;
}

/** What the namespace's own counters say was sent: a table of names and values for each protocol. */
function attemptsIn(counters: string): Attempts {
  const column = (protocol: string, name: string): number => {
    const [names = '', values = ''] = counters
      .split('\n')
      .filter((line) => line.startsWith(`${protocol}: `));
    return Number(values.split(' ')[names.split(' ').indexOf(name)]);
  };
  const ofVersion6 = Number(/^Udp6OutDatagrams\s+(\d+)$/mu.exec(counters)?.[1] ?? 0);
  return {
    connections: column('Tcp', 'ActiveOpens'),
    datagrams: column('Udp', 'OutDatagrams') + ofVersion6,
  };
}

/** Not every system lets its users make namespaces; one that does not is told like a program that is missing. */
const namespaces = spawnSync('unshare', ['-rn', 'true']).status === 0 ? [] : ['a namespace'];

describeWithTool(
  ['unshare', 'ip', 'semgrep', 'bandit', 'checkov', ...namespaces],
  'a machine without a network',
  () => {
    let bench: Workbench;
    beforeEach(() => {
      bench = new Workbench();
    });
    afterEach(() => {
      bench.dispose();
    });

    function run(program: string, args: readonly string[]): Promise<Run> {
      const env = { PATH: process.env['PATH'] ?? '', HOME: bench.home };
      return endOf(spawn(program, [...args], { cwd: bench.directory, env }));
    }

    async function runInside(args: readonly string[]): Promise<Run & { attempts: Attempts }> {
      const script = `${PREPARE} || exit 99; "$@"; code=$?; ${TELL}; exit $code`;
      const ended = await run('unshare', ['-rn', 'sh', '-c', script, 'sh', ...args]);
      expect(ended.code).not.toBe(99);
      return { ...ended, attempts: attemptsIn(ended.stderr) };
    }

    it('would show an attempt to reach another one', async () => {
      const attempt = `
      require('node:net').connect({ host: '203.0.113.9', port: 443, timeout: 300 }).on('timeout', () => process.exit()).on('error', () => process.exit());
      require('node:dgram').createSocket('udp4').send('x', 53, '203.0.113.9');`;
      const { attempts } = await runInside([PINNED_NODE, '-e', attempt]);
      expect(attempts).toEqual({ connections: 1, datagrams: 1 });
    });

    it('sees no connection of a scan, and the same bytes as any other', async () => {
      const tree = bench.makeTree('shop', TREE);
      const scan = [
        PINNED_NODE,
        BUILT_CLI,
        'scan',
        tree,
        ...['--type', 'code', '--type', 'iac'],
        '--output',
        'json',
      ];
      const inside = await runInside(scan);
      const outside = await run(PINNED_NODE, scan.slice(1));

      expect(inside.attempts).toEqual({ connections: 0, datagrams: 0 });
      expect([inside.code, outside.code]).toEqual([0, 0]);
      expect(inside.stdout).toBe(outside.stdout);
      const { scanner_outcomes: outcomes } = JSON.parse(inside.stdout) as {
        scanner_outcomes: { scanner: string; status: string }[];
      };
      expect(outcomes.map(({ scanner, status }) => [scanner, status])).toEqual([
        ['semgrep', 'completed'],
        ['bandit', 'completed'],
        ['checkov', 'completed'],
        ['secrets', 'completed'],
        ['dockerfile', 'completed'],
        ['git-hygiene', 'completed'],
      ]);
    });
  },
);
