import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runScan, type ScanResult } from '@securescan/scan-engine';
import { createHostPorts, type NodeHostPorts } from '../src/host-ports';
import { plainRequest } from './stand-ins';

describe('licences of what is really installed', () => {
  let base: string;
  let ports: NodeHostPorts;

  beforeEach(() => {
    base = realpathSync(mkdtempSync(join(tmpdir(), 'licenses-test-')));
    ports = createHostPorts({ journalDirectory: join(base, 'run') });
  });

  afterEach(async () => {
    await ports.killAll();
    rmSync(base, { recursive: true, force: true });
  });

  function write(path: string, content: string): void {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }

  function link(path: string, to: string): void {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    symlinkSync(to, join(base, path));
  }

  async function scan(): Promise<ScanResult> {
    const root = join(base, 'shop');
    const request = {
      ...plainRequest(1),
      target: { root, path: root, project: 'shop' },
      scanTypes: ['dependency' as const],
      scanners: ['licenses'],
    };
    return runScan(request, ports, () => undefined);
  }

  const manifest = (name: string): string =>
    JSON.stringify({ name, version: '1.0.0', license: 'GPL-3.0' });

  it('are read through links within the tree, and through none that leads out', async () => {
    const names = ['here', 'out', 'above'];
    const packages = names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]);
    write('shop/package-lock.json', JSON.stringify({ packages: Object.fromEntries(packages) }));
    write('shop/store/here/package.json', manifest('here'));
    write('elsewhere/out/package.json', manifest('out'));
    write('elsewhere/above/package.json', manifest('above'));
    link('shop/node_modules/here', '../store/here');
    link('shop/node_modules/out', join(base, 'elsewhere/out'));
    link('shop/node_modules/above', '../../elsewhere/above');
    write(
      'shop/.venv/lib/python3.12/site-packages/a-1.dist-info/METADATA',
      'Name: a\nLicense: GPL',
    );
    link('shop/.venv/lib64', 'lib');
    write(
      'elsewhere/env/lib/python3.12/site-packages/b-1.dist-info/METADATA',
      'Name: b\nLicense: GPL',
    );
    link('shop/venv', join(base, 'elsewhere/env'));
    const { findings, outcomes } = await scan();
    expect(findings.map(({ title }) => title)).toEqual([
      'a is licensed under GPL-1.0-or-later, which is copyleft',
      'here 1.0.0 is licensed under GPL-3.0-only, which is copyleft',
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'completed', filesAssessed: 2 });
  });
});
