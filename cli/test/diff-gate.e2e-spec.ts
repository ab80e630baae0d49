import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import { Project } from './history/project';
import { Workbench, type Run } from './support';

// Each test scans two revisions, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const PINNED = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
const WRITABLE = 'RUN chmod 777 /srv';
const RULE = 'dockerfile/DL008';

let bench: Workbench;
let project: Project;
beforeEach(() => {
  bench = new Workbench();
  project = new Project(join(bench.directory, 'project'));
});
afterEach(() => {
  bench.dispose();
});

function image(...lines: readonly string[]): string {
  return [PINNED, ...lines, 'USER app', ''].join('\n');
}

interface Report {
  readonly complete: boolean;
  readonly policy: { readonly source: string; readonly pending: readonly string[] };
  readonly summary: Readonly<Record<string, number>>;
  readonly new: readonly { readonly line_start: number; readonly scanner: string }[];
  readonly newly_suppressed: readonly {
    readonly line_start: number;
    readonly metadata: Readonly<Record<string, unknown>>;
  }[];
}

interface Judged extends Run {
  readonly report: Report;
}

/** The last commit against the one before, gated from severity low; with tools of the workbench before those of the machine. */
async function diff(...words: readonly string[]): Promise<Judged> {
  const line = ['diff', '--base-ref', 'HEAD~1', '--output', 'json', '--fail-on-severity', 'low'];
  const chosen = words.includes('--scanner') ? [] : ['--scanner', 'dockerfile'];
  const run = await bench.run([...line, ...chosen, ...words], {
    cwd: project.directory,
    env: { PATH: `${bench.bin}:${process.env['PATH'] ?? ''}` },
  });
  return { ...run, report: JSON.parse(run.stdout || '{}') as Report };
}

function change(text: string, more: Readonly<Record<string, string>> = {}): void {
  project.write('Dockerfile', text);
  for (const [path, content] of Object.entries(more)) project.write(path, content);
  project.commit('change');
}

function begin(text: string, more: Readonly<Record<string, string>> = {}): void {
  change(text, more);
}

describe('the gate', () => {
  it('stops a second defect of one rule', async () => {
    begin(image(WRITABLE));
    change(image(WRITABLE, 'RUN echo', WRITABLE));
    const { code, report, stderr } = await diff();
    expect(code).toBe(1);
    expect(report.new).toMatchObject([{ line_start: 4 }]);
    expect(stderr).toContain('1 new finding is of severity low or worse');
  });

  it('stops a copy above one that is ignored', async () => {
    const ignored = [`# securescan: ignore ${RULE} reason="Known."`, WRITABLE];
    begin(image(...ignored));
    change(image(WRITABLE, ...ignored));
    const { code, report } = await diff();
    expect(code).toBe(1);
    expect(report.new).toMatchObject([{ line_start: 2 }]);
  });

  it('stops an ignore that is removed, and what is too many', async () => {
    begin(image(`# securescan: ignore ${RULE}`, WRITABLE));
    change(image(WRITABLE));
    expect((await diff()).code).toBe(1);
    expect((await diff('--fail-on-severity', 'critical')).code).toBe(0);
    expect((await diff('--fail-on-severity', 'critical', '--fail-on-count', '0')).code).toBe(1);
  });

  it('lets pass what was there before, and what is fixed', async () => {
    begin(image(WRITABLE, 'ADD https://example.com/x /x'));
    change(image('', WRITABLE));
    const { code, report } = await diff();
    expect(code).toBe(0);
    expect(report.summary).toMatchObject({ new: 0, fixed: 1, unchanged: 1 });
  });
});

