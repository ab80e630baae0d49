import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { renderDocument, toScanDocument, type ScanDocument } from '@securescan/core';
import { SCANNERS, type ScanResult } from '@securescan/scan-engine';
import { describeWithTool } from '@securescan/testing';
import { armTree, MUTES, TRAPS } from './hostile-trees';
import { CANARY, ScanBench, snapshot } from './scan-bench';

jest.setTimeout(60_000);

const TOOLS = ['semgrep', 'bandit', 'git'];
const PYTHON = 'import pickle\n\npickle.loads(input())\n';
const JAVASCRIPT = 'const run = (text) => eval(text);\n';
const KEY = `key = "${['AKIA', 'Q3EGRZ7XWHN5TBLA'].join('')}"\n`;

const ALL_COMPLETED = SCANNERS.filter(({ scanType }) => scanType === 'code').map(({ name }) => [
  name,
  'completed',
  null,
]);

const statuses = ({ outcomes }: ScanResult): unknown[] =>
  outcomes.map(({ scanner, status, reason }) => [scanner, status, reason]);

/** The scanners that reported something in a file, whether or not what they said became one finding. */
function reporters({ findings }: ScanResult, path: string): string[] {
  const here = findings.filter(({ filePath }) => filePath === path);
  const names = here.flatMap(({ aliases }) => aliases.map(({ scanner }) => scanner));
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
}

describeWithTool(TOOLS, 'a scan of a tree that is armed with everything that runs code', () => {
  let bench: ScanBench;
  let result: ScanResult;
  let before: string[];
  let after: string[];

  beforeAll(async () => {
    const path = process.env['PATH'] ?? '';
    bench = new ScanBench();
    const planted = join(bench.tree, 'node_modules', '.bin');
    process.env['PATH'] = [planted, 'node_modules/.bin', '.', path].join(delimiter);
    bench.write('src/service.py', PYTHON);
    bench.write('src/page.js', JAVASCRIPT);
    bench.write('src/settings.py', KEY);
    armTree(bench);
    before = snapshot(bench.tree);
    result = await bench.scan();
    after = snapshot(bench.tree);
  });

  afterAll(() => bench.close());

  it('ends with every scanner completed', () => {
    expect(statuses(result)).toEqual(ALL_COMPLETED);
  });

  it.each(TRAPS.map(({ name }) => name))('runs nothing because of %s', (name) => {
    const trap = TRAPS.find((one) => one.name === name);
    const sprung = trap?.canaries.filter((canary) => existsSync(join(bench.base, canary)));
    expect(sprung).toEqual([]);
  });

  it.each(MUTES)('finds the same in spite of %s', (_, path, scanner) => {
    expect(reporters(result, path)).toContain(scanner);
  });

  it('tells nothing of our environment', () => {
    expect(JSON.stringify(result)).not.toContain(CANARY);
  });

  it('leaves the tree as it was, and nothing beside it', () => {
    expect(after).toEqual(before);
    expect(bench.leftovers()).toEqual([]);
    expect(readdirSync(bench.base).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'home',
      'outside',
      'run',
      'shop',
      'tmp',
      'tools',
    ]);
  });

  it('was armed: git itself walks into the traps', () => {
    const before = TRAPS.flatMap(({ canaries }) => canaries);
    const env = { PATH: '/usr/bin:/bin', HOME: bench.base };
    bench.write('src/tracked.py', 'changed\n');
    spawnSync('git', ['status'], { cwd: bench.tree, env });
    spawnSync('git', ['add', '--force', 'src/tracked.py'], { cwd: bench.tree, env });
    const sprung = before.filter((canary) => existsSync(join(bench.base, canary)));
    expect(sprung.length).toBeGreaterThan(1);
  });
});

