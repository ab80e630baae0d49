import { aCommandContext, aFileTree } from '@securescan/testing';
import type { FileTree } from '../../ports';
import type { ToolPlan } from '../../scanner';
import { checkovScanner } from './scanner';

const OPTIONS = { semgrepRules: [] };

function planFor(files: FileTree, path = '/project', root = '/project'): Promise<ToolPlan> {
  const context = aCommandContext({ target: { root, path, project: 'p' }, files });
  return Promise.resolve(checkovScanner.plan(context));
}

/** The patterns of what checkov is to leave out. */
function patternsOf({ commands }: ToolPlan): RegExp[] {
  const settings: unknown = JSON.parse(commands[0]?.files?.['settings.yaml'] ?? 'null');
  const { 'skip-path': patterns } = settings as { 'skip-path': string[] };
  // Python writes a character beyond the first plane as \UXXXXXXXX.
  return patterns.map((pattern) => new RegExp(pattern.replace(/\\U000(\w{5})/gu, '\\u{$1}'), 'u'));
}

function leavesOut(plan: ToolPlan, path: string): boolean {
  return patternsOf(plan).some((pattern) => pattern.test(path));
}

describe('checkov scanner', () => {
  it.each([
    ['Dockerfile', true],
    ['docker/web.Dockerfile.prod', true],
    ['infra/main.tf', true],
    ['.github/workflows/ci.yml', true],
    ['k8s/pod.yaml', true],
    ['cdk.out/App.template.json', true],
    ['src/app.ts', false],
    ['package.json', false],
    ['tsconfig.build.json', false],
    ['docs/Dockerfile.md/readme.txt', false],
    ['prod.tfvars', false],
  ])('given only %s: there may be something to read: %s', (path, expected) => {
    expect(checkovScanner.appliesTo(aFileTree({ [path]: '' }), OPTIONS)).toBe(expected);
  });

  it.each([
    ['a pod', 'apiVersion: v1\nkind: Pod\n', 1],
    ['a template', '{ "Resources" : {} }', 1],
    ['a description of an API', "'openapi': 3.0.0\n", 1],
    ['a playbook', '- hosts: all\n  tasks: []\n', 1],
    ['data', 'colour: red\nopenapis: 3\n', 0],
    ['words', 'text: the hosts are listed\n', 0],
  ])('looks closer at %s', async (_what, text, calls) => {
    const { commands } = await planFor(aFileTree({ 'data/x.yaml': text }));
    expect(commands).toHaveLength(calls);
  });

  it('reads no file where a name says enough', async () => {
    const files = { ...aFileTree({ 'a.yaml': '', 'main.tf': '' }), readText: jest.fn() };
    expect((await planFor(files)).commands).toHaveLength(1);
    expect(files.readText).not.toHaveBeenCalled();
  });

  it('gives the place of the target in one word, as a directory or a file', async () => {
    const files = aFileTree({ 'infra/main.tf': '' });
    const [directory] = (await planFor(files, '/project/infra')).commands;
    expect(directory?.args.at(-1)).toBe('--directory=/project/infra');
    const [file] = (await planFor(files, '/project/infra/main.tf')).commands;
    expect(file?.args.at(-1)).toBe('--file=/project/infra/main.tf');
    for (const word of ['-d', '--directory', '--quiet', '--external-checks-dir']) {
      expect(directory?.args).not.toContain(word);
    }
  });

  it('leaves out what our walk leaves out, below the target only', async () => {
    const plan = await planFor(aFileTree({ 'main.tf': '' }), '/build/web', '/build/web');
    expect(leavesOut(plan, '/build/web/node_modules')).toBe(true);
    expect(leavesOut(plan, '/build/web/a/b/.git')).toBe(true);
    expect(leavesOut(plan, '/build/web/a/rebuild')).toBe(false);
    expect(leavesOut(plan, '/build/web/a/xgit')).toBe(false);
    expect(leavesOut(plan, '/build/web/.github')).toBe(false);
  });

  it('leaves out links, FIFOs and what is too large, each by its whole name', async () => {
    const tree = aFileTree({ 'main.tf': '' });
    const files = {
      ...tree,
      files: [...tree.files, { path: 'huge.tf', sizeBytes: tree.maxFileBytes + 1 }],
      irregular: ['a+b [c]/p].yaml', 'x.y.tf', '\u{1F600}.tf', 'socket', 'prod.tfvars'],
    };
    const plan = await planFor(files);
    const all = ['huge.tf', 'a+b [c]/p].yaml', 'x.y.tf', '\u{1F600}.tf', 'prod.tfvars'];
    for (const path of all) expect(leavesOut(plan, `/project/${path}`)).toBe(true);
    for (const path of ['main.tf', 'xzy.tf', 'sub/x.y.tf', 'x.y.tf.json', 'socket']) {
      expect(leavesOut(plan, `/project/${path}`)).toBe(false);
    }
    expect(plan.skipped).toEqual([
      { path: 'huge.tf', reason: 'budget exceeded: larger than 1 MB' },
    ]);
    const settings = plan.commands[0]?.files?.['settings.yaml'] ?? '';
    // Checkov makes a careless expression of the patterns, which such a character would break.
    expect(settings.replace(/^\{"skip-path":\[|\]\}$/gu, '')).not.toMatch(/[[\]]/u);
  });

  it('knows its version from the answer', () => {
    expect(checkovScanner.tool.parseVersion('3.3.30\n')).toBe('3.3.30');
    expect(checkovScanner.tool.parseVersion('warning: old\n3.3.30\n')).toBe('3.3.30');
  });
});
