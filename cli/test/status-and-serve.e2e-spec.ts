import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '@securescan/api-client';
import { endOf, ROOT, SHOP, waitFor, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

describe('status', () => {
  it('is a table of every scanner', async () => {
    bench.makeTool('bandit', '');
    const { code, stdout, stderr } = await bench.run(['status']);
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^Scanner +Type +Available +Version +Network +Details$/);
    expect(lines).toContainEqual(expect.stringMatching(/^bandit +code +yes +9\.9\.9 +no /));
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^semgrep +code +no +- +no +semgrep is not installed; install it with: /,
      ),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^secrets +code +yes +\d\S+ +no +built in$/),
    );
  });

  it('--json has the shape of the API', async () => {
    const { code, stdout } = await bench.run(['status', '--json'], {
      env: { SECURESCAN_FAKE_NOW: '2026-01-31T12:00:00Z' },
    });
    expect(code).toBe(0);
    const status = JSON.parse(stdout);
    expect(status.checked_at).toBe('2026-01-31T12:00:00.000Z');
    expect(status.scanners).toContainEqual(
      expect.objectContaining({ name: 'dockerfile', scan_type: 'iac', available: true }),
    );
    expect(status.scanners).toContainEqual(
      expect.objectContaining({ name: 'bandit', needs_network: false, installable: true }),
    );
  });
});

it('status names who needs the network with the rules that are set', async () => {
  const { stdout } = await bench.run(['status'], { env: { SECURESCAN_SEMGREP_RULES: 'p/ci' } });
  expect(stdout).toMatch(/^semgrep +code +no +- +yes /m);
});

describe('serve', () => {
  it('says what to do where the server is not built', async () => {
    const install = bench.makeDirectory('install');
    for (const part of ['dist/cli', 'dist/libs', 'package.json']) {
      cpSync(join(ROOT, part), join(install, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(install, 'node_modules'));
    // A server in the working directory is not ours.
    const cwd = bench.makeTree('tree', { 'dist/server/main.js': 'console.log("not ours");' });
    const { code, stdout, stderr } = await bench.run(['serve'], {
      cwd,
      entry: join(install, 'dist/cli/src/main.js'),
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `securescan: The server is not built: run "npm run build" in ${install} first.\n`,
    );
  });

  it('starts the server on a free port, answers, scans for a client, and stops on SIGTERM', async () => {
    const shop = bench.makeTree('home/shop', SHOP);
    const child = bench.start(['serve', '--port', '0'], {
      env: { SECURESCAN_SCAN_ROOTS: bench.home },
    });
    const end = endOf(child);
    let output = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (text: string) => (output += text));
    const baseUrl = await waitFor(() => /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]);
    expect((await fetch(`${baseUrl}/health`)).status).toBe(200);

    const client = new ApiClient({ baseUrl });
    const scan = await client.createScan({ target_path: shop, scan_types: ['iac'] });
    const events: string[] = [];
    for await (const { event } of client.scanEvents(scan.id, {
      signal: AbortSignal.timeout(20_000),
    }))
      events.push(event);
    expect(events.at(0)).toBe('scan.start');
    expect(events.at(-1)).toBe('scan.complete');
    const findings = [];
    for await (const finding of client.listFindings(scan.id, { limit: 1 })) findings.push(finding);
    expect(findings.length).toBe((await client.getScan(scan.id)).findings_count);
    expect(findings.length).toBeGreaterThan(1);

    child.kill('SIGTERM');
    const { code, signal } = await end;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    await expect(fetch(`${baseUrl}/health`)).rejects.toThrow();
  });
});
