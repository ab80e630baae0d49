import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { randomToken } from '@securescan/testing';
import { Project } from './history/project';
import { STEPS, type Step } from './history/steps';
import { endOf, Workbench, type Run } from './support';

// Forty comparisons, each of which scans two trees, on a machine that may be busy with other tests.
jest.setTimeout(600_000);

interface ListedFinding {
  readonly rule_id: string;
  readonly file_path: string;
  readonly line_start: number;
}

interface DiffReport {
  readonly new: readonly ListedFinding[];
  readonly fixed: readonly ListedFinding[];
  readonly newly_suppressed: readonly ListedFinding[];
  readonly not_assessed: readonly ListedFinding[];
}

function placesOf(findings: readonly ListedFinding[]): string[] {
  return findings.map(
    (finding) => `${finding.rule_id} ${finding.file_path}:${String(finding.line_start)}`,
  );
}

const SCANNERS = ['--scanner', 'dockerfile', '--scanner', 'secrets'];

let bench: Workbench;
beforeEach(() => {
  bench = new Workbench();
});
afterEach(() => {
  bench.dispose();
});

function diff(project: Project, [base, head]: readonly [string, string]): Promise<Run> {
  const refs = ['--base-ref', base, '--head-ref', head];
  return bench.run(['diff', ...refs, ...SCANNERS, '--output', 'json', '--quiet'], {
    cwd: project.directory,
    env: { PATH: process.env['PATH'] ?? '' },
  });
}

function take(project: Project, step: Step): void {
  const before = project.git('rev-parse', 'HEAD');
  step.change(project);
  const isCommitted = project.git('status', '--porcelain') === '';
  if (!isCommitted || (project.git('rev-parse', 'HEAD') === before && step.between === undefined)) {
    project.commit(step.name);
  }
}

describe('a history of forty changes', () => {
  it('is told change by change as the list made by hand has it, and nothing of the repository moves', async () => {
    expect(STEPS.length).toBeGreaterThanOrEqual(40);
    const project = new Project(join(bench.directory, 'project'));
    project.write('README.md', 'A project.\n');
    project.commit('begin');
    for (const step of STEPS) {
      take(project, step);
      const untouched = project.digest();
      const run = await diff(project, step.between ?? ['HEAD~1', 'HEAD']);
      expect({ step: step.name, code: run.code, stderr: run.stderr }).toEqual({
        step: step.name,
        code: 0,
        stderr: '',
      });
      const report = JSON.parse(run.stdout) as DiffReport;
      expect({
        step: step.name,
        new: placesOf(report.new),
        fixed: placesOf(report.fixed),
        muted: placesOf(report.newly_suppressed),
        notAssessed: placesOf(report.not_assessed),
      }).toEqual({
        step: step.name,
        new: step.new ?? [],
        fixed: step.fixed ?? [],
        muted: step.muted ?? [],
        notAssessed: step.notAssessed ?? [],
      });
      expect(project.digest()).toBe(untouched);
    }
  });
});

describe('a comparison that is killed', () => {
  it('leaves the repository as it was, and nothing else once the next one has begun', async () => {
    const project = new Project(join(bench.directory, 'project'));
    for (let file = 0; file < 300; file += 1) {
      project.write(`src/part-${String(file)}.py`, `print(${String(file)})\n`.repeat(50));
    }
    project.commit('begin');
    project.write('Dockerfile', 'FROM alpine:latest\n');
    project.commit('change');
    const temporary = bench.makeDirectory('tmp');
    const options = {
      cwd: project.directory,
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: temporary },
    };
    const line = ['diff', '--base-ref', 'HEAD~1', ...SCANNERS, '--quiet'];
    const started = performance.now();
    expect((await bench.run(line, options)).code).toBe(0);
    const whole = performance.now() - started;
    const untouched = project.digest();
    // Eight moments of the whole run, drawn from a seed.
    const digits = randomToken(32, 7, '0123456789');
    for (let kill = 0; kill < 8; kill += 1) {
      const share = Number(digits.slice(kill * 4, kill * 4 + 4)) / 10_000;
      const child = bench.start(line, options);
      const timer = setTimeout(() => child.kill('SIGKILL'), whole * share);
      await endOf(child);
      clearTimeout(timer);
      expect(project.digest()).toBe(untouched);
    }
    expect((await bench.run(line, options)).code).toBe(0);
    expect(project.digest()).toBe(untouched);
    expect(readdirSync(temporary)).toEqual([]);
  });
});
