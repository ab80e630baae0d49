import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScanBench } from './scan-bench';

/** Something in a tree that some program runs of its own accord. Each notes in a file of its own that it was run. */
interface Trap {
  readonly name: string;
  /** Names of files beside the tree that prove that it was run. */
  readonly canaries: readonly string[];
  readonly lay: (bench: ScanBench, payloads: readonly string[]) => void;
}

const PROGRAMS = ['semgrep', 'pysemgrep', 'semgrep-core', 'bandit', 'git', 'node', 'python3', 'sh'];
const HOOKS = ['post-index-change', 'pre-commit', 'post-checkout', 'reference-transaction'];
const PYTHON_MODULES = ['sitecustomize', 'usercustomize', 'json', 'yaml', 'bandit', 'semgrep'];

export const TRAPS: readonly Trap[] = [
  trap('.npmrc with a script shell, an onload script and a registry', ['npmrc'], (bench, [run]) => {
    const registry = 'registry=http://127.0.0.1:1/${SCAN_BENCH_CANARY}/';
    const lines = [`script-shell=${run}`, `onload-script=${run}`, `shell=${run}`, `git=${run}`];
    bench.write('.npmrc', [...lines, registry, 'ignore-scripts=false', ''].join('\n'));
    const scripts = { preinstall: run, prepare: run, test: run };
    bench.write('package.json', JSON.stringify({ name: 'shop', scripts }));
  }),
  trap('executables in node_modules/.bin', PROGRAMS, (bench, payloads) => {
    PROGRAMS.forEach((name, index) => {
      bench.write(`node_modules/.bin/${name}`, `#!/bin/sh\nexec ${payloads[index]}\n`, 0o755);
      bench.write(name, `#!/bin/sh\nexec ${payloads[index]}\n`, 0o755);
    });
  }),
  trap('Python modules with the names of others', PYTHON_MODULES, (bench, payloads) => {
    PYTHON_MODULES.forEach((name, index) => {
      bench.write(`${name}.py`, `import os\nos.system("${payloads[index]}")\n`);
      bench.write(`lib/${name}.pth`, `import os; os.system("${payloads[index]}")\n`);
    });
  }),
  trap('.checkov.yaml with external checks', ['checkov'], (bench, [run]) => {
    bench.write(
      '.checkov.yaml',
      'external-checks-dir:\n  - checks\nrun-all-external-checks: true\n',
    );
    bench.write('checks/__init__.py', `import os\nos.system("${run}")\n`);
  }),
  trap('trivy.yaml with a policy and a module', ['trivy'], (bench, [run]) => {
    bench.write('trivy.yaml', `module:\n  dir: .\nplugin: ${run}\nscan:\n  skip-dirs: ['**']\n`);
    bench.write('.trivyignore', '*\n');
  }),
  trap('semgrep settings and a plug-in of bandit', ['plugins'], (bench, [run]) => {
    bench.write('.semgrep.yml', `rules: [{ id: a, validators: [{ exec: ${run} }] }]\n`);
    bench.write('.semgrep/settings.yml', 'has_shown_metrics_notification: false\n');
    bench.write('setup.py', `import os\nos.system("${run}")\n`);
    bench.write('setup.cfg', '[options.entry_points]\nbandit.plugins =\n    evil = setup:run\n');
  }),
  trap('git hooks', HOOKS, (bench, payloads) => {
    HOOKS.forEach((name, index) => {
      const script = `#!/bin/sh\nexec ${payloads[index]}\n`;
      bench.write(`.git/hooks/${name}`, script, 0o755);
    });
  }),
  trap(
    'gitattributes with filters',
    ['clean', 'smudge', 'process', 'textconv'],
    (bench, payloads) => {
      bench.write('.gitattributes', '* filter=evil diff=evil merge=evil\n');
      const [clean, smudge, process, textconv] = payloads;
      configure(bench, {
        'filter.evil.clean': clean,
        'filter.evil.smudge': smudge,
        'filter.evil.process': process,
        'filter.evil.required': 'true',
        'diff.evil.textconv': textconv,
        'diff.evil.command': textconv,
        'merge.evil.driver': textconv,
      });
    },
  ),
  trap('core.fsmonitor and an included configuration', ['fsmonitor'], (bench, [run]) => {
    const included = join(bench.base, 'outside', 'gitconfig');
    mkdirSync(join(bench.base, 'outside'));
    writeFileSync(included, `[core]\n\tfsmonitor = ${run}\n`);
    configure(bench, {
      'core.fsmonitor': run,
      'include.path': included,
      'core.untrackedCache': 'true',
    });
  }),
  trap(
    'submodules and repositories within',
    ['submodule', 'nested'],
    (bench, [submodule, nested]) => {
      const url = `ext::sh -c ${submodule}`;
      const lines = [`path = sub`, `url = ${url}`, `update = !${submodule}`].map(
        (line) => `\t${line}\n`,
      );
      bench.write('.gitmodules', `[submodule "sub"]\n${lines.join('')}`);
      configure(bench, { 'submodule.sub.url': url, 'submodule.sub.update': `!${submodule}` });
      bench.write('sub/a.txt', 'text');
      git(join(bench.tree, 'sub'), 'init', '-q');
      git(join(bench.tree, 'sub'), 'config', 'core.fsmonitor', String(nested));
    },
  ),
  trap('pagers, helpers and ext:: addresses', ['pager', 'helper', 'remote'], (bench, payloads) => {
    const [pager, helper, remote] = payloads;
    configure(bench, {
      'core.pager': pager,
      'core.editor': pager,
      'pager.ls-files': pager,
      'core.sshCommand': helper,
      'core.gitProxy': helper,
      'core.askPass': helper,
      'core.alternateRefsCommand': helper,
      'credential.helper': `!${helper}`,
      'gpg.program': helper,
      'alias.ls-files': `!${helper}`,
      'remote.origin.url': `ext::sh -c ${remote}`,
      'remote.origin.promisor': 'true',
      'extensions.partialClone': 'origin',
      'protocol.ext.allow': 'always',
    });
  }),
];

