/** What is wrong with a path before anyone asked the server; `null` where nothing is. */
export function checkTarget(path: string): string | null {
  const trimmed = path.trim();
  if (trimmed === '') return 'Name the directory or file to scan.';
  if (!/^(\/|[A-Za-z]:[\\/])/.test(trimmed)) {
    return 'Give the whole path, from the root of the file system.';
  }
  return null;
}
