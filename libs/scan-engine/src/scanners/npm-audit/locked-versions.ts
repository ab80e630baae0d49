/** Nested deeper than npm ever nests. */
const MAX_DEPTH = 40;

/**
 * The version at each place of a lock file of npm (versions 1 to 3), by the place as npm names it in its reports:
 * `node_modules/a/node_modules/b`. `null` for what is no such file.
 */
export function readLockedVersions(text: string): Record<string, string> | null {
  const lock = parse(text);
  if (lock === null) return null;
  const packages = toObject(lock['packages']);
  const dependencies = toObject(lock['dependencies']);
  if (packages === null && dependencies === null) {
    return typeof lock['lockfileVersion'] === 'number' ? {} : null;
  }
  const versions = new Map<string, string>();
  if (packages !== null) collectPackages(packages, versions);
  else collectTree(dependencies ?? {}, '', versions);
  return Object.fromEntries(versions);
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return toObject(JSON.parse(text));
  } catch {
    // Expected: a merge conflict, or a file that only has the name.
    return null;
  }
}

function collectPackages(packages: Record<string, unknown>, versions: Map<string, string>): void {
  for (const [place, entry] of Object.entries(packages)) {
    const version = toObject(entry)?.['version'];
    if (place !== '' && typeof version === 'string') versions.set(place, version);
  }
}

function collectTree(
  dependencies: Record<string, unknown>,
  above: string,
  versions: Map<string, string>,
  depth = 0,
): void {
  if (depth > MAX_DEPTH) return;
  for (const [name, entry] of Object.entries(dependencies)) {
    const place = `${above}node_modules/${name}`;
    const { version, dependencies: nested } = toObject(entry) ?? {};
    if (typeof version === 'string') versions.set(place, version);
    const children = toObject(nested);
    if (children !== null) collectTree(children, `${place}/`, versions, depth + 1);
  }
}

function toObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
