/**
 * `node libs/tooling/bundle.mjs cli|action|server [--check]`: puts a program, its threads and the packages that they use into a few files, which
 * start in a third of the time that hundreds take, and for the Action need nothing but Node beside them.
 *
 * `--check` writes nothing and ends with 1 where what stands there is something else.
 *
 * The same sources and the same lock give the same bytes on every machine. `sideEffects` of package.json counts here: a file of ours of
 * which nothing is used is left out, and a `import './file'` for its own sake would do nothing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Nest looks for these when a program serves HTTP; the command line does not. */
const OF_SERVERS = [
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'class-transformer',
  'class-validator',
  'file-type',
].flatMap((name) => [name, `${name}/*`]);

/** Loaded by the command line once it knows that there is something to run: `--help` must not wait for it. */
const PROGRAM = { 'run-invocation': 'cli/src/run-invocation.ts' };
const THREADS = { 'worker-main': 'libs/host-node/src/inspection/worker-main.ts' };

/** From sources. */
const OF_COMMANDS = {
  external: ['./run-invocation.js', ...OF_SERVERS],
  // Names stay as they are, so that a stack trace can be read.
  minifyWhitespace: true,
  minifySyntax: true,
};

/** Nest loads them while it runs. What is bundled would be others of the same name, which know none of our decorators. */
const LOADED_BY_NAME = ['class-transformer', 'class-validator'];

/**
 * From what the compiler made of them, for the sake of its decorator metadata. The guard of main.js runs on a Node that is too old
 * for the rest. Classes keep their names: the names of OpenAPI's schemas are made of them.
 */
const OF_THE_SERVER = {
  external: ['./program.js', 'better-sqlite3', ...LOADED_BY_NAME],
  keepNames: true,
  plugins: [leaveOutWhatIsAbsent()],
  // Some packages ask where they are to find a file of theirs.
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  // What main.js imports is seen by Node in this form alone.
  footer: { js: '0 && (module.exports = { runProgram });' },
};

/** Nest and TypeORM try to load what somebody may have installed beside them, and do without where nobody has. */
function leaveOutWhatIsAbsent() {
  return {
    name: 'leave-out-what-is-absent',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...asked }) => {
        if (pluginData === 'asked') return undefined;
        const found = await resolve(path, { ...asked, pluginData: 'asked' });
        return found.errors.length === 0 ? found : { path, external: true };
      });
    },
  };
}

const BUNDLES = {
  server: {
    directory: 'dist/server',
    options: OF_THE_SERVER,
    // The compiled threads stand there, too.
    isShared: true,
    entries: { main: 'dist/server/src/main.js', program: 'dist/server/src/program.js' },
  },
  cli: {
    directory: 'dist/cli/src',
    options: OF_COMMANDS,
    entries: { main: 'cli/src/main.ts', ...PROGRAM, ...THREADS },
  },
  action: {
    options: OF_COMMANDS,
    directory: 'action/dist',
    entries: {
      main: 'action/src/main.ts',
      cli: 'cli/src/main-of-action.ts',
      ...PROGRAM,
      ...THREADS,
    },
  },
};

/** The files of a bundle, by name, as bytes. Rejects when a source does not compile. */
async function bundle(name) {
  const { entries, options } = BUNDLES[name];
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: 'bundle',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    // The oldest that the Action runs on.
    target: 'node20.19',
    format: 'cjs',
    ...options,
    legalComments: 'none',
    logLevel: 'error',
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]));
  files.set('licences.txt', Buffer.from(licencesOf(Object.keys(metafile.inputs))));
  return files;
}

/** What the licences of the packages in a bundle ask for: their own text, beside it. */
function licencesOf(inputs) {
  const found = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  const packages = [...new Set(found)].sort((a, b) => (a < b ? -1 : 1));
  return packages.map(licenceOf).join(`\n${'-'.repeat(78)}\n\n`);
}

function licenceOf(folder) {
  const directory = join(root, folder);
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  const file = readdirSync(directory)
    .sort((a, b) => (a < b ? -1 : 1))
    .find((candidate) => /^licen[cs]e/iu.test(candidate));
  const text =
    file === undefined ? '' : `\n${readFileSync(join(directory, file), 'utf8').trim()}\n`;
  return `${name} ${version} (${license})\n${text.replaceAll('\r\n', '\n')}`;
}

/** The files of a bundle that are not there as they should be. */
async function staleFiles(name) {
  const files = await bundle(name);
  const { directory: place, isShared = false } = BUNDLES[name];
  const directory = join(root, place);
  const present = existsSync(directory) ? readdirSync(directory) : [];
  const names = new Set([...(isShared ? [] : present), ...files.keys()]);
  return [...names].filter((file) => {
    const wanted = files.get(file);
    const isThere = wanted !== undefined && present.includes(file);
    return !isThere || Buffer.compare(readFileSync(join(directory, file)), wanted) !== 0;
  });
}

/** Writes a bundle where it belongs. Nothing else stays there, unless it is shared. */
async function writeBundle(name) {
  const files = await bundle(name);
  const { directory: place, isShared = false } = BUNDLES[name];
  const directory = join(root, place);
  if (!isShared) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  for (const [file, contents] of files) {
    const isProgram = file === 'main.js' || file === 'cli.js';
    writeFileSync(join(directory, file), contents, { mode: isProgram ? 0o755 : 0o644 });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const name = process.argv[2];
  if (!Object.hasOwn(BUNDLES, name)) {
    process.stderr.write(
      `usage: node libs/tooling/bundle.mjs <${Object.keys(BUNDLES).join('|')}>\n`,
    );
    process.exit(2);
  }
  if (process.argv[3] === '--check') {
    const stale = await staleFiles(name);
    if (stale.length > 0) {
      process.stderr.write(`Not up to date: ${stale.join(', ')}. Run: npm run build:${name}\n`);
      process.exitCode = 1;
    }
  } else {
    await writeBundle(name);
  }
}
