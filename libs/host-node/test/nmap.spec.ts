import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';
import { runScan, type ScanOptions, type ScanResult } from '@securescan/scan-engine';
import { describeWithTool } from '@securescan/testing';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { plainRequest } from './stand-ins';

jest.setTimeout(60_000);

const SSH = 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n';
const FTP = '220 (vsFTPd 3.0.5)\r\n';

describeWithTool(['nmap'], 'nmap against ports of this machine', () => {
  let base: string;
  let ports: NodeHostPorts;
  let servers: Server[];

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'nmap-test-')));
    ports = createHostPorts({ journalDirectory: join(base, 'run') });
    servers = [];
  });

  afterEach(async () => {
    await ports.killAll();
    for (const server of servers) server.close();
    rmSync(base, { recursive: true, force: true });
  });

  /** Opens a port that greets; gives its number. */
  async function listen(address: string, greeting: string, port = 0): Promise<number> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(greeting);
    });
    await new Promise<void>((resolve) => server.listen(port, address, resolve));
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  function scan(
    targetHost: string,
    numbers: readonly number[],
    tools: ScanOptions['tools'] = { networkTargets: ['127.0.0.0/8', '::1'] },
  ): Promise<ScanResult> {
    const nmapArguments = ['-p', numbers.join(','), '-T4'];
    const request = {
      ...plainRequest(2),
      target: null,
      scanTypes: ['network' as const],
      scanners: ['nmap'],
      options: { semgrepRules: [], targetHost, tools: { nmapArguments, ...tools } },
    };
    return runScan(request, ports, () => undefined);
  }

  const told = ({ findings }: ScanResult): string[] =>
    findings.map(({ severity, ruleId, metadata }) => {
      const facts = ['host_addr', 'service', 'product'].map((key) => metadata[key] as string);
      return [severity, ruleId, ...facts].join(' ');
    });

  it('tells what answers at an address, and of closed ports nothing', async () => {
    const ssh = await listen('127.0.0.1', SSH);
    const ftp = await listen('127.0.0.1', FTP);
    const closed = await listen('127.0.0.1', '');
    servers.pop()?.close();
    const result = await scan('127.0.0.1', [ssh, ftp, closed]);
    expect(result.outcomes).toMatchObject([
      { status: 'completed', exitCode: 0, version: expect.stringMatching(/^\d+\.\d+/), notes: [] },
    ]);
    expect(told(result)).toEqual([
      `high open-port-${ftp} 127.0.0.1 ftp vsftpd`,
      `info open-port-${ssh} 127.0.0.1 ssh OpenSSH`,
    ]);
    expect(result.findings[0]).toMatchObject({
      cwe: 'CWE-319',
      filePath: null,
      metadata: { target_host: '127.0.0.1', port: ftp, protocol: 'tcp', version: '3.0.5' },
    });
  });

  it('reaches a name by its address, and IPv6', async () => {
    const four = await listen('127.0.0.1', SSH);
    expect(told(await scan('localhost', [four]))).toEqual([
      `info open-port-${four} 127.0.0.1 ssh OpenSSH`,
    ]);
    const six = await listen('::1', SSH);
    expect(told(await scan('::1', [six]))).toEqual([`info open-port-${six} ::1 ssh OpenSSH`]);
  });

  it('keeps the same port of several hosts of a range apart', async () => {
    const port = await listen('127.0.0.1', SSH);
    await listen('127.0.0.2', SSH, port);
    const result = await scan('127.0.0.0/30', [port]);
    expect([...told(result)].sort(compareCodePoints)).toEqual([
      `info open-port-${port} 127.0.0.1 ssh OpenSSH`,
      `info open-port-${port} 127.0.0.2 ssh OpenSSH`,
    ]);
    expect(new Set(result.findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it('leaves a host alone that the operator did not name', async () => {
    let isReached = false;
    const port = await listen('127.0.0.1', SSH);
    servers[0]?.on('connection', () => (isReached = true));
    const result = await scan('127.0.0.1', [port], { networkTargets: ['192.0.2.0/24'] });
    expect(result.outcomes).toMatchObject([
      { status: 'skipped', reason: expect.stringContaining('SECURESCAN_NETWORK_TARGETS') },
    ]);
    expect(isReached).toBe(false);
  });

  // Within it nobody may make packets of his own, root or not.
  describeWithTool(['bwrap'], 'in the sandbox', () => {
    it('finds the same', async () => {
      const port = await listen('127.0.0.1', SSH);
      ports = createHostPorts({ journalDirectory: join(base, 'run'), sandbox: true });
      expect(told(await scan('127.0.0.1', [port]))).toEqual([
        `info open-port-${port} 127.0.0.1 ssh OpenSSH`,
      ]);
    });
  });
});
