import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithTool } from '@securescan/testing';
import { Project } from './history/project';
import { Workbench, type Run } from './support';

// Each test scans two revisions, on a machine that may be busy with other tests.
jest.setTimeout(180_000);

const PINNED = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
const WRITABLE = 'RUN chmod 777 /srv';
const MERGE = 'f'.repeat(40);

let bench: Workbench;
let project: Project;
beforeEach(() => {
  bench = new Workbench();
  project = new Project(join(bench.directory, 'project'));
});
afterEach(() => {
  bench.dispose();
});

interface Comment {
  readonly body: string;
  readonly path: string;
  readonly line: number;
  readonly start_line?: number;
}

interface Review {
  readonly body: string;
  readonly comments: readonly Comment[];
  readonly commit_id: string;
  readonly event: string;
}

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return bench.run(words, {
    cwd: project.directory,
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
}

/** The last commit against the one before. */
function diff(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const chosen = words.includes('--scanner') ? [] : ['--scanner', 'dockerfile'];
  return run(['diff', '--base-ref', 'HEAD~1', ...chosen, ...words], env);
}

async function review(...words: readonly string[]): Promise<Review> {
  const { stdout, stderr, code } = await diff([
    '--output',
    'github-review',
    '--repo',
    'octo/shop',
    ...words,
  ]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Review;
}

const commitOf = (revision: string): string => project.git('rev-parse', revision).trim();

function image(...lines: readonly string[]): string {
  return [PINNED, ...lines, 'USER app', ''].join('\n');
}

/** What the comment offers to put in the place of its line. */
function suggestionOf({ body }: Comment): string | null {
  return /^(`{3,})suggestion\n([^]*?)\n\1$/mu.exec(body)?.[2] ?? null;
}

/** Does what GitHub does once somebody accepts a suggestion. */
function accept(comment: Comment): void {
  const suggestion = suggestionOf(comment);
  expect(suggestion).not.toBeNull();
  project.edit(comment.path, (text) => {
    const lines = text.split('\n');
    lines.splice(comment.line - 1, 1, suggestion ?? '');
    return lines.join('\n');
  });
}

describe('the comment of a pull request', () => {
  beforeEach(() => {
    project.write('Dockerfile', image(WRITABLE, 'ADD https://example.com/x /x'));
    project.commit('base');
    project.write('Dockerfile', image('RUN echo', WRITABLE, WRITABLE));
    project.commit('head');
  });

  it('links to the head that was scanned, and to the base for what is fixed', async () => {
    const { stdout } = await diff(['--output', 'github-pr-comment'], {
      GITHUB_REPOSITORY: 'octo/shop',
      GITHUB_SHA: MERGE,
      GITHUB_SERVER_URL: 'https://github.example.com',
    });
    expect(stdout).toMatch(/^<!-- securescan:diff -->\n/);
    const blob = 'https://github.example.com/octo/shop/blob';
    expect(stdout).toContain(`${blob}/${commitOf('HEAD')}/Dockerfile#L3`);
    expect(stdout).toContain(`${blob}/${commitOf('HEAD~1')}/Dockerfile#L3`);
    expect(stdout).not.toContain(MERGE);
    expect(stdout).toMatch(/securescan diff --base-ref [0-9a-f]{40} --head-ref [0-9a-f]{40}`\n$/);
  });

  it('is written beside other reports of the same comparison', async () => {
    const place = (name: string): string => join(bench.directory, name);
    const { code, stdout } = await diff([
      '--output',
      'github-pr-comment',
      `--also=json=${place('out.json')}`,
      `--also=sarif=${place('out.sarif')}`,
      `--head-report=${place('head.json')}`,
    ]);
    expect([code, stdout.split('\n')[0]]).toEqual([0, '<!-- securescan:diff -->']);
    const alone = await diff(['--output', 'json']);
    expect(readFileSync(place('out.json'), 'utf8')).toBe(alone.stdout);
    expect(readFileSync(place('out.sarif'), 'utf8')).toContain('"baselineState":"new"');
    const head = await run(['scan', '.', '--scanner', 'dockerfile', '--output', 'json']);
    expect(readFileSync(place('head.json'), 'utf8')).toBe(head.stdout);
  });

  it('tells what is wrong with the other reports before it scans', async () => {
    const { code, stderr } = await diff([
      '--also=sarif',
      '--also=xml=a',
      '--also=json=b',
      '--also=text=b',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      '--also takes a format and a file, as sarif=out.sarif, and not "sarif"',
    );
    expect(stderr).toContain('--also takes text, json, sarif, github-pr-comment, github-review');
    expect(stderr).toContain('two reports cannot be one file');
  });

  it('is one line where nothing came and went', async () => {
    project.commit('nothing');
    const { stdout } = await diff(['--output', 'github-pr-comment']);
    expect(stdout).toBe(
      '<!-- securescan:diff -->\n_Nothing new, nothing fixed: 2 unchanged, 0 suppressed._\n',
    );
  });

  it('is written for a scan and for a baseline, too', async () => {
    const scan = await run([
      'scan',
      '.',
      '--scanner',
      'dockerfile',
      '--output',
      'github-pr-comment',
    ]);
    expect(scan.stdout).toMatch(/^<!-- securescan:scan -->\n\n## SecureScan: 2 findings\n/);
    await run(['baseline', '--scanner', 'dockerfile', '--output-file', 'known.json']);
    const compare = await run([
      'compare',
      'known.json',
      '--scanner',
      'dockerfile',
      '--output',
      'github-pr-comment',
    ]);
    expect(compare.stdout).toMatch(/^<!-- securescan:compare -->\n_No drift from the baseline:/);
  });
});

describe('a review', () => {
  it('is about the head, and comments on lines of the change alone', async () => {
    const far = Array.from({ length: 20 }, (_, index) => `RUN echo ${String(index)}`);
    project.write('with space/Dockerfile', image(...far, '# -- a line', WRITABLE));
    project.commit('base');
    project.write('with space/Dockerfile', image(WRITABLE, ...far, '# ++ a line', WRITABLE));
    project.commit('head');
    const { comments, commit_id, event, body } = await review('--review-event', 'approve');
    expect(comments).toMatchObject([{ path: 'with space/Dockerfile', line: 2 }]);
    expect({ commit_id, event }).toEqual({ commit_id: commitOf('HEAD'), event: 'APPROVE' });
    expect(body).toMatch(/^<!-- securescan:diff-review -->\n/);
  });

  it('tells in its body what is on no line of the change', async () => {
    const text = image(...Array<string>(20).fill('RUN echo'));
    project.write('Dockerfile', text);
    project.commit('base');
    project.write('Dockerfile', text.replace('USER app', 'RUN id'));
    project.commit('head');
    const { comments, body } = await review();
    expect(comments).toEqual([]);
    expect(body).toContain('On lines of this change: 0 in 0 comments · below: 1');
    expect(body).toMatch(/`Dockerfile`.*<!-- securescan:fp:[0-9a-f]{64} -->/s);
  });

  it('suggests nothing where nothing is wanted', async () => {
    project.write('Dockerfile', image());
    project.commit('base');
    project.write('Dockerfile', image(WRITABLE));
    project.commit('head');
    const { comments } = await review('--no-suggestions');
    expect(comments).toHaveLength(1);
    for (const { body } of comments) expect(body).not.toMatch(/suggestion|severity_overrides/);
    const suggesting = (await review()).comments;
    expect(suggesting.map(suggestionOf)).toEqual([expect.stringContaining('ignore')]);
  });

  it('does not comment on what is suppressed', async () => {
    project.write('Dockerfile', image());
    project.commit('base');
    project.write('Dockerfile', image('# securescan: ignore dockerfile/DL008', WRITABLE));
    project.commit('head');
    const { comments, body } = await review();
    expect(comments).toEqual([]);
    expect(body).toContain('newly suppressed: 1 (1 inline)');
  });

  it('is made of stored scans and of a baseline, with the commits that the line names', async () => {
    project.write('Dockerfile', image());
    project.commit('base');
    const scan = ['scan', '.', '--scanner', 'dockerfile', '--output', 'json', '--output-file'];
    await run([...scan, join(bench.directory, 'base.json')]);
    project.write('Dockerfile', image(WRITABLE));
    project.commit('head');
    await run([...scan, join(bench.directory, 'head.json')]);
    const words = [
      '--output',
      'github-review',
      '--repo',
      'octo/shop',
      '--sha',
      'HEAD',
      '--base-sha',
      commitOf('HEAD~1'),
    ].map((word) => (word === 'HEAD' ? commitOf('HEAD') : word));
    const snapshots = ['--base-snapshot', '../base.json', '--head-snapshot', '../head.json'];
    const runs = await Promise.all([
      run(['diff', ...snapshots, ...words]),
      run(['compare', '../base.json', '--scanner', 'dockerfile', ...words]),
    ]);
    for (const { stdout } of runs) {
      const { comments } = JSON.parse(stdout) as Review;
      expect(comments).toMatchObject([{ path: 'Dockerfile', line: 2 }]);
      expect(suggestionOf(comments[0] ?? { body: '', path: '', line: 0 })).toContain(WRITABLE);
    }
  });

  it('passes over files that are not at the commit what was scanned', async () => {
    project.write('Dockerfile', image());
    project.commit('base');
    project.write('Dockerfile', image('RUN id', WRITABLE));
    project.commit('reviewed');
    project.write('Dockerfile', image(WRITABLE));
    project.commit('scanned');
    const reviewed = commitOf('HEAD~1');
    const { stdout } = await run([
      'diff',
      '--base-ref',
      'HEAD~2',
      '--scanner',
      'dockerfile',
      '--output',
      'github-review',
      '--repo',
      'octo/shop',
      '--sha',
      reviewed,
    ]);
    const { comments, commit_id, body } = JSON.parse(stdout) as Review;
    expect({ comments, commit_id }).toEqual({ comments: [], commit_id: reviewed });
    expect(body).toContain('`Dockerfile:2`');
  });

  it('says at once all that it lacks', async () => {
    project.write('Dockerfile', image());
    project.commit('base');
    const missing = await run(['compare', 'x.json', '--output', 'github-review']);
    expect(missing.code).toBe(2);
    project.write('known.json', '');
    await run(['baseline', '--scanner', 'dockerfile', '--output-file', 'known.json']);
    const { code, stderr, stdout } = await run(['compare', 'known.json', '-o', 'github-review']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(
      'github-review needs --repo <owner/name> (or GITHUB_REPOSITORY), --sha <commit> (or GITHUB_SHA), --base-sha <commit>.',
    );
  });

  it.each([
    [['scan', '--output', 'github-review'], 'cannot write github-review'],
    [['diff', '--base-ref', 'HEAD', '--review-event', 'merge'], 'REQUEST_CHANGES'],
    [['diff', '--base-ref', 'HEAD', '-o', 'github-review'], 'needs --repo'],
    [['diff', '--base-ref', 'HEAD', '--repo', 'shop'], 'owner/name'],
  ])('refuses %j', async (words, problem) => {
    project.write('Dockerfile', image());
    project.commit('base');
    const { code, stderr, stdout } = await run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(problem);
  });
});

describeWithTool(['semgrep'], 'a suggestion of a review', () => {
  const RULES = [
    'rules:',
    '  - id: shop.danger',
    '    languages: [regex]',
    '    severity: ERROR',
    '    message: This is dangerous.',
    '    pattern-regex: danger_\\w+',
    '',
  ].join('\n');

  /** A file and what stands where the danger is to come, twice: with and without it. */
  const FILES: Readonly<Record<string, string>> = {
    'a.py': 'def f(x):\n    if x:\n        #here#(x)\n',
    'a.js': 'function f(x) {\n\treturn `${x}` + #here#(x);\n}\n',
    'a.ts': 'export class A {\n  b = #here#<string>("```");\n}\n',
    'a.go': 'package a\n\nfunc f() {\n\t#here#()\n}\n',
    'a.yaml': 'on:\n  - run: #here#\n    with: { a: 1 }\n',
    'a.tf': 'resource "a" "b" {\n  c = #here#\n}\n',
    'a.sh': '#!/bin/sh\nset -e\nif true; then\n  #here# "$1"\nfi\n',
    'a.java': 'class A {\r\n  int b = #here#();\r\n}\r\n',
    Dockerfile: `${PINNED}\nRUN #here#\nUSER app\n`,
  };
  /** Where nothing may stand above the line. */
  const CLOSED: Readonly<Record<string, string>> = {
    'closed.py': 'a = """\n#here#\n"""\n',
    'closed.js': 'a = `\n#here#\n`;\n',
    'closed.jsx': 'a = <b>\n#here#\n</b>;\n',
    'closed.yaml': 'run: |\n  #here#\n',
    'closed.json': '{\n"a": "#here#"\n}\n',
    'closed.sh': 'a \\\n  #here#\n',
    'closed.tf': 'a = <<EOT\n#here#\nEOT\n',
    'closed/Dockerfile': `${PINNED}\nRUN a \\\n  && #here#\nUSER app\n`,
    'closed.html': '<p>\n#here#\n</p>\n',
    'closed.md': 'a\n#here#\n',
  };

  function write(files: Readonly<Record<string, string>>, word: string): void {
    for (const [path, text] of Object.entries(files)) {
      project.write(path, text.replace('#here#', word));
    }
  }

  const SCANNER = ['--scanner', 'semgrep', '--semgrep-rules', '../rules.yml'];

  beforeEach(() => {
    writeFileSync(join(bench.directory, 'rules.yml'), RULES);
  });

  it('suppresses its finding, in every language, changes nothing else, and is none where it would be text', async () => {
    write({ ...FILES, ...CLOSED }, 'safe_call');
    project.commit('base');
    write({ ...FILES, ...CLOSED }, 'danger_call');
    project.commit('head');
    const before = new Map(Object.keys(FILES).map((path) => [path, project.read(path)]));
    const all = (await review(...SCANNER)).comments;
    expect(all).toHaveLength(Object.keys(FILES).length + Object.keys(CLOSED).length);
    const comments = all.filter((comment) => suggestionOf(comment) !== null);
    expect(comments.map(({ path }) => path)).toEqual(
      Object.keys(FILES).sort((a, b) => (a < b ? -1 : 1)),
    );
    comments.forEach(accept);
    const { stdout } = await run(['scan', '.', '--output', 'json', ...SCANNER]);
    const report = JSON.parse(stdout) as {
      summary: Record<string, number>;
      findings: { metadata: Record<string, unknown> }[];
      suppression_notices: unknown[];
    };
    expect(report.summary).toMatchObject({
      total_findings: Object.keys(CLOSED).length,
      suppressed_findings: comments.length,
    });
    expect(report.suppression_notices).toEqual([]);
    for (const [path, text] of before) {
      const lines = readFileSync(join(project.directory, path), 'utf8').split('\n');
      const others = lines.filter((line) => !line.includes('securescan: ignore-next-line'));
      expect(lines).toHaveLength(others.length + 1);
      expect(others.join('\n')).toBe(text);
    }
  });
});
