import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProjectConfig } from '@securescan/core';
import { describeWithTool, findOnPath } from '@securescan/testing';
import { parse } from 'yaml';
import { BUILT_CLI, endOf, PINNED_NODE, waitFor, Workbench } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

const WORKFLOW = '.github/workflows/securescan.yml';
const BASELINE = '.securescan/baseline.json';

let bench: Workbench;
let shop: string;
beforeEach(() => {
  bench = new Workbench();
  shop = bench.makeTree('shop', { 'package.json': '{}' });
});
afterEach(() => {
  bench.dispose();
});

function read(path: string): string {
  return readFileSync(join(shop, path), 'utf8');
}

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: { readonly securescan: { readonly steps: readonly WorkflowStep[] } };
}

interface WorkflowStep {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

describe('init without a terminal', () => {
  it('asks nothing, writes three files, and tells each', async () => {
    const { code, stdout, stderr } = await bench.run(['init', shop]);
    expect([code, stdout]).toEqual([0, '']);
    for (const path of ['.securescan.yml', WORKFLOW, BASELINE]) {
      expect(stderr).toContain(`securescan: wrote ${path}\n`);
    }
    const config = read('.securescan.yml');
    expect(() => readProjectConfig(config, '.securescan.yml')).not.toThrow();
    expect(parse(config)).toEqual({
      scan_types: ['code', 'dependency'],
      fail_on_severity: 'high',
      ignored_rules: [],
      baseline: BASELINE,
    });
    expect(JSON.parse(read(BASELINE))).toEqual({
      findings: [],
      generated_by: 'securescan init',
      scan_types: ['code', 'dependency'],
      scanners: [],
      target_path: '..',
      version: 1,
    });
  });

  it('writes a workflow that has the Action judge, and may do what that needs and nothing else', async () => {
    const { stderr } = await bench.run(['init', shop, '--threshold', 'MEDIUM']);
    const workflow = parse(read(WORKFLOW)) as Workflow;
    expect(workflow.permissions).toEqual({
      contents: 'read',
      'pull-requests': 'write',
      'security-events': 'write',
    });
    const { steps } = workflow.jobs.securescan;
    expect(steps.map(({ run }) => run)).toEqual([undefined, undefined, undefined]);
    expect(steps[0]?.with).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false });
    expect(steps[2]).toEqual({
      uses: 'OWNER/REPO/action@REF',
      with: { 'fail-on-severity': 'medium', 'install-scanners': false },
    });
    expect(stderr).toContain(
      `put the repository of SecureScan in place of OWNER/REPO in ${WORKFLOW}`,
    );
  });

  it('leaves out what nobody wants', async () => {
    await bench.run(['init', '--no-workflow', '--no-baseline', '--scan-types', 'iac,code'], {
      cwd: shop,
    });
    expect(new Set(readdirSync(shop))).toEqual(new Set(['package.json', '.securescan.yml']));
    expect(parse(read('.securescan.yml'))).toEqual({
      scan_types: ['code', 'iac'],
      fail_on_severity: 'high',
      ignored_rules: [],
    });
  });

  it.each(['.securescan.yml', 'securescan.yml', WORKFLOW, BASELINE])(
    'writes nothing where there is %s already',
    async (path) => {
      bench.makeTree('shop', { [path]: 'mine' });
      const before = readdirSync(shop, { recursive: true });
      const { code, stdout, stderr } = await bench.run(['init', shop]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toBe(
        `securescan: Nothing was written, because there is already: ${path}. Give --force to replace them.\n`,
      );
      expect(readdirSync(shop, { recursive: true })).toEqual(before);
      expect(read(path)).toBe('mine');
    },
  );

  it('replaces with --force, and says which name no longer counts', async () => {
    bench.makeTree('shop', { '.securescan.yml': 'mine', 'securescan.yml': 'mine' });
    const { code, stderr } = await bench.run(['init', shop, '--force']);
    expect(code).toBe(0);
    expect(stderr).toContain('securescan.yml no longer counts beside .securescan.yml; remove it');
    expect(read('.securescan.yml')).toContain('scan_types: [code, dependency]');
  });

  it('tells all mistakes at once, and writes nothing', async () => {
    const { code, stderr } = await bench.run([
      ...['init', 'gone', '--threshold', 'awful', '--scan-types', 'code,cod'],
    ]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([
      `securescan: There is no directory ${join(bench.directory, 'gone')}; make it first.`,
      expect.stringMatching(/^securescan: --scan-types: it takes code, .*, and not "cod"\.$/),
      expect.stringMatching(/^securescan: --threshold: it takes critical, .*, and not "awful"\.$/),
    ]);
    writeFileSync(join(bench.directory, 'file'), '');
    expect((await bench.run(['init', 'file'])).stderr).toContain('file is not a directory.');
    expect((await bench.run(['init', shop, '--scan-types', ''])).code).toBe(2);
  });
});

/** Lends its arguments, a command, a terminal, and ends with the command's exit code. */
const WITH_TERMINAL =
  'import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

describeWithTool(['python3'], 'init on a terminal', () => {
  /** Answers each question as it comes; resolves with what stood on the screen and the exit code. */
  async function answer(answers: readonly (readonly [question: string, answer: string])[]) {
    const child = bench.start([WITH_TERMINAL, PINNED_NODE, BUILT_CLI, 'init', shop], {
      node: findOnPath('python3') ?? '',
      entry: '-c',
      env: { PATH: process.env['PATH'] ?? '' },
    });
    const end = endOf(child);
    let screen = '';
    let read = 0;
    child.stdout?.on('data', (text: string) => (screen += text));
    for (const [question, text] of answers) {
      await waitFor(() => screen.includes(question, read));
      read = screen.indexOf(question, read) + question.length;
      child.stdin?.write(text);
    }
    return { code: (await end).code, screen };
  }

  it('asks, asks again where an answer means nothing, and writes what was said', async () => {
    const { code, screen } = await answer([
      ['Name of the project', 'Shop: "new" #1\n'],
      ['Scan for code, dependency', 'n\n'],
      ['Types, with commas', 'everything\n'],
      ['and not "everything"', 'iac\n'],
      ['Fail from which severity', '\n'],
      ['Write a workflow', 'n\n'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('Found: JavaScript or TypeScript.');
    expect(parse(read('.securescan.yml'))).toEqual({
      project: 'Shop: "new" #1',
      scan_types: ['iac'],
      fail_on_severity: 'high',
      ignored_rules: [],
      baseline: BASELINE,
    });
    expect(existsSync(join(shop, WORKFLOW))).toBe(false);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s ends with 130 and writes nothing', async (_name, key) => {
    const { code, screen } = await answer([
      ['Name of the project', 'shop\n'],
      ['Scan for code, dependency', key],
    ]);
    expect(code).toBe(130);
    expect(screen).toContain('securescan: interrupted, nothing was written');
    expect(readdirSync(shop)).toEqual(['package.json']);
  });
});
