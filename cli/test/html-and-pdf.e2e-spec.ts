import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { parse } from 'parse5';
import { SHOP, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(120_000);

let bench: Workbench;
let shop: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeTree('shop', SHOP);
});
afterEach(() => {
  bench.dispose();
});

describe('the report as HTML', () => {
  it('is a page without an error, the same on standard output and in a file, by either name', async () => {
    const file = join(bench.home, 'report.html');
    const direct = await bench.run(['scan', shop, '--output', 'html']);
    const toFile = await bench.run(['scan', shop, '-o', 'report-html', '--output-file', file]);
    expect([direct.code, toFile.code, toFile.stdout]).toEqual([0, 0, '']);
    expect(readFileSync(file, 'utf8')).toBe(direct.stdout);
    const errors: string[] = [];
    parse(direct.stdout, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    expect(direct.stdout).toContain('<h1>Security report</h1>');
    expect(direct.stdout).not.toContain(bench.directory);
    expect(direct.stdout).not.toContain('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('a PDF that cannot be', () => {
  /** A scanner that tells when it ran. */
  function watchedScanner(): string {
    const ran = join(bench.home, 'ran');
    bench.makeTool('semgrep', `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
    return ran;
  }

  it('is told before the scan where there is no browser, and what to do', async () => {
    const ran = watchedScanner();
    const { code, stdout, stderr } = await bench.run(['scan', shop, '--output', 'pdf']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/none is on PATH: install one.*SECURESCAN_CHROMIUM/u);
    expect(existsSync(ran)).toBe(false);
  });

  it('is told where the named browser is none, together with all else', async () => {
    const { code, stderr } = await bench.run(
      ['scan', shop, '--output', 'report-pdf', '--output-file', 'missing/report.pdf'],
      { env: { SECURESCAN_CHROMIUM: join(shop, 'Dockerfile') } },
    );
    expect(code).toBe(2);
    expect(stderr).toContain("must be the absolute path of a browser's program");
    expect(stderr).toContain('does not exist; make it first');
  });

  it('is no way for a tree to have its program run', async () => {
    const ran = join(bench.home, 'ran');
    bench.makeTool('chromium', `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '');`);
    const { code } = await bench.run(['scan', bench.directory, '--output', 'pdf']);
    expect(code).toBe(2);
    expect(existsSync(ran)).toBe(false);
  });

  it('leaves an earlier one as it is, and nothing else behind', async () => {
    bench.makeTool('chromium', 'console.error("out of luck"); process.exit(1);');
    const file = join(bench.home, 'report.pdf');
    writeFileSync(file, 'earlier');
    const env = { TMPDIR: bench.makeDirectory('tmp') };
    const line = ['scan', shop, '--output', 'pdf', '--output-file', file];
    const { code, stderr } = await bench.run(line, { env });
    expect(code).toBe(3);
    expect(stderr).toContain('The browser printed no PDF. Its last words: out of luck');
    expect(readFileSync(file, 'utf8')).toBe('earlier');
    expect(readdirSync(env.TMPDIR)).toEqual([]);
  });

  it('is no format of a comparison', async () => {
    const { code, stderr } = await bench.run(['diff', '--base-ref', 'HEAD', '-o', 'pdf'], {
      cwd: shop,
    });
    expect(code).toBe(2);
    expect(stderr).toContain('this command cannot write pdf');
  });
});

describeWithTool(['chromium'], 'the report as PDF', () => {
  it('is written whole, to a file and through a pipe', async () => {
    const file = join(bench.home, 'report.pdf');
    const chromium = findOnPath('chromium') ?? '';
    const variables = {
      // Debian's chromium is a script that calls other programs.
      PATH: [bench.bin, '/usr/bin', '/bin'].join(delimiter),
      TMPDIR: bench.makeDirectory('tmp'),
      SECURESCAN_CHROMIUM: chromium,
    };
    const types = ['--type', 'iac'];
    const line = ['scan', shop, ...types, '--output', 'pdf', '--output-file', file];
    const { code, stdout, stderr } = await bench.run(line, { env: variables });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain(`wrote ${file}`);
    const pdf = readFileSync(file, 'latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf.trimEnd().slice(-5)).toBe('%%EOF');
    expect(statSync(file).size).toBeGreaterThan(10_000);
    expect(readdirSync(variables.TMPDIR)).toEqual([]);
    const stored = join(bench.home, 'scan.json');
    await bench.run(['scan', shop, ...types, '-o', 'json', '--output-file', stored]);
    const piped = await bench.run(['report', stored, '-q', '-o', 'pdf'], { env: variables });
    expect(piped.stdout.slice(0, 5)).toBe('%PDF-');
    expect(piped.stderr).toBe('');
  });
});
