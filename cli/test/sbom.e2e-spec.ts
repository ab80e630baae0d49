import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

const FIXTURES = join(ROOT, 'libs/core/src/sbom/__fixtures__');

let bench: Workbench;
let shop: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeDirectory('shop');
  cpSync(join(FIXTURES, 'npm-3'), shop, { recursive: true });
  cpSync(join(FIXTURES, 'yarn-1'), join(shop, 'farm'), { recursive: true });
});
afterEach(() => {
  bench.dispose();
});

interface Bom {
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: { readonly name: string };
    readonly tools: { readonly components: readonly { readonly name: string }[] };
  };
  readonly components: readonly {
    readonly purl: string;
    readonly evidence: { readonly occurrences: readonly { readonly location: string }[] };
  }[];
}

const bomOf = (text: string): Bom => JSON.parse(text) as Bom;

describe('sbom', () => {
  it('is CycloneDX of every lock file, and all chatter is elsewhere', async () => {
    const { code, stdout, stderr } = await bench.run(['sbom'], { cwd: shop });
    expect(code).toBe(0);
    const bom = bomOf(stdout);
    expect(bom.metadata.component.name).toBe('lantern-shop');
    expect(bom.metadata.timestamp).toBeUndefined();
    const places = bom.components.map(({ evidence }) => evidence.occurrences[0]?.location);
    expect(new Set(places)).toEqual(new Set(['package-lock.json', 'farm/yarn.lock']));
    expect(stderr).toContain('securescan: package-lock.json: 1 dependency named but not locked\n');
    expect(stderr).toMatch(/securescan: listed \d+ packages from 2 files\n$/u);
  });

  it.each(['cyclonedx', 'spdx'])(
    '--output %s is the same bytes wherever the tree stands and whoever asks',
    async (format) => {
      const elsewhere = join(bench.makeDirectory('some where/else'), 'other-name');
      cpSync(shop, elsewhere, { recursive: true });
      const first = await bench.run(['sbom', '--output', format], { cwd: shop });
      const second = await bench.run(['sbom', elsewhere, '-o', format, '--quiet'], {
        env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' },
      });
      expect([first.code, second.code, second.stderr]).toEqual([0, 0, '']);
      expect(second.stdout).toBe(first.stdout);
      expect(first.stdout).not.toContain(bench.directory);
    },
  );

  it('goes to a file, is called what the line or the configuration says, and has the time that was chosen', async () => {
    writeFileSync(join(shop, '.securescan.yml'), 'project: from-config\n');
    const file = join(bench.directory, 'bom.json');
    const env = { SOURCE_DATE_EPOCH: '1770000000' };
    const { code, stdout, stderr } = await bench.run(['sbom', shop, '--output-file', file], {
      env,
    });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`; wrote ${file}`);
    const bom = bomOf(readFileSync(file, 'utf8'));
    expect(bom.metadata.component.name).toBe('from-config');
    expect(bom.metadata.timestamp).toBe('2026-02-02T02:40:00Z');
    const pinned = await bench.run(['sbom', shop, '--project', 'from-line'], {
      env: { ...env, SECURESCAN_FAKE_NOW: '2026-01-31T12:00:00Z' },
    });
    expect(bomOf(pinned.stdout).metadata.component.name).toBe('from-line');
    expect(bomOf(pinned.stdout).metadata.timestamp).toBe('2026-01-31T12:00:00Z');
  });

  it('ends with 3 where a lock file cannot be read, says which even when quiet, and lists the others', async () => {
    writeFileSync(join(shop, 'farm/yarn.lock'), '<<<<<<< HEAD\n');
    mkdirSync(join(shop, 'linked'));
    symlinkSync(join(FIXTURES, 'pnpm-9/pnpm-lock.yaml'), join(shop, 'linked/pnpm-lock.yaml'));
    const { code, stdout, stderr } = await bench.run(['sbom', '--quiet'], { cwd: shop });
    expect(code).toBe(3);
    expect(bomOf(stdout).components.length).toBeGreaterThan(5);
    expect(stdout).toContain('"aggregate": "incomplete"');
    expect(stderr.split('\n')).toEqual([
      'securescan: farm/yarn.lock: not read, it is not a lock file as yarn writes it',
      'securescan: linked/pnpm-lock.yaml: not read, not a regular file',
      '',
    ]);
  });

  it('is empty, and says so, where there is nothing to read', async () => {
    const { code, stdout, stderr } = await bench.run(['sbom', bench.makeDirectory('empty')]);
    expect([code, bomOf(stdout).components]).toEqual([0, []]);
    expect(stderr).toContain('securescan: no lock file was found\n');
  });

  it.each([
    [['sbom', 'nowhere'], {}, 'There is nothing to scan at "nowhere"'],
    [['sbom', '--output', 'xml'], {}, 'Allowed choices are cyclonedx, spdx'],
    [['sbom'], { SOURCE_DATE_EPOCH: 'yesterday' }, 'SOURCE_DATE_EPOCH must be a whole number'],
    [['sbom', '--output-file', 'no/where.json'], {}, '--output-file no/where.json'],
  ])('%j is refused with 2', async (args, env, words) => {
    const { code, stdout, stderr } = await bench.run(args, { cwd: shop, env });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

describe('sbom --with syft', () => {
  const BOM = {
    components: [
      {
        'bom-ref': 'a',
        type: 'library',
        name: 'elm',
        purl: 'pkg:deb/debian/elm@1?arch=amd64',
        properties: [{ name: 'syft:location:0:path', value: '/var/lib/dpkg/status' }],
      },
    ],
  };

  it('lists what syft lists, and names it; what is installed alone changes nothing', async () => {
    const before = await bench.run(['sbom', shop, '--quiet']);
    bench.makeTool(
      'syft',
      `const calls = { args: process.argv.slice(2), home: process.env.HOME, cwd: process.cwd(), update: process.env.SYFT_CHECK_FOR_APP_UPDATE };
       require('node:fs').writeFileSync(${JSON.stringify(join(bench.directory, 'calls'))}, JSON.stringify(calls));
       process.stdout.write(${JSON.stringify(JSON.stringify(BOM))});`,
    );
    expect((await bench.run(['sbom', shop, '--quiet'])).stdout).toBe(before.stdout);
    const { code, stdout } = await bench.run(['sbom', shop, '--with', 'syft']);
    expect(code).toBe(0);
    const bom = bomOf(stdout);
    expect(bom.metadata.tools.components.map(({ name }) => name)).toEqual(['SecureScan', 'syft']);
    expect(bom.components.map(({ purl }) => purl)).toEqual(['pkg:deb/debian/elm@1?arch=amd64']);
    expect(bom.components[0]?.evidence.occurrences[0]?.location).toBe('var/lib/dpkg/status');
    const calls = JSON.parse(readFileSync(join(bench.directory, 'calls'), 'utf8')) as {
      args: string[];
      home: string;
      cwd: string;
      update: string;
    };
    expect(calls.args.slice(0, 3)).toEqual(['scan', shop, '--output=cyclonedx-json']);
    expect(calls.update).toBe('false');
    expect(calls.home).not.toBe(bench.home);
    expect(calls.cwd).toBe(calls.home);
  });

  it.each([
    ['it is not installed', null, 'syft is not installed'],
    ['it fails', 'console.error("no cataloger"); process.exit(1);', 'syft failed: no cataloger.'],
    ['it writes something else', 'console.log("hello");', 'The output of syft cannot be read'],
  ])('ends with 3 where %s', async (_case, source, words) => {
    if (source !== null) bench.makeTool('syft', source);
    const { code, stdout, stderr } = await bench.run(['sbom', shop, '--with', 'syft']);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(words);
  });
});
