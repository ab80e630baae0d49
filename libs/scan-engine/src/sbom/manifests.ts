/** What a tool calls the file in which people say what they need, and those that say which versions it came to. */
interface Manifest {
  readonly isManifest: (name: string) => boolean;
  readonly isLock: (name: string) => boolean;
}

const named = (...names: readonly string[]): ((name: string) => boolean) => {
  const all = new Set(names);
  return (name) => all.has(name);
};

const PYTHON_LOCK =
  /^(?:poetry\.lock|uv\.lock|pdm\.lock|Pipfile\.lock|pylock(?:\.[^.]{1,100})?\.toml|requirements[^/]{0,100}\.txt)$/u;

/** A manifest is covered by a lock file of its own kind beside it, or above it, as in a workspace. */
export const MANIFESTS: readonly Manifest[] = [
  {
    isManifest: named('package.json'),
    isLock: named(
      'package-lock.json',
      'npm-shrinkwrap.json',
      'pnpm-lock.yaml',
      'yarn.lock',
      'bun.lock',
      'bun.lockb',
      'deno.lock',
    ),
  },
  {
    isManifest: named('pyproject.toml', 'Pipfile', 'setup.py', 'setup.cfg'),
    isLock: (name) => PYTHON_LOCK.test(name),
  },
  { isManifest: named('go.mod'), isLock: named('go.mod', 'go.sum', 'go.work.sum') },
  { isManifest: named('Cargo.toml'), isLock: named('Cargo.lock') },
  { isManifest: named('Gemfile', 'gems.rb'), isLock: named('Gemfile.lock', 'gems.locked') },
  { isManifest: named('composer.json'), isLock: named('composer.lock') },
  {
    isManifest: named('build.gradle', 'build.gradle.kts'),
    isLock: named('gradle.lockfile', 'buildscript-gradle.lockfile'),
  },
  { isManifest: named('mix.exs'), isLock: named('mix.lock') },
  { isManifest: named('pubspec.yaml'), isLock: named('pubspec.lock') },
  { isManifest: named('Package.swift'), isLock: named('Package.resolved') },
  { isManifest: named('Podfile'), isLock: named('Podfile.lock') },
  { isManifest: (name) => /\.(?:cs|fs|vb)proj$/u.test(name), isLock: named('packages.lock.json') },
];

/** Lock files of kinds that nobody here reads: what they name is missing from the list, which is to be said. */
const OTHER_LOCK_FILES: ReadonlySet<string> = new Set([
  'bun.lockb',
  'Cartfile.resolved',
  'conan.lock',
  'deno.lock',
  'mix.lock',
  'Package.resolved',
  'packages.lock.json',
  'paket.lock',
  'Podfile.lock',
  'pubspec.lock',
  'rebar.lock',
  'renv.lock',
  'shard.lock',
  'stack.yaml.lock',
]);

export function isOtherLockFile(path: string): boolean {
  return OTHER_LOCK_FILES.has(nameOf(path));
}

/** Manifests, sorted as given, without a lock file of their kind beside or above them. */
export function manifestsWithoutLock(paths: readonly string[]): string[] {
  return MANIFESTS.flatMap(({ isManifest, isLock }) => {
    const covered = new Set(paths.filter((path) => isLock(nameOf(path))).map(directoryOf));
    return paths.filter((path) => isManifest(nameOf(path)) && !isCovered(path, covered));
  });
}

function isCovered(path: string, covered: ReadonlySet<string>): boolean {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    if (covered.has(directory)) return true;
    if (directory === '') return false;
  }
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Empty for what stands in the root itself. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
