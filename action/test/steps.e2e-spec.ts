import { readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeScanningProblems, describeWithTool, findOnPath } from '@securescan/testing';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Project } from '../../cli/test/history/project';
import { GitHubServer, PULL } from './github-server';
import { Runner, type Job } from './runner';
import { runScript, runSteps } from './steps';

// Each runs real scanners over two revisions, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const VALIDATOR = 'sarif-multitool';

let runner: Runner;
let project: Project;
let github: GitHubServer;
beforeEach(async () => {
  runner = new Runner();
  github = new GitHubServer();
  await github.start();
  // What is there on the first day: no rules of what to ignore, no configuration.
  project = new Project(runner.place('shop'));
  project.write('a.py', 'REGION = "eu-central-1"\n');
  project.commit('base');
  project.write(
    'a.py',
    'import subprocess\n\n\ndef run(words):\n    subprocess.call(words, shell=True)\n',
  );
  project.commit('head');
});
afterEach(async () => {
  await github.stop();
  runner.dispose();
});

function job(inputs: Readonly<Record<string, string>> = {}): Job {
  const [head, base] = project.git('rev-list', 'HEAD').split('\n');
  github.head = head ?? '';
  return {
    eventName: 'pull_request',
    event: { pull_request: { number: PULL, base: { sha: base }, head: { sha: head } } },
    workspace: project.directory,
    sha: head ?? '',
    apiUrl: github.url,
    inputs,
  };
}

describeWithTool(['bandit', VALIDATOR], 'the steps of action.yml', () => {
  it('stop what is as bad as the threshold, and leave a fresh repository as it was', async () => {
    symlinkSync(realpathSync(findOnPath('bandit') ?? ''), join(runner.bin, 'bandit'));
    const before = project.digest();
    const ended = await runSteps(runner, job({ 'fail-on-severity': 'high' }));
    expect({ code: ended.code, log: ended.log }).toEqual({
      code: 1,
      log: expect.stringMatching(
        /^::notice title=SecureScan::Skipped: (?!bandit).*\bsemgrep\b.*install-scanners: true/mu,
      ),
    });
    expect(ended.outputs).toMatchObject({ 'exit-code': '1', 'highest-severity': 'high' });
    expect(ended.summary).toContain('semgrep was left out on both sides');
    expect(ended.used).toEqual([
      {
        name: expect.stringMatching(/^actions\/upload-artifact@/u),
        with: { name: 'securescan-scan-0', path: ended.outputs['directory'], overwrite: 'true' },
      },
    ]);
    expect(readdirSync(ended.outputs['directory'] ?? '')).toHaveLength(5);
    expect(github.issueComments).toHaveLength(1);

    const sarif = readFileSync(ended.outputs['sarif-path'] ?? '', 'utf8');
    expect(schemaErrors(sarif)).toEqual([]);
    expect(codeScanningProblems(sarif)).toEqual([]);
    expect(github.uploads.map(({ sarif: sent }) => sent)).toEqual([JSON.parse(sarif)]);

    expect(project.digest()).toBe(before);
    expect(project.git('status', '--porcelain', '--ignored')).toBe('');
  });
});

/** By the schema of those who make SARIF. */
function schemaErrors(text: string): unknown {
  const tool = dirname(realpathSync(findOnPath(VALIDATOR) ?? ''));
  const schema = readFileSync(join(tool, 'sarif-2.1.0.json'), 'utf8');
  const validate = addFormats(new Ajv({ strict: false, allErrors: true })).compile(
    JSON.parse(schema) as object,
  );
  return validate(JSON.parse(text)) ? [] : validate.errors;
}

/** As Python does with `-m venv`, with a pip that does what `pip` says. */
const python = (pip: string): string => `
const { chmodSync, mkdirSync, writeFileSync } = require('node:fs');
const bin = process.argv[4] + '/bin';
mkdirSync(bin, { recursive: true });
const write = (name, text) => {
  writeFileSync(bin + '/' + name, '#!/bin/sh\\n' + text + '\\n');
  chmodSync(bin + '/' + name, 0o755);
};
write('bandit', 'case $1 in --version) echo "bandit 1.9.4";; *) echo ran > "$RUNNER_TEMP/ran"; exit 9;; esac');
write('pip', ${JSON.stringify(pip)});
`;

it('installs scanners by their hashes, outside the tree, and looks for them there first', async () => {
  runner.makeTool('python3', python('echo "$@" > "$RUNNER_TEMP/words"'));
  const before = project.digest();
  const ended = await runSteps(runner, job({ 'install-scanners': 'true', 'scan-types': 'code' }));
  // This bandit breaks on everything, so that it must have been the one that ran.
  expect({ code: ended.code, log: ended.log }).toEqual({
    code: 3,
    log: expect.stringContaining('bandit'),
  });
  const temp = dirname(ended.outputs['directory'] ?? '');
  const words = readFileSync(join(temp, 'words'), 'utf8');
  expect(words).toContain('--only-binary :all: --require-hashes --requirement');
  expect(words).toContain(join(runner.action, 'scanners.txt'));
  expect(project.digest()).toBe(before);
});

it.each([
  ['is no Python', null],
  ['is no network', 'exit 1'],
])('says so where there %s, and stops nothing', async (_what, pip) => {
  runner.makeTool('python3', pip === null ? 'process.exit(127)' : python(pip));
  const variables = runner.variablesOf(job());
  const script = `bash '${join(runner.action, 'install-scanners.sh')}'`;
  const { code, log } = await runScript(script, project.directory, variables);
  expect({ code, log }).toEqual({
    code: 0,
    log: expect.stringContaining('::warning title=SecureScan::The scanners could not be installed'),
  });
  expect(readFileSync(variables['GITHUB_OUTPUT'] ?? '', 'utf8')).toBe('');
});

it('names every scanner that it installs, by hashes alone', () => {
  const text = readFileSync(join(runner.action, 'scanners.txt'), 'utf8');
  const lines = text.replace(/ \\\n\s*/gu, ' ').split('\n');
  const packages = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(packages.map((line) => line.split('==')[0])).toEqual(
    expect.arrayContaining(['bandit', 'semgrep']),
  );
  for (const line of packages)
    expect(line).toMatch(/^[\w.-]+==[\w.]+(?: --hash=sha256:[0-9a-f]{64})+$/u);
});

it('wants a newer Node in words', async () => {
  runner.makeTool(
    'node',
    "Object.defineProperty(process, 'versions', { value: { node: '18.20.0' } }); eval(process.argv[3]);",
  );
  const { code, log, used } = await runSteps(runner, job());
  expect({ code, log, used }).toEqual({
    code: 2,
    log: '::error title=SecureScan::Node 20.19 or newer is needed; add actions/setup-node before this step.\n',
    used: [],
  });
});
