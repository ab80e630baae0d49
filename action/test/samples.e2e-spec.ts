import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { Project } from '../../cli/test/history/project';
import { renderWorkflow } from '../../cli/src/init/workflow';
import { codeScanningProblems } from '@securescan/testing';

// Each scans two revisions, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = join(__dirname, '..', '..');
const SAMPLES = join(ROOT, 'docs', 'ci');
const sample = (name: string): string => readFileSync(join(SAMPLES, name), 'utf8');

/** A workflow of which actionlint knows the rules, with everything of action.yml that has any. */
function workflowOfAction(): string {
  const { inputs, outputs, runs } = parse(
    readFileSync(join(ROOT, 'action', 'action.yml'), 'utf8'),
  ) as { inputs: Values; outputs: Values; runs: { steps: unknown[] } };
  const valuesOf = (values: Values): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
  const typed = Object.keys(inputs).map((name) => [name, { type: 'string' }]);
  return stringify({
    on: { workflow_call: { inputs: Object.fromEntries(typed) as unknown } },
    jobs: {
      scan: {
        'runs-on': 'ubuntu-latest',
        strategy: { matrix: { part: [1] } },
        outputs: valuesOf(outputs),
        steps: runs.steps,
      },
    },
  });
}
type Values = Readonly<Record<string, { readonly value?: string }>>;

const guide = readFileSync(join(ROOT, 'action', 'README.md'), 'utf8');

it.each([
  ['action/action.yml', workflowOfAction(), ''],
  [
    'an action in which nothing is wrong but one word',
    workflowOfAction().replace('inputs.install-scanners', 'inputs.install-scaners'),
    expect.stringContaining('property "install-scaners" is not defined'),
  ],
  ['action/README.md', /```yaml\n([^]*?)```/u.exec(guide)?.[1] ?? '', ''],
  ['docs/ci/github-actions.yml', sample('github-actions.yml'), ''],
  ['what init writes', renderWorkflow('high'), ''],
  [
    'a workflow in which nothing is wrong but one word',
    sample('github-actions.yml').replace('securescan.outputs', 'securescn.outputs'),
    expect.stringContaining('property "securescn" is not defined'),
  ],
])('actionlint has nothing to say of %s', (_name, input, problems) => {
  const tool = join(ROOT, 'libs/tooling/lint-workflows.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [tool], { input, encoding: 'utf8' });
  expect([stdout, stderr]).toEqual([problems, '']);
});

describe('the shell of', () => {
  let directory: string;
  let clone: string;
  let ours: string;
  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'samples-')));
    const released = new Project(join(directory, 'securescan'));
    ours = released.directory;
    for (const part of ['package.json', 'action/dist', 'libs/scan-engine/rules']) {
      mkdirSync(dirname(join(ours, part)), { recursive: true });
      cpSync(join(ROOT, part), join(ours, part), { recursive: true });
    }
    released.commit('release');
    const origin = new Project(join(directory, 'origin'));
    origin.write('Dockerfile', 'FROM alpine:3.20\nUSER app\n');
    origin.commit('base');
    origin.git('checkout', '--quiet', '-b', 'topic');
    origin.write('Dockerfile', 'FROM alpine:3.20\nRUN chmod 777 /srv\nUSER root\n');
    origin.commit('change');
    origin.git('clone', '--quiet', '--branch', 'topic', origin.directory, join(directory, 'clone'));
    clone = join(directory, 'clone');
  });
  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  interface GitLabFile {
    readonly securescan: { readonly script: readonly string[] };
  }
  interface AzureFile {
    readonly steps: readonly { readonly bash?: string }[];
  }
  const gitlab = (parse(sample('gitlab-ci.yml')) as GitLabFile).securescan.script;
  const azure = (parse(sample('azure-pipelines.yml')) as AzureFile).steps;
  const jenkins = /sh '''\n([^]*?)'''/u.exec(sample('Jenkinsfile'))?.[1] ?? '';

  it.each([
    ['GitLab', gitlab.join('\n'), { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }],
    ['Jenkins', jenkins, { CHANGE_TARGET: 'main' }],
    [
      'Azure',
      azure.map(({ bash }) => bash ?? '').join('\n'),
      { SYSTEM_PULLREQUEST_TARGETBRANCH: 'refs/heads/main', BUILD_ARTIFACTSTAGINGDIRECTORY: '.' },
    ],
    ['anything else', sample('diff.sh'), { TARGET_BRANCH: 'main' }],
  ])('%s stops a change with something new', async (_name, script, variables) => {
    const { code, output } = await run(`set -e\n${script}`, variables);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/New \(\d+\)/u) });
    const reports = ['securescan.json', 'securescan.sarif'].map((file) =>
      readFileSync(join(clone, file), 'utf8'),
    );
    expect(JSON.parse(reports[0] ?? '')).toMatchObject({ complete: true });
    expect(codeScanningProblems(reports[1] ?? '')).toEqual([]);
  });

  async function run(
    script: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    for (const file of ['securescan.json', 'securescan.sarif'])
      rmSync(join(clone, file), { force: true });
    const env = {
      ...variables,
      // Where no scanner is that would take its time: it is not what the samples are about.
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: directory,
      SECURESCAN_REPOSITORY: `file://${ours}`,
      SECURESCAN_REF: 'main',
      SECURESCAN_SCAN_TYPES: 'iac',
    };
    const child = spawn('bash', ['-c', script], { cwd: clone, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }
});
