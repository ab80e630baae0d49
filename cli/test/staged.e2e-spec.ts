import { join } from 'node:path';
import { symlinkSync } from 'node:fs';
import { Project } from './history/project';
import { Workbench, type Run } from './support';

// Each test starts several programs, and the machine may be busy with other tests.
jest.setTimeout(60_000);

const PINNED = `FROM alpine:3.20@sha256:${'0'.repeat(64)}`;
const WRITABLE = 'RUN chmod 777 /srv';

let bench: Workbench;
let project: Project;
beforeEach(() => {
  bench = new Workbench();
  project = new Project(join(bench.directory, 'project'));
  project.write('Dockerfile', `${PINNED}\nUSER app\n`);
  project.write('old.Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
  project.commit('begin');
});
afterEach(() => {
  bench.dispose();
});

function scan(...words: readonly string[]): Promise<Run> {
  return bench.run(
    ['scan', '--staged', '--scanner', 'dockerfile', '--output', 'json', '--quiet', ...words],
    { cwd: project.directory, env: { PATH: process.env['PATH'] ?? '' } },
  );
}

function placesIn({ stdout }: Run): string[] {
  const { findings } = JSON.parse(stdout) as {
    findings: { rule_id: string; file_path: string; line_start: number }[];
  };
  return findings.map((one) => `${one.rule_id} ${one.file_path}:${String(one.line_start)}`);
}

describe('what is staged', () => {
  it('is scanned as the index has it, whatever stands in the working tree', async () => {
    project.write('Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    project.git('add', 'Dockerfile');
    project.write('Dockerfile', `${PINNED}\n\n\nADD https://example.com/x /x\nUSER app\n`);
    const before = project.digest();
    const run = await scan();
    expect(run.stderr).toBe('');
    expect(placesIn(run)).toEqual(['dockerfile/DL008 Dockerfile:2']);
    expect(project.digest()).toBe(before);
  });

  it('is all that is told of, and deleted files are no part of it', async () => {
    project.git('rm', '--quiet', 'old.Dockerfile');
    project.write('unstaged.Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    const nothing = await scan();
    expect({ code: nothing.code, places: placesIn(nothing) }).toEqual({ code: 0, places: [] });
  });

  it('includes new files of any name, and those of a subdirectory alone where one is named', async () => {
    project.write('a b/"ü".Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    project.write('top.Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    project.git('add', '--all');
    expect(placesIn(await scan())).toEqual([
      'dockerfile/DL008 a b/"ü".Dockerfile:2',
      'dockerfile/DL008 top.Dockerfile:2',
    ]);
    expect(placesIn(await scan('a b'))).toEqual(['dockerfile/DL008 a b/"ü".Dockerfile:2']);
  });

  it('is judged by the configuration that is staged', async () => {
    project.write('Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    project.write('.securescan.yml', 'severity_overrides: {dockerfile/DL008: critical}\n');
    project.git('add', '--all');
    project.write('.securescan.yml', 'ignored_rules: [dockerfile/DL008]\n');
    const run = await scan();
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('"original_severity": "medium"');
    expect((await scan('--fail-on-severity', 'low', '--no-config')).code).toBe(1);
    expect((await scan('--no-config')).code).toBe(0);
  });

  it('stops a commit as a hook, by default from severity high', async () => {
    project.write('Dockerfile', 'FROM alpine\nUSER root\n');
    project.git('add', '--all');
    expect((await scan()).code).toBe(1);
  });

  it('is not there outside a repository', async () => {
    const elsewhere = bench.makeDirectory('elsewhere');
    const run = await bench.run(['scan', '--staged'], {
      cwd: elsewhere,
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain('not the top of a git repository');
  });

  it('is read before the first commit, and follows no link', async () => {
    const young = new Project(join(bench.directory, 'young'));
    young.write('Dockerfile', `${PINNED}\n${WRITABLE}\nUSER app\n`);
    symlinkSync('/etc', join(young.directory, 'link'));
    young.git('add', '--all');
    const run = await bench.run(
      ['scan', '--staged', '--scanner', 'dockerfile', '--output', 'json', '--quiet'],
      { cwd: young.directory, env: { PATH: process.env['PATH'] ?? '' } },
    );
    expect(placesIn(run)).toEqual(['dockerfile/DL008 Dockerfile:2']);
  });
});
