import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, closeSync, ftruncateSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './history/project';
import { Workbench, type Run } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(120_000);

const THREE_GIGABYTES = 3 * 1024 ** 3;

let bench: Workbench;
let project: Project;
beforeAll(() => {
  bench = new Workbench();
  project = new Project(join(bench.directory, 'project'));
  project.write('Dockerfile', 'FROM alpine\n');
  project.commit('one');
  project.write('Dockerfile', 'FROM alpine:latest\n');
  project.commit('two');
  const files = bench.makeDirectory('files');
  bench.makeTree('files', {
    'other-version.json': '{"version":9,"generated_by":"securescan","findings":[]}',
    'no-json.json': '{',
    'bare.json': '[]',
    'odd.yml': 'a: [',
    'unknown.yml': 'fail_on_severty: high\n',
    'wrong.yml': 'scan_types: [everything]\n',
  });
  mkdirSync(join(files, 'directory'));
  makeSparse(join(files, 'huge.json'));
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${project.directory}`, 'shallow'], {
    cwd: bench.directory,
    stdio: 'ignore',
  });
});
afterAll(() => {
  bench.dispose();
});

function makeSparse(path: string): void {
  const file = openSync(path, 'w');
  ftruncateSync(file, THREE_GIGABYTES);
  closeSync(file);
}

function run(words: readonly string[], cwd = project.directory): Promise<Run> {
  return bench.run(words, { cwd, env: { PATH: process.env['PATH'] ?? '' } });
}

const DIFF = ['diff', '--scanner', 'dockerfile'];
const SNAPSHOTS = (base: string, head = base) => [
  'diff',
  '--base-snapshot',
  `../files/${base}`,
  '--head-snapshot',
  `../files/${head}`,
];

describe('what cannot be done', () => {
  it.each<[string, readonly string[], string]>([
    [
      'a target that is not there',
      [...DIFF, 'gone', '--base-ref', 'HEAD~1'],
      'nothing to scan at "gone"',
    ],
    ['nothing to compare', DIFF, '--base-ref <ref>'],
    ['a head without a base', [...DIFF, '--head-ref', 'HEAD'], '--head-ref needs --base-ref'],
    ['a ref that is not there', [...DIFF, '--base-ref', 'nope'], 'no commit "nope"'],
    ['a ref that begins with a dash', [...DIFF, '--base-ref=-x'], '"-x" cannot be the name'],
    ['a ref that is an option', [...DIFF, '--base-ref=--output=/tmp/x'], 'cannot be the name'],
    ['both kinds of comparison', [...SNAPSHOTS('bare.json'), '--base-ref', 'HEAD'], 'and not both'],
    [
      'one stored scan',
      ['diff', '--base-snapshot', 'x.json'],
      '--base-snapshot needs --head-snapshot',
    ],
    ['a stored scan that is not there', SNAPSHOTS('gone.json'), 'gone.json is not there'],
    ['a stored scan of another version', SNAPSHOTS('other-version.json'), 'is of version 9'],
    ['a stored scan that is no JSON', SNAPSHOTS('no-json.json'), 'it is not JSON'],
    ['a stored scan that does not say what ran', SNAPSHOTS('bare.json'), 'which scanners ran'],
    ['a stored scan that is a directory', SNAPSHOTS('directory'), 'is not a regular file'],
    ['a stored scan of three gigabytes', SNAPSHOTS('huge.json'), 'is larger than'],
    ['a type that no revision has', ['diff', '--base-ref', 'HEAD~1', '--type', 'dast'], 'dast'],
    [
      'a severity that there is not',
      [...DIFF, '--base-ref', 'HEAD~1', '--fail-on-severity', 'bad'],
      '"bad"',
    ],
    [
      'a baseline that is not there',
      [...DIFF, '--base-ref', 'HEAD~1', '--baseline', 'gone.json'],
      'neither revision has "gone.json"',
    ],
    ['a baseline to compare that is not there', ['compare', 'gone.json'], 'gone.json is not there'],
    [
      'a baseline for a scan that is not there',
      ['scan', '.', '--baseline', 'gone.json'],
      'no baseline at "gone.json"',
    ],
    ['a configuration that is no YAML', ['baseline', '--config', '../files/odd.yml'], 'odd.yml:1:'],
    ['a key that nobody knows', ['scan', '--config', '../files/unknown.yml'], 'fail_on_severity'],
    ['a value that nobody knows', ['scan', '--config', '../files/wrong.yml'], 'wrong.yml:1:'],
    [
      'a file for the report that cannot be',
      [...DIFF, '--base-ref', 'HEAD~1', '--output-file', 'no/such/x'],
      'does not exist',
    ],
  ])('%s is told in a line, with 2', async (_name, words, told) => {
    const before = project.digest();
    const { code, stdout, stderr } = await run(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('    at ');
    expect(project.digest()).toBe(before);
  });

  it('a comparison outside a repository is told', async () => {
    const { code, stderr } = await run(
      [...DIFF, '--base-ref', 'HEAD'],
      join(bench.directory, 'files'),
    );
    expect(code).toBe(2);
    expect(stderr).toContain('not the top of a git repository');
  });

  it('a shallow clone is told with the command that fetches the rest', async () => {
    const shallow = join(bench.directory, 'shallow');
    const { code, stderr } = await run([...DIFF, '--base-ref', 'HEAD~1'], shallow);
    expect(code).toBe(2);
    expect(stderr).toMatch(/fetch|no commit/);
    execFileSync('git', ['branch', 'apart', '--', 'HEAD'], { cwd: shallow });
    const same = await run([...DIFF, '--base-ref', 'apart'], shallow);
    expect(same.code).toBe(0);
  });

  it('histories that share nothing are told', async () => {
    project.git('checkout', '--quiet', '--orphan', 'alone');
    project.commit('alone');
    project.git('checkout', '--quiet', 'main');
    const { code, stderr } = await run([...DIFF, '--base-ref', 'alone']);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a tree with odd things', () => {
  it('is scanned, and a file of three gigabytes is told and not read', async () => {
    const odd = bench.makeTree('odd', {
      '-rf.Dockerfile': 'FROM alpine:latest\n',
      ':(top).Dockerfile': 'FROM alpine:latest\n',
      'a\nb.Dockerfile': 'FROM alpine:latest\n',
      'ü\u0308.Dockerfile': 'FROM alpine:latest\n',
    });
    makeSparse(join(odd, 'huge.Dockerfile'));
    const { code, stdout } = await run(
      ['scan', odd, '--scanner', 'dockerfile', '--output', 'json', '--quiet'],
      bench.directory,
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as {
      findings: { file_path: string }[];
      scanner_outcomes: { files_skipped: { paths: string[] }[] }[];
    };
    expect(new Set(report.findings.map(({ file_path }) => file_path)).size).toBe(4);
    expect(JSON.stringify(report.scanner_outcomes)).toContain('huge.Dockerfile');
    expect(readdirSync(odd)).toHaveLength(5);
  });
});
