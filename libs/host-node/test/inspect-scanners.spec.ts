import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectScanners, runScan } from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { resolveTarget } from '../src/target';
import { writeTool } from './hostile-tools';
import { answeringVersion, builtin, external, plainRequest } from './stand-ins';

describe('inspectScanners with real tools', () => {
  let base: string;
  let tools: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'inspect-scanners-')));
    tools = join(base, 'tools');
    mkdirSync(tools);
    ports = createHostPorts({ journalDirectory: join(base, 'run'), toolsDirectory: tools });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  it('asks a tool for its version once, until the tool is replaced', async () => {
    const log = join(base, 'calls');
    const source = (version: string): string =>
      `require('node:fs').appendFileSync(${JSON.stringify(log)}, process.argv[2] + '\\n'); console.log(process.argv[2] === '--version' ? '${version}' : '[]')`;
    writeTool(tools, 'linter', source('1.0'));
    const versions = async (): Promise<unknown> =>
      (await inspectScanners(ports, [external('linter')]))[0]?.version;
    expect([await versions(), await versions()]).toEqual(['1.0', '1.0']);
    expect(readFileSync(log, 'utf8')).toBe('--version\n');
    rmSync(join(tools, 'linter'));
    writeTool(tools, 'linter', source('2.10'));
    expect(await versions()).toBe('2.10');
    mkdirSync(join(base, 'tree'));
    const target = await resolveTarget(join(base, 'tree'), { cwd: '/' });
    const request = { target, ...plainRequest(2) };
    const scanners = [external('linter')];
    const { outcomes } = await runScan(request, ports, () => undefined, { scanners });
    expect(outcomes[0]?.version).toBe('2.10');
  });

  it('inspects which scanners can run', async () => {
    writeTool(tools, 'good', answeringVersion(''));
    writeTool(tools, 'broken', `console.error('cannot import yaml'); process.exit(1)`);
    const status = await inspectScanners(ports, [
      external('good'),
      external('missing'),
      external('broken'),
      builtin('own', () => Promise.reject(new TypeError())),
    ]);
    expect(
      status.map(({ name, available, version, message, install_hint }) => [
        name,
        available,
        version,
        message,
        install_hint,
      ]),
    ).toEqual([
      ['good', true, '1.2', 'good is available', null],
      ['missing', false, null, 'missing is not installed', 'install missing'],
      [
        'broken',
        false,
        null,
        'broken is installed but does not run: exit code 1: cannot import yaml',
        'install broken',
      ],
      ['own', true, expect.stringMatching(/^\d+\./u), 'built in', null],
    ]);
  });
});
