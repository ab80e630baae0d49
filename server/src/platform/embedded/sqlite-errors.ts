import { UserError } from '@securescan/core';

/** Looks through TypeORM's wrapping for what SQLite or the file system said. */
function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) {
    return null;
  }
  if ('code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return 'driverError' in error ? codeOf(error.driverError) : null;
}

/** Whether an error is the given one of SQLite's, or a more precise kind of it. */
export function isSqliteError(error: unknown, code: string): boolean {
  const actual = codeOf(error);
  return actual === code || (actual?.startsWith(`${code}_`) ?? false);
}

const FULL = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];
const UNSOUND = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'];
const NOT_WRITABLE = [
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PERM',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
];

/** What stands in the way of opening a database, as a sentence for whoever starts the server; other errors as they are. */
export function explainOpenFailure(error: unknown, file: string): unknown {
  const is = (code: string): boolean => isSqliteError(error, code);
  if (FULL.some(is)) {
    return new UserError(
      'DISK_FULL',
      `The disk that holds the database ${file} is full. Free some space there, or point SECURESCAN_DB_PATH at another disk.`,
      { cause: error },
    );
  }
  if (NOT_WRITABLE.some(is)) {
    return new UserError(
      'CONFIG_INVALID',
      `The database ${file} cannot be opened for writing. Check that its directory exists and is yours to write to, or set SECURESCAN_DB_PATH to a file elsewhere.`,
      { cause: error },
    );
  }
  if (UNSOUND.some(is)) return unsoundFile(error, file);
  // SQLite's general I/O error is most often a full disk as well, but only the system knows.
  return error;
}

/** The same for a database that is only read. */
export function explainReadFailure(error: unknown, file: string): unknown {
  const is = (code: string): boolean => isSqliteError(error, code);
  // An I/O error is what SQLite says of a directory.
  if (['ENOENT', 'SQLITE_IOERR', ...NOT_WRITABLE].some(is)) {
    return new UserError(
      'CONFIG_INVALID',
      `There is no database at ${file} that can be read. Set SECURESCAN_DB_PATH to the one that the server uses.`,
      { cause: error },
    );
  }
  return UNSOUND.some(is) ? unsoundFile(error, file) : error;
}

function unsoundFile(cause: unknown, file: string): UserError {
  return new UserError(
    'CONFIG_INVALID',
    `The file ${file} is not a sound SQLite database. Restore it from a backup, or set SECURESCAN_DB_PATH to another file.`,
    { cause },
  );
}
