/** Whether git tracks something above the path: that can only be a submodule, whose files are in a repository of their own. */
export function isInSubmodule(path: string, tracked: ReadonlySet<string>): boolean {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    if (tracked.has(path.slice(0, at))) return true;
  }
  return false;
}
