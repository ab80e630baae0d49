import type { LockfileReader } from '../locked-package';
import { bunLockReader } from './bun-lock';
import { cargoLockReader } from './cargo-lock';
import { composerLockReader } from './composer-lock';
import { gemfileLockReader } from './gemfile-lock';
import { goModReader } from './go-mod';
import { gradleBuildscriptLockReader, gradleLockReader } from './gradle-lockfile';
import { mavenPomReader } from './maven-pom';
import { npmLockReader } from './npm-lock';
import { pnpmLockReader } from './pnpm-lock';
import { pdmLockReader } from './python/pdm-lock';
import { pipfileLockReader } from './python/pipfile-lock';
import { poetryLockReader } from './python/poetry-lock';
import { pylockReader } from './python/pylock';
import { developmentRequirementsReader, requirementsReader } from './python/requirements';
import { uvLockReader } from './python/uv-lock';
import { yarnLockReader } from './yarn-lock';

/** Every kind of lock file that is read, in the order in which they are asked; a path is read by the first that knows it. */
export const LOCKFILE_READERS: readonly LockfileReader[] = [
  npmLockReader,
  pnpmLockReader,
  yarnLockReader,
  bunLockReader,
  poetryLockReader,
  uvLockReader,
  pdmLockReader,
  pylockReader,
  pipfileLockReader,
  requirementsReader,
  developmentRequirementsReader,
  goModReader,
  cargoLockReader,
  gemfileLockReader,
  composerLockReader,
  mavenPomReader,
  gradleLockReader,
  gradleBuildscriptLockReader,
];