describeWithTool(TOOLS, 'a scan of a tree with what is no plain file', () => {
  let bench: ScanBench;
  let result: ScanResult;
  let durationMs: number;
  const hasDevices = process.getuid?.() === 0;

  beforeAll(async () => {
    bench = new ScanBench();
    bench.write('src/service.py', PYTHON);
    bench.write('src/page.js', JAVASCRIPT);
    const outside = join(bench.base, 'outside');
    mkdirSync(outside);
    for (const [name, text] of [
      ['secret.py', PYTHON + KEY],
      ['secret.js', JAVASCRIPT + KEY],
      ['.gitignore', '*\n'],
    ] as const) {
      writeFileSync(join(outside, name), text);
    }
    const inTree = (name: string): string => join(bench.tree, name);
    for (const end of ['py', 'js']) {
      symlinkSync(join(outside, `secret.${end}`), inTree(`link.${end}`));
      symlinkSync('/dev/zero', inTree(`endless.${end}`));
      symlinkSync(`loop.${end}`, inTree(`loop.${end}`));
      execFileSync('mkfifo', [inTree(`pipe.${end}`)]);
      if (hasDevices) execFileSync('mknod', [inTree(`device.${end}`), 'c', '1', '5']);
      bench.write(`sparse.${end}`, '');
      truncateSync(inTree(`sparse.${end}`), 10 * 1024 ** 3);
    }
    execFileSync('mkfifo', [inTree('.env')]);
    symlinkSync(outside, inTree('directory'));
    symlinkSync('..', inTree('src/up'));
    symlinkSync(join(outside, '.gitignore'), inTree('.gitignore'));
    const startedAt = performance.now();
    result = await bench.scan(SCANNERS.map((scanner) => ({ ...scanner, timeLimitMs: 30_000 })));
    durationMs = performance.now() - startedAt;
  });

  afterAll(() => bench.close());

  it('ends in time, with every scanner completed', () => {
    expect(statuses(result)).toEqual(ALL_COMPLETED);
    expect(durationMs).toBeLessThan(30_000);
    expect(bench.leftovers()).toEqual([]);
  });

  it('finds what is in the plain files', () => {
    expect(reporters(result, 'src/service.py')).toContain('bandit');
    expect(reporters(result, 'src/page.js')).toContain('semgrep');
  });

  it.each([
    ['links to files outside', /^link\./u],
    ['links to directories outside', /^directory/u],
    ['links in a loop', /^(?:loop|src\/up)/u],
    ['links to devices', /^endless/u],
    ['FIFOs', /^(?:pipe|\.env)/u],
    ['device files', /^device/u],
    ['sparse files of 10 GB', /^sparse/u],
  ])('reports nothing from %s', (_, pattern) => {
    const paths = result.findings.map(({ filePath }) => filePath ?? '');
    expect(paths.filter((path) => pattern.test(path))).toEqual([]);
  });

  it('says what was not read', () => {
    const secrets = result.outcomes.find(({ scanner }) => scanner === 'secrets');
    expect(secrets?.notes).toEqual(
      expect.arrayContaining(['pipe.py: not a regular file', '9 symbolic links were not followed']),
    );
    for (const { scanner, filesSkipped } of result.outcomes.slice(1, 3)) {
      const reasons = filesSkipped.filter(({ paths }) => paths.includes('sparse.py'));
      expect([scanner, reasons.map(({ reason }) => reason)]).toEqual([
        scanner,
        ['budget exceeded: larger than 1 MB'],
      ]);
    }
  });
});

describeWithTool(TOOLS, 'a scan of a tree with 20 000 files', () => {
  it('ends in time, reads every one, and finds what is in the last', async () => {
    const bench = new ScanBench();
    for (let at = 0; at < 200; at += 1) {
      for (let index = 0; index < 100; index += 1)
        bench.write(`d${at}/f${index}.txt`, `${index}\n`);
    }
    bench.write('z/service.py', PYTHON);
    const startedAt = performance.now();
    const result = await bench.scan();
    const durationMs = performance.now() - startedAt;
    await bench.close();
    expect(statuses(result)).toEqual(ALL_COMPLETED);
    expect(result.outcomes.map(({ filesAssessed }) => filesAssessed)).toEqual(
      expect.arrayContaining([1, 20_001]),
    );
    expect(reporters(result, 'z/service.py')).toContain('bandit');
    expect(durationMs).toBeLessThan(40_000);
  });
});

