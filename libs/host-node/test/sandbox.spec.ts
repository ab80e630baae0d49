import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import {
  BUDGETS,
  runScan,
  SlotScheduler,
  type ProcessResult,
  type ScanResult,
} from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';

jest.setTimeout(120_000);

describeWithTool(['bwrap'], 'a tool in the sandbox', () => {
  let base: string;
  let tree: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-')));
    tree = join(base, 'tree');
    mkdirSync(tree);
    mkdirSync(join(base, 'tools'));
    writeFileSync(join(tree, 'a.txt'), 'text of the tree');
    ports = createHostPorts({ journalDirectory: join(base, 'run'), sandbox: true });
  });

  afterEach(() => {
    rmSync(base, { recursive: true, force: true });
  });

  /** Runs a shell script as the engine would run a tool. */
  function run(script: string, network = false, timeoutMs = 20_000): Promise<ProcessResult> {
    const tool = join(base, 'tools', 'tool.sh');
    writeFileSync(tool, `#!/bin/sh\n${script}\n`);
    chmodSync(tool, 0o755);
    return ports.workspaces.withWorkspace((workspace) =>
      ports.processes.run({
        executable: tool,
        args: [],
        cwd: workspace,
        env: { ...ports.childEnvironment({ network }), HOME: workspace },
        isolation: { readable: [tree], network },
        timeoutMs,
        maxOutputBytes: 1_000_000,
        signal: new AbortController().signal,
      }),
    );
  }

  it('reads the tree and cannot change it', async () => {
    const { stdout } = await run(
      `cat ${tree}/a.txt; echo; echo x 2>/dev/null > ${tree}/b.txt || echo refused`,
    );
    expect(stdout).toBe('text of the tree\nrefused\n');
  });

  it('has an empty home, may write there, and sees neither the real one nor anybody’s files', async () => {
    const canary = mkdtempSync(join(homedir(), '.sandbox-canary-'));
    try {
      const { stdout } = await run(
        `ls -A "$HOME" | wc -l; touch "$HOME/own" && echo wrote; ls ${canary} 2>/dev/null || echo gone; ls /etc/passwd ${base}/run 2>/dev/null || echo hidden`,
      );
      expect(stdout.replaceAll(' ', '')).toBe('0\nwrote\ngone\nhidden\n');
    } finally {
      rmSync(canary, { recursive: true });
    }
  });

  it('has no capability, even as the administrator, so that nothing read-only can be made writable', async () => {
    const { stdout } = await run(
      `grep CapEff /proc/self/status; mount -o remount,rw,bind ${tree} 2>/dev/null; touch ${tree}/c.txt 2>/dev/null || echo refused`,
    );
    expect(stdout).toMatch(/^CapEff:\s*0+\nrefused\n$/u);
  });

  it('cannot write beside its home and the temporary directory', async () => {
    const { stdout } = await run(
      'for d in / /usr /etc /proc/sys/kernel; do touch $d/canary 2>/dev/null && echo wrote $d; done; echo x 2>/dev/null > /proc/sys/kernel/hostname && echo named; touch /tmp/own && echo own',
    );
    expect(stdout).toBe('own\n');
  });

  it('sees no private key of the machine', async () => {
    const { stdout } = await run('ls /etc/ssl/private 2>/dev/null || echo hidden');
    expect(stdout).toBe('hidden\n');
  });

  it('sees no process but its own', async () => {
    const { stdout } = await run(`[ -e /proc/${process.pid}/environ ] && echo seen || echo unseen`);
    expect(stdout).toBe('unseen\n');
  });

  describe('beside a server on this machine', () => {
    let server: Server;
    let calls: number;

    beforeEach(async () => {
      calls = 0;
      server = createServer((_request, response) => {
        calls += 1;
        response.end('hello');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });

    afterEach(() => {
      server.close();
    });

    const connecting = (): string =>
      `/usr/bin/env perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => ${(server.address() as AddressInfo).port}, Timeout => 3) or exit 1; print $s "GET / HTTP/1.0\\r\\n\\r\\n"; print scalar <$s>;' && echo reached || echo refused`;

    it('reaches it only where the scanner needs the network', async () => {
      expect((await run(connecting())).stdout).toContain('refused');
      expect(calls).toBe(0);
      expect((await run(connecting(), true)).stdout).toContain('reached');
      expect(calls).toBe(1);
    });
  });

  it('leaves no process when its time is up', async () => {
    const marker = `77${String(process.pid)}.5`;
    const result = await run(`trap '' TERM; sleep ${marker} & sleep ${marker}`, false, 500);
    expect(result.end).toBe('timed_out');
    const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(processes).not.toContain(`sleep ${marker}`);
  });

  it('is told where bubblewrap is missing, before anything runs', () => {
    const path = process.env['PATH'];
    process.env['PATH'] = base;
    try {
      expect(() => createHostPorts({ sandbox: true })).toThrow('is not on PATH: install it');
    } finally {
      process.env['PATH'] = path;
    }
  });
});

describeWithTool(['bwrap', 'semgrep', 'bandit'], 'real scanners in the sandbox', () => {
  it('find the same as without it', async () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'sandbox-')));
    const tree = join(base, 'tree');
    cpSync(join(__dirname, '../../scan-engine/src/scanners/__fixtures__/bandit/tree'), tree, {
      recursive: true,
    });
    const scan = async (sandbox: boolean): Promise<ScanResult> =>
      runScan(
        {
          target: await resolveTarget(tree, { cwd: '/' }),
          scanTypes: ['code'],
          scanners: ['semgrep', 'bandit'],
          options: { semgrepRules: [] },
          lane: new SlotScheduler(2).lane(),
          signal: new AbortController().signal,
        },
        createHostPorts({ journalDirectory: join(base, 'run'), sandbox }),
        () => undefined,
        { budgets: BUDGETS },
      );
    try {
      const [inside, outside] = [await scan(true), await scan(false)];
      expect(inside.outcomes).toMatchObject([
        { scanner: 'semgrep', status: 'completed' },
        { scanner: 'bandit', status: 'completed' },
      ]);
      expect(inside.findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(inside.findings)).toBe(JSON.stringify(outside.findings));
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});