/** What tools offer a tree to silence them: the mute, a file that it is about, and who must speak all the same. */
export const MUTES = [
  ['.semgrepignore that ignores everything', 'src/page.js', 'semgrep'],
  ['a .gitignore that ignores everything', 'src/page.js', 'semgrep'],
  ['.bandit, pyproject.toml and tox.ini that skip every test', 'src/service.py', 'bandit'],
  ['# nosec', 'src/muted.py', 'bandit'],
  ['// nosemgrep', 'src/muted.js', 'semgrep'],
  ['.gitleaks.toml and gitleaks:allow', 'src/muted-key.py', 'secrets'],
] as const;

/** Makes the tree a repository with all traps laid and all mutes set. */
export function armTree(bench: ScanBench): void {
  git(bench.tree, 'init', '-q');
  git(bench.tree, 'add', '--all');
  for (const { canaries, lay } of TRAPS)
    lay(
      bench,
      canaries.map((canary) => payload(bench, canary)),
    );
  bench.write('.semgrepignore', ':include .gitignore\n*\n**\n/\n');
  bench.write('.gitignore', '*\n');
  bench.write('.bandit', '[bandit]\nexclude: /\nskips: B301,B403,B102,B307\ntargets: nowhere\n');
  bench.write('pyproject.toml', '[tool.bandit]\nexclude_dirs = ["/"]\nskips = ["B301"]\n');
  bench.write('tox.ini', '[bandit]\nskips: B301\n');
  bench.write('src/muted.py', 'import pickle\npickle.loads(input())  # nosec  # noqa\n');
  bench.write('src/muted.js', 'const run = (text) => eval(text); // nosemgrep\n');
  bench.write('.gitleaks.toml', '[allowlist]\npaths = [".*"]\n');
  const key = ['AKIA', 'Q3EGRZ7XWHN5TBLA'].join('');
  bench.write('src/muted-key.py', `key = "${key}"  # gitleaks:allow\n`);
}

function trap(name: string, canaries: readonly string[], lay: Trap['lay']): Trap {
  return { name, canaries: canaries.map((canary) => `canary-${name.length}-${canary}`), lay };
}

/** A program in the tree that leaves the canary beside it, with the environment that it saw. */
function payload(bench: ScanBench, canary: string): string {
  const path = `payloads/${canary}`;
  bench.write(path, `#!/bin/sh\nenv > '${join(bench.base, canary)}'\ncat\n`, 0o755);
  return join(bench.tree, path);
}

function configure(bench: ScanBench, settings: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(settings))
    git(bench.tree, 'config', name, value ?? '');
}

/** With no configuration but the repository's; what is set later must not run while the tree is armed. */
function git(directory: string, ...args: readonly string[]): void {
  const env = { PATH: '/usr/bin:/bin', HOME: directory, GIT_CONFIG_NOSYSTEM: '1' };
  execFileSync('git', [...args], { cwd: directory, env, stdio: 'pipe' });
}
