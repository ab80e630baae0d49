/**
 * Completes package-lock.json after a change of dependencies: `npm run lock`.
 *
 * A registry mirror may lack the binaries of other platforms. npm then leaves those optional packages out of the lock, and
 * `npm ci` refuses the lock because they are missing from it. This adds an entry without a download for each one that is
 * named by an `optionalDependencies` map and resolves nowhere; on a platform that needs it, npm fetches it as usual.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OPERATING_SYSTEMS = [
  'darwin',
  'win32',
  'android',
  'freebsd',
  'openbsd',
  'netbsd',
  'openharmony',
  'sunos',
  'aix',
  'linux',
];
const PROCESSORS = [
  'arm64',
  'riscv64',
  'ppc64',
  's390x',
  'loong64',
  'mips64el',
  'x64',
  'ia32',
  'wasm32',
  'arm',
];
const EXACT_VERSION = /^\d+\.\d+\.\d+/;

const file = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8'));
const packages = lock.packages;

/** The path of the package that `from` would load as `name`, by Node's look-up upwards, or undefined. */
function resolveFrom(from, name) {
  for (let directory = from; ;) {
    const candidate = `${directory === '' ? '' : `${directory}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (directory === '') return undefined;
    const cut = directory.lastIndexOf('/node_modules/');
    directory = cut === -1 ? '' : directory.slice(0, cut);
  }
}

const missing = {};
for (const [from, entry] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const resolved = resolveFrom(from, name);
    const isSatisfied =
      resolved !== undefined &&
      (!EXACT_VERSION.test(range) || packages[resolved].version === range);
    const version = range.replace(/^[\^~]/, '');
    if (isSatisfied || !EXACT_VERSION.test(version)) continue;

    const os = name.includes('wasi')
      ? 'none'
      : OPERATING_SYSTEMS.find((part) => name.includes(part));
    const cpu = PROCESSORS.find((part) => name.includes(part));
    const place = resolved === undefined ? `node_modules/${name}` : `${from}/node_modules/${name}`;
    missing[place] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
    };
  }
}

const byPath = ([a], [b]) => (a < b ? -1 : 1);
lock.packages = Object.fromEntries(Object.entries({ ...packages, ...missing }).sort(byPath));
// A lock that names one mirror's address binds every clone to it.
for (const entry of Object.values(lock.packages)) {
  if (entry.resolved?.startsWith('http')) delete entry.resolved;
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`package-lock.json: ${Object.keys(missing).length} entries added\n`);
