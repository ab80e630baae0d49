import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCodePoints } from '@securescan/core';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '..', '..');
const PARTS = [
  'libs',
  'server',
  'cli',
  'package.json',
  'tsconfig.json',
  '.prettierrc.json',
  '.prettierignore',
  'eslint.config.mjs',
];
const SCANNERS = 'libs/scan-engine/src/scanners';

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

interface TestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

describe('npm run gen:scanner', () => {
  let clone: string;

  beforeAll(() => {
    clone = realpathSync(mkdtempSync(join(tmpdir(), 'gen-scanner-')));
    for (const part of PARTS) cpSync(join(ROOT, part), join(clone, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
    // What a scanner may be imported by lies in the engine; the other parts see its registry only.
    write(
      'tsconfig.scanners.json',
      JSON.stringify({ extends: './tsconfig.json', include: ['libs/scan-engine/src'] }),
    );
    write(
      'jest.scanners.cjs',
      `module.exports = { ...require('./libs/tooling/jest.projects.cjs').node, roots: ['<rootDir>/libs/scan-engine'] };`,
    );
  });

  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ran {
    const result = spawnSync(process.execPath, [join(clone, program), ...args], {
      cwd: clone,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  const generate = (...args: string[]): Ran => run('libs/tooling/gen-scanner.mjs', args);

  const write = (path: string, text: string): void => {
    mkdirSync(join(clone, path, '..'), { recursive: true });
    writeFileSync(join(clone, path), text);
  };

  const replaceIn = (path: string, what: RegExp, by: string): void =>
    write(path, readFileSync(join(clone, path), 'utf8').replace(what, by));

  /** The titles of the tests of the scanners that fail. */
  function failures(environment: NodeJS.ProcessEnv = {}): string[] {
    const report = join(clone, 'report.json');
    const pattern = `${SCANNERS}/(?:scanners|linter|lookout|watch-dog)`;
    const jest = ['--config=jest.scanners.cjs', '--json', `--outputFile=${report}`];
    const args = [...jest, '--testPathPatterns', pattern];
    run('node_modules/jest/bin/jest.js', args, environment);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
    const all = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(all.length).toBeGreaterThan(40);
    return all.filter(({ status }) => status === 'failed').map(({ title }) => title);
  }

  it.each([
    [[], 'give one name in lower case'],
    [['Linter', '--type', 'code'], 'give one name in lower case'],
    [['../linter', '--type', 'code'], 'give one name in lower case'],
    [['linter', '--kin', 'file'], "Unknown option '--kin'"],
    [['secrets', '--type', 'code'], 'secrets is already in the registry'],
    [['linter'], '--type must be one of code, '],
    [['linter', '--type', 'cod'], '--type must be one of code, '],
    [['linter', '--type', 'code', '--kind', 'magic'], '--kind must be one of external, '],
    [['linter', '--type', 'code', '--after', 'nobody'], '--after names no scanner'],
    [['json-reader', '--type', 'code'], 'scanners/json-reader.ts is already there'],
  ])('refuses %j and writes nothing', (args, words) => {
    const registry = readFileSync(join(clone, 'libs/scan-engine/src/registry.ts'), 'utf8');
    const { status, output } = generate(...args);
    expect([status, output]).toEqual([2, expect.stringContaining(words)]);
    expect(output.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(clone, 'libs/scan-engine/src/registry.ts'), 'utf8')).toBe(registry);
  });

  it('makes scanners whose red tests are what is left to do', () => {
    expect(generate('linter', '--type', 'code', '--after', 'bandit').output).toContain(
      `${SCANNERS}/linter.ts`,
    );
    expect(generate('lookout', '--type', 'iac', '--kind', 'file').status).toBe(0);
    expect(generate('watch-dog', '--type', 'baseline', '--kind', 'builtin').status).toBe(0);
    const registry = readFileSync(join(clone, 'libs/scan-engine/src/registry.ts'), 'utf8');
    expect(registry).toContain('  banditScanner,\n  linterScanner,\n');
    expect(registry).toContain('  lookoutScanner,\n  watchDogScanner,\n];');

    const styled = run('node_modules/prettier/bin/prettier.cjs', [
      '--check',
      'libs/scan-engine/src',
    ]);
    expect(styled).toEqual({ status: 0, output: expect.any(String) });
    const typed = run('node_modules/typescript/bin/tsc', [
      '--noEmit',
      '-p',
      'tsconfig.scanners.json',
    ]);
    expect(typed).toEqual({ status: 0, output: '' });
    const linted = run('node_modules/eslint/bin/eslint.js', [
      ...['linter*', 'lookout', 'watch-dog'].map((name) => `${SCANNERS}/${name}`),
      'libs/scan-engine/src/registry.ts',
    ]);
    expect(linted).toEqual({ status: 0, output: '' });

    const open = [
      'finds what is there to find',
      'has output captured from the real tool',
      'says what it does',
    ];
    expect([...new Set(failures())].sort(compareCodePoints)).toEqual(open);

    const finding = {
      rule: 'L1',
      message: 'Bad. Very.',
      severity: 'high',
      file: '/project/a',
      line: 3,
    };
    const fixtures = `${SCANNERS}/__fixtures__`;
    write(`${fixtures}/linter/linter-1.0.json`, JSON.stringify({ findings: [finding] }));
    write(`${fixtures}/lookout/tree/src/a.txt`, 'one\na lookout example\n');
    write(`${fixtures}/watch-dog/tree/watch-dog-example`, '');
    for (const file of ['linter.ts', 'lookout/scanner.ts', 'watch-dog/scanner.ts']) {
      replaceIn(`${SCANNERS}/${file}`, /…/gu, 'this');
    }
    expect(failures({ UPDATE_GOLDENS: '1' })).toEqual([]);
    expect(failures()).toEqual([]);
  });
});
