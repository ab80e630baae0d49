/** What a key of `packages` in a `pnpm-lock.yaml` says by itself. */
export interface PnpmKey {
  readonly name: string;
  /** A version, or for what is from no registry an address. */
  readonly version: string;
}

/** The versions of the format that write keys in different ways: `/a/1.0.0`, `/a@1.0.0`, `a@1.0.0`. */
export type PnpmStyle = 'slash' | 'slash-at' | 'at';

export function styleOf(formatVersion: number): PnpmStyle {
  if (formatVersion < 6) return 'slash';
  return formatVersion < 9 ? 'slash-at' : 'at';
}

/** Without the versions of peers and hashes of patches, which stand in brackets behind it. */
export function withoutBrackets(key: string): string {
  const cut = key.indexOf('(');
  return cut === -1 ? key : key.slice(0, cut);
}

/** `null` for what is no key of this style, such as an address. */
export function splitPnpmKey(key: string, style: PnpmStyle): PnpmKey | null {
  if (style === 'slash' && !key.startsWith('/')) return splitHosted(key);
  const plain = withoutBrackets(key.startsWith('/') ? key.slice(1) : key);
  if (style !== 'slash') return cutAt(plain, plain.indexOf('@', 1));
  // The peers follow an underscore; a name may have one too, a version never.
  const cut = plain.startsWith('@')
    ? plain.indexOf('/', plain.indexOf('/') + 1)
    : plain.indexOf('/');
  const split = cutAt(plain, cut);
  return split === null ? null : { ...split, version: split.version.split('_', 1)[0] ?? '' };
}

/** Up to version 5 the host of another registry than the usual one stands in front: `npm.example.org/a/1.0.0`. */
function splitHosted(key: string): PnpmKey | null {
  const slash = key.indexOf('/');
  const split = slash < 1 ? null : splitPnpmKey(key.slice(slash), 'slash');
  return split !== null && /^\d[^/]*$/u.test(split.version) ? split : null;
}

function cutAt(text: string, cut: number): PnpmKey | null {
  if (cut < 1 || cut === text.length - 1) return null;
  return { name: text.slice(0, cut), version: text.slice(cut + 1) };
}

/**
 * The key of the package that stands behind `name: reference` among the dependencies of another, as pnpm itself makes it. `null` for a
 * link, which leads to one of the project's own.
 */
export function keyOfReference(name: string, reference: string, style: PnpmStyle): string | null {
  if (reference.startsWith('link:') || reference.startsWith('workspace:')) return null;
  if (style === 'at') return isWholeKey(reference) ? reference : `${name}@${reference}`;
  if (reference.startsWith('file:')) return reference;
  const isVersion = !withoutBrackets(reference).includes('/');
  if (!isVersion) return reference;
  return style === 'slash' ? `/${name}/${reference}` : `/${name}@${reference}`;
}

/** `other@1.0.0(peers)` in place of a version is another package, installed under this name. */
function isWholeKey(reference: string): boolean {
  if (reference.startsWith('@')) return true;
  const at = reference.indexOf('@');
  if (at === -1) return false;
  return [':', '('].every((mark) => {
    const index = reference.indexOf(mark);
    return index === -1 || at < index;
  });
}
