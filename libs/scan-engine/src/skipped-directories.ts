/**
 * Directories that hold other people's code, build output or caches. The walk of a tree leaves them out wherever they stand,
 * and tools that walk by themselves are told to.
 */
export const SKIPPED_DIRECTORIES: readonly string[] = [
  '.git',
  '.mypy_cache',
  '.next',
  '.tox',
  '.venv',
  '__pycache__',
  'build',
  'dist',
  'node_modules',
  'venv',
];
