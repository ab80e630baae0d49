import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runScan, ScanCancelledError, type BuiltinScanner } from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { builtin, plainRequest } from './stand-ins';

describe('a scanner that works through a service', () => {
  let base: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'service-test-')));
    ports = createHostPorts({ journalDirectory: join(base, 'run') });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  /** Begins something elsewhere, and takes a moment to end it again. */
  function remote(begun: () => void, ended: () => void, timeLimitMs: number): BuiltinScanner {
    const inspect: BuiltinScanner['inspect'] = async ({ signal }) => {
      const over = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      begun();
      await over;
      await delay(20);
      ended();
      throw signal.reason;
    };
    const service = { installHint: 'start it', version: () => Promise.resolve('1') };
    return builtin('remote', inspect, { scanType: 'dast', service, timeLimitMs });
  }

  const request = (signal: AbortSignal): Parameters<typeof runScan>[0] => ({
    ...plainRequest(1),
    target: null,
    scanTypes: ['dast'],
    signal,
  });

  it('may end what it began there before a cancelled scan is over', async () => {
    const cancel = new AbortController();
    let isEnded = false;
    const scanner = remote(
      () => cancel.abort(),
      () => (isEnded = true),
      20_000,
    );
    const scan = runScan(request(cancel.signal), ports, () => undefined, { scanners: [scanner] });
    await expect(scan).rejects.toBeInstanceOf(ScanCancelledError);
    expect(isEnded).toBe(true);
  });

  it('may do so when its time is up, too', async () => {
    let isEnded = false;
    const scanner = remote(
      () => undefined,
      () => (isEnded = true),
      20,
    );
    const { signal } = new AbortController();
    const { outcomes } = await runScan(request(signal), ports, () => undefined, {
      scanners: [scanner],
    });
    expect(outcomes).toMatchObject([{ status: 'timed_out' }]);
    expect(isEnded).toBe(true);
  });
});