describe('the report', () => {
  it.each(['json', 'sarif'])('is the same %s from wherever and whenever', async (format) => {
    begin(image(WRITABLE));
    project.move('Dockerfile', 'api.Dockerfile');
    project.write('Dockerfile', image(WRITABLE, WRITABLE));
    project.commit('change');
    const words = ['--base-ref', 'HEAD~1', '--scanner', 'dockerfile', '--output', format];
    const PATH = process.env['PATH'] ?? '';
    const runs = await Promise.all([
      bench.run(['diff', ...words], { cwd: project.directory, env: { PATH } }),
      bench.run(['diff', 'project', ...words, '--quiet'], {
        cwd: bench.directory,
        env: { PATH },
      }),
      bench.run(['diff', project.directory, ...words], {
        cwd: bench.makeDirectory('other'),
        env: { PATH, TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' },
      }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1);
    expect(runs[0].stdout).not.toContain(bench.directory);
  });
});

describe('a scanner that breaks at head', () => {
  const REPORT = JSON.stringify({
    errors: [],
    generated_at: '2026-01-01T00:00:00Z',
    metrics: { _totals: {} },
    results: [
      {
        code: '1 assert x\n',
        filename: './a.py',
        issue_confidence: 'HIGH',
        issue_severity: 'LOW',
        issue_cwe: { id: 703, link: 'https://cwe.mitre.org/data/definitions/703.html' },
        issue_text: 'Use of assert detected.',
        line_number: 1,
        line_range: [1],
        more_info: 'https://bandit.readthedocs.io/',
        test_id: 'B101',
        test_name: 'assert_used',
      },
    ],
  });

  it.each([
    ['crashes', 'process.exit(9)'],
    ['prints nonsense', "console.log('boom'); process.exit(1)"],
  ])('and %s fixes nothing, and makes the comparison incomplete', async (_how, end) => {
    bench.makeTool(
      'bandit',
      `const fs = require('node:fs');
const root = process.argv.find((word) => fs.existsSync(word + '/a.py')) ?? process.argv.at(-1);
if (fs.existsSync(root + '/broken')) { ${end}; }
else { console.log(${JSON.stringify(REPORT)}); process.exit(1); }`,
    );
    project.write('a.py', 'assert x\n');
    begin(image());
    change(image(), { 'a.py': 'x = 1\n', broken: '' });
    const { code, report, stderr } = await diff('--scanner', 'bandit');
    expect(report.summary).toMatchObject({ new: 0, fixed: 0, not_assessed: 1 });
    expect(report.complete).toBe(false);
    expect(code).toBe(3);
    expect(stderr).toContain('the comparison is incomplete: bandit failed');
    expect((await diff('--scanner', 'bandit', '--allow-incomplete')).code).toBe(0);
  });
});

describe('a change that mutes itself', () => {
  const added = image(WRITABLE);

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'by ignored_rules',
      { '.securescan.yml': `ignored_rules: [${RULE}]\n` },
      `ignored_rules would add ${RULE}`,
    ],
    [
      'by another severity',
      { '.securescan.yml': `severity_overrides: {${RULE}: info}\n` },
      `severity_overrides would make ${RULE} info`,
    ],
    [
      'by another threshold',
      { '.securescan.yml': 'fail_on_severity: critical\n' },
      'fail_on_severity would be critical',
    ],
  ])('%s is stopped, and what it would change is listed', async (_how, files, pending) => {
    begin(image());
    change(added, files);
    const run = await diff();
    expect(run.report.policy.pending).toEqual([pending]);
    expect({ code: run.code, summary: run.report.summary }).toMatchObject({
      code: 1,
      summary: { new: 1, newly_suppressed: 0 },
    });
  });

  it('by a baseline is stopped, unless the head is to judge', async () => {
    begin(image());
    change(added);
    const written = await bench.run(
      ['baseline', '--scanner', 'dockerfile', '--output-file', 'known.json'],
      { cwd: project.directory },
    );
    expect(written.code).toBe(0);
    project.write('.securescan.yml', 'baseline: known.json\n');
    project.commit('mute');
    project.git('reset', '--quiet', '--soft', 'HEAD~2');
    project.commit('both');
    const { code, report } = await diff();
    expect(code).toBe(1);
    expect(report.policy.pending).toEqual([
      'baseline would be known.json',
      'the baseline would cover 1 more',
    ]);
    const trusting = await diff('--policy-from', 'head');
    expect(trusting.code).toBe(0);
    expect(trusting.report.summary).toMatchObject({ new: 0, newly_suppressed: 1 });
    expect((await diff('--policy-from', 'head', '--strict-policy')).code).toBe(1);
  });

  it('by a comment is listed, and stopped where the policy is strict', async () => {
    begin(image());
    change(image(`# securescan: ignore ${RULE} reason="Only in tests."`, WRITABLE));
    const { code, report } = await diff();
    expect(code).toBe(0);
    expect(report.summary).toMatchObject({ new: 0, newly_suppressed: 1 });
    expect(report.newly_suppressed).toMatchObject([
      {
        line_start: 3,
        metadata: { suppressed_by: 'inline', suppression_reason: 'Only in tests.' },
      },
    ]);
    expect((await diff('--strict-policy')).code).toBe(1);
    expect((await diff('--no-suppress')).code).toBe(1);
  });

  it('is judged by what the base decided, with its baseline and its words', async () => {
    begin(image(), { '.securescan.yml': `ignored_rules: [{rule: ${RULE}, reason: "Known."}]\n` });
    change(added, { '.securescan.yml': '' });
    const { code, report } = await diff('--strict-policy');
    expect(code).toBe(0);
    expect(report.policy).toEqual({
      source: '.securescan.yml of the merge base',
      pending: [`ignored_rules would drop ${RULE}`],
    });
    expect(report.newly_suppressed).toMatchObject([{ metadata: { suppressed_by: 'config' } }]);
  });

  it('with a configuration that is wrong ends before anything is scanned', async () => {
    begin(image());
    change(added, { '.securescan.yml': 'ignored: []\n' });
    const run = await diff();
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('.securescan.yml:1:1');
  });
});

describeWithTool(['checkov'], 'a comment for checkov', () => {
  it('is listed, and stopped where the policy is strict', async () => {
    begin(image());
    const skip = '# checkov:skip=CKV_DOCKER_2: no health check in tests';
    project.write('Dockerfile', `${skip}\n${PINNED}\nUSER app\nRUN echo\n`);
    project.write('web.Dockerfile', `${skip}\n${PINNED}\nUSER app\n`);
    project.commit('mute');
    const { code, report } = await diff('--scanner', 'checkov', '--strict-policy');
    expect(report.newly_suppressed.length).toBeGreaterThan(0);
    expect(report.newly_suppressed[0]?.metadata['suppressed_by']).toBe('inline');
    expect(code).toBe(1);
  });
});

describeWithTool(['bandit'], 'a comment for bandit', () => {
  it('mutes nothing', async () => {
    begin(image());
    change(image(), { 'a.py': 'import subprocess\nsubprocess.call(x, shell=True)  # nosec\n' });
    const { code, report } = await diff('--scanner', 'bandit');
    expect(code).toBe(1);
    expect(report.new.map(({ scanner }) => scanner)).toContain('bandit');
  });
});
