import { join } from 'node:path';
import type { Run, Workbench } from '../support';
import { Project } from './project';
import { STEPS, type Step } from './steps';

export const SCANNERS = ['--scanner', 'dockerfile', '--scanner', 'secrets'];

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

function diff(
  bench: Workbench,
  project: Project,
  [base, head]: readonly [string, string],
): Promise<Run> {
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

/**
 * Goes through the whole history and expects each change that is asked for to be told as the list made by hand has it, and
 * nothing of the repository to move.
 */
export async function expectTold(
  bench: Workbench,
  isCompared: (index: number) => boolean,
): Promise<void> {
  const project = new Project(join(bench.directory, 'project'));
  project.write('README.md', 'A project.\n');
  project.commit('begin');
  for (const [index, step] of STEPS.entries()) {
    take(project, step);
    if (isCompared(index)) await expectStepTold(bench, project, step);
  }
}

async function expectStepTold(bench: Workbench, project: Project, step: Step): Promise<void> {
  const untouched = project.digest();
  const run = await diff(bench, project, step.between ?? ['HEAD~1', 'HEAD']);
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
