import { baseName } from '../paths';
import type { SkippedFile } from '../../scanner';

const NO_LICENSES = 'licences are not assessed for this kind of file';
const GO = 'licences of Go modules are not assessed: they carry texts, no names';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['go.mod', GO],
  ['Cartfile.resolved', NO_LICENSES],
  ['Gemfile.lock', NO_LICENSES],
  ['Package.resolved', NO_LICENSES],
  ['Podfile.lock', NO_LICENSES],
  ['build.gradle', NO_LICENSES],
  ['build.gradle.kts', NO_LICENSES],
  ['bun.lockb', NO_LICENSES],
  ['conan.lock', NO_LICENSES],
  ['gradle.lockfile', NO_LICENSES],
  ['mix.lock', NO_LICENSES],
  ['packages.lock.json', NO_LICENSES],
  ['pom.xml', NO_LICENSES],
  ['pubspec.lock', NO_LICENSES],
  ['pylock.toml', NO_LICENSES],
]);

/** Files that name packages whose licences nobody here looks at: they must not look clean. */
export function unassessedFiles(paths: readonly string[]): SkippedFile[] {
  return paths.flatMap((path) => {
    const reason = REASONS.get(baseName(path));
    return reason === undefined ? [] : [{ path, reason }];
  });
}
