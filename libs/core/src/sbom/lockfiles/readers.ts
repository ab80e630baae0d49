import type { LockfileReader } from '../locked-package';
import { bunLockReader } from './bun-lock';
import { npmLockReader } from './npm-lock';
import { pnpmLockReader } from './pnpm-lock';
import { yarnLockReader } from './yarn-lock';

/** Every kind of lock file that is read, in the order in which they are asked; a path is read by the first that knows it. */
export const LOCKFILE_READERS: readonly LockfileReader[] = [
  npmLockReader,
  pnpmLockReader,
  yarnLockReader,
  bunLockReader,
];
