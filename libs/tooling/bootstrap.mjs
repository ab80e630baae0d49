/**
 * Brings a clone to the state in which the server can start and the tests can run: installs when the lock changed, builds
 * what changed. Runs before anything is installed, so it uses Node's own modules only.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = join(root, 'node_modules', '.bin');
const FIRST_LOAD = join(root, 'libs', 'tooling', 'check-first-load.mjs');
const BUNDLE = 'libs/tooling/bundle.mjs';

function stop(sentence) {
  process.stderr.write(`securescan: ${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isNewEnough =
    major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (!isNewEnough) {
    stop(
      `Node ${process.versions.node} is too old; install Node ${OLDEST_NODE.join('.')} or newer and try again.`,
    );
  }
}

function run(label, command, args) {
  const started = Date.now();
  process.stderr.write(`securescan: ${label} …\n`);
  const result = spawnSync(command, args, {
    cwd: root,
    // Tools report on stdout; ours stays free for data.
    stdio: ['ignore', 2, 2],
    env: {
      ...process.env,
      PATH: `${tools}${delimiter}${process.env.PATH ?? ''}`,
      NG_CLI_ANALYTICS: 'false',
    },
  });
  if (result.error?.code === 'ENOSPC') stop('the disk is full; free some space and try again.');
  if (result.status !== 0) stop(`${label} failed; the lines above say why.`);
  process.stderr.write(
    `securescan: ${label} took ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
}

function filesBelow(directory) {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('__') ? [] : filesBelow(path);
    return /\.(spec|e2e-spec|bench|contract)\.ts$/.test(entry.name) ? [] : [path];
  });
}

function digestOf(places) {
  const hash = createHash('sha256');
  const files = places.flatMap((place) =>
    /\.(json|mjs)$/.test(place) ? [place] : filesBelow(place),
  );
  for (const file of files.sort()) {
    hash
      .update(file.split(sep).join('/'))
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Does the work unless the stamp says that it was done for exactly these inputs. */
function whenChanged(stampFile, digest, work) {
  const stamp = join(root, stampFile);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  rmSync(stamp, { force: true });
  work();
  writeFileSync(stamp, digest);
}

function install() {
  whenChanged('node_modules/.securescan-lock', digestOf(['package-lock.json']), () => {
    const npm = process.env.npm_execpath;
    const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    if (npm) run('installing packages', process.execPath, [npm, ...flags]);
    else run('installing packages', 'npm', flags);
  });
}

function build() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const settings = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'nest-cli.json',
    'libs/tooling/bootstrap.mjs',
  ];
  const libraries = ['contracts', 'core', 'scan-engine', 'host-node', 'api-client'].map(
    (name) => `libs/${name}/src`,
  );
  const parts = [
    {
      name: 'server',
      inputs: [
        ...settings,
        'libs/tooling/bundle.mjs',
        'server/tsconfig.app.json',
        'server/src',
        ...libraries,
      ],
      steps: [
        ['building server', 'nest', 'build', 'server'],
        ['bundling server', 'node', BUNDLE, 'server'],
      ],
    },
    {
      name: 'cli',
      inputs: [...settings, 'libs/tooling/bundle.mjs', 'cli/src', ...libraries],
      steps: [['building cli', 'node', BUNDLE, 'cli']],
    },
    {
      name: 'dashboard',
      inputs: [
        'package.json',
        'package-lock.json',
        'angular.json',
        'libs/tooling/check-first-load.mjs',
        'dashboard/tsconfig.json',
        'dashboard/tsconfig.app.json',
        'dashboard/src',
        'dashboard/public',
        'libs/contracts/src',
      ],
      steps: [
        ['building dashboard', 'ng', 'build'],
        ["weighing the dashboard's first load", 'node', FIRST_LOAD],
      ],
    },
  ];
  for (const { name, inputs, steps } of parts) {
    whenChanged(`dist/.built-${name}`, digestOf(inputs), () => {
      for (const [label, tool, ...args] of steps) run(label, join(tools, tool), args);
    });
  }
}

/** `npx securescan` finds the command of this clone among the installed ones. */
function linkCommand() {
  const link = join(tools, 'securescan');
  chmodSync(join(root, 'dist/cli/src/main.js'), 0o755);
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'dist', 'cli', 'src', 'main.js'), link);
}

checkNode();
try {
  install();
  build();
  linkCommand();
} catch (error) {
  // Writing stamps and links can fail for reasons of the machine; anything else is a defect and keeps its stack.
  if (error?.code === 'ENOSPC') stop('the disk is full; free some space and try again.');
  if (error?.code === 'EACCES' || error?.code === 'EROFS')
    stop(`${error.path} cannot be written; check its permissions.`);
  throw error;
}
