import type { LockfileReader } from '../locked-package';

/** Every kind of lock file that is read, in the order in which they are asked; a path is read by the first that knows it. */
export const LOCKFILE_READERS: readonly LockfileReader[] = [];