const NAMES = {
  newline: 'new\nline.py',
  'a carriage return': 'car\rriage.py',
  'ANSI escapes': '\u001b[31mred\u001b[0m\u001b]0;title\u0007.py',
  'C1 controls': '\u009b31m\u0085.py',
  'marks that turn the direction of text': '\u202egnp\u2066.py',
  Markdown: '**bold** [x](javascript:alert(1)) `code` | # .py',
  HTML: '<img src=x onerror=alert(1)>"\'&amp;.py',
  'a workflow command': '::error::owned %0A.py',
  'a leading dash': '--config=evil.py',
  'a comma and a wildcard': 'a,b*[c]?.py',
  'an ending that is an option of nobody': ' .py',
};

describeWithTool(TOOLS, 'a scan of a tree with hostile names', () => {
  let bench: ScanBench;
  let result: ScanResult;

  beforeAll(async () => {
    bench = new ScanBench();
    bench.write('plain.py', PYTHON);
    for (const name of Object.values(NAMES))
      bench.write(`${name.slice(0, -3)} d/${name}`, PYTHON + KEY);
    bench.write('\u001b[2J\n/.env', 'TOKEN=x\n');
    for (const name of ['bad\\xff.py', 'bad\\xff\\x1b[2J.js']) {
      const bytes = Buffer.from(
        name.replaceAll('\\xff', '\u00ff').replaceAll('\\x1b', '\u001b'),
        'latin1',
      );
      writeFileSync(Buffer.concat([Buffer.from(`${bench.tree}/`), bytes]), PYTHON + KEY);
    }
    result = await bench.scan();
  });

  afterAll(() => bench.close());

  function rendered(format: 'text' | 'json' | 'sarif'): string {
    const document: ScanDocument = toScanDocument({
      toolVersion: '1.0.0',
      target: '.',
      project: null,
      scanTypes: ['code'],
      ...result,
    });
    return renderDocument(format, document);
  }

  it('ends with every scanner completed', () => {
    expect(statuses(result)).toEqual(ALL_COMPLETED);
    expect(reporters(result, 'plain.py')).toContain('bandit');
  });

  it.each(Object.entries(NAMES))('finds what is in a file whose name has %s', (_, name) => {
    const path = `${name.slice(0, -3)} d/${name}`.normalize('NFC');
    expect(reporters(result, path)).toEqual(expect.arrayContaining(['bandit', 'secrets']));
  });

  it.each(['text', 'json', 'sarif'] as const)('shows no name unescaped as %s', (format) => {
    const text = rendered(format);
    expect(text).toContain(format === 'text' ? 'new line.py' : 'line.py');
    const raw = format === 'text' ? /[^\P{C}\n]/u : /[\u0000-\u0009\u000b-\u001f\u007f]/u;
    expect(raw.exec(text)).toBeNull();
    const begins = /^\s*(?:line\.py|riage\.py)/mu;
    expect(begins.exec(text)).toBeNull();
    if (format !== 'text') expect(() => JSON.parse(text) as unknown).not.toThrow();
  });

  it('gives viewers of SARIF no Markdown and no HTML, and addresses that are percent-encoded', () => {
    const sarif = rendered('sarif');
    const uris = [...sarif.matchAll(/"uri":\s*("(?:[^"\\]|\\.)*")/gu)].map(([, uri]) => uri);
    expect(uris.length).toBeGreaterThan(0);
    expect(uris.filter((uri) => !/^"[\w%.~!*'()\/:#?=&@+,;-]*"$/u.test(uri ?? ''))).toEqual([]);
  });

  it('keeps notes and reasons to one plain line each', () => {
    const lines = result.outcomes.flatMap(({ notes, filesSkipped, reason }) => [
      ...notes,
      ...filesSkipped.flatMap((group) => [group.reason, ...group.paths]),
      reason ?? '',
    ]);
    expect(lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line))).toEqual([]);
  });

  it('counts files whose names are no UTF-8 as skipped', () => {
    const secrets = result.outcomes.find(({ scanner }) => scanner === 'secrets');
    const groups = secrets?.filesSkipped.filter(({ reason }) => reason === 'its name is not UTF-8');
    expect(groups).toMatchObject([{ count: 2 }]);
  });
});
