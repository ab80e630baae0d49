import { baseName } from '../paths';

/** Written by package managers: checksums that look generated, because they are. */
const LOCK_FILES: ReadonlySet<string> = new Set([
  'Cargo.lock',
  'Gemfile.lock',
  'Pipfile.lock',
  'bun.lock',
  'composer.lock',
  'flake.lock',
  'go.sum',
  'mix.lock',
  'npm-shrinkwrap.json',
  'package-lock.json',
  'packages.lock.json',
  'pdm.lock',
  'pnpm-lock.yaml',
  'poetry.lock',
  'pubspec.lock',
  'uv.lock',
  'yarn.lock',
]);

export function isLockFile(path: string): boolean {
  return LOCK_FILES.has(baseName(path));
}
