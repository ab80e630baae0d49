/** A family of GNU licences, by the words that name it. */
interface GnuFamily {
  readonly id: string;
  readonly words: RegExp;
  readonly versions: readonly string[];
  /** Where a text names no version, its author leaves the choice among all of them, from this one on. */
  readonly firstVersion: string;
}

const FAMILIES: readonly GnuFamily[] = [
  {
    id: 'AGPL',
    words: /\bagpl|\baffero\b/u,
    versions: ['3.0'],
    firstVersion: '3.0',
  },
  {
    id: 'LGPL',
    words: /\blgpl|\b(?:lesser|library) (?:general|gpl)|\blibrary or lesser\b/u,
    versions: ['2.0', '2.1', '3.0'],
    firstVersion: '2.0',
  },
  {
    id: 'GPL',
    words: /\bgpl|\bgnu (?:general )?public licen[sc]e|\bgeneral public licen[sc]e|^gnu$/u,
    versions: ['1.0', '2.0', '3.0'],
    firstVersion: '1.0',
  },
];
const NUMBER = /\d{1,9}(?:\.\d{1,9})?/gu;
const LATER =
  /\+|\b(?:or|and)(?: |-)(?:any )?(?:later|newer|above|greater|higher)\b|\bany later\b/u;

/**
 * Reads GNU licences that are written in words (`GNU LGPL v2.1 or later`), in lower case, as an SPDX expression. `null` where the
 * text names none.
 */
export function gnuLicense(text: string): string | null {
  const named = new Set(text.match(/\b[al]?gpl/gu));
  if (named.size > 1) {
    const families = FAMILIES.filter(({ id }) => named.has(id.toLowerCase()));
    return families.map(({ id, firstVersion }) => `${id}-${firstVersion}-or-later`).join(' AND ');
  }
  // The long names contain each other: `GNU Lesser General Public License`, `GNU Affero General Public License`.
  const family = FAMILIES.find(({ words }) => words.test(text));
  return family === undefined ? null : withVersion(family, text);
}

/** Numbers that are no versions of the licence are those of something else. Of several versions one may be chosen. */
function withVersion({ id, versions, firstVersion }: GnuFamily, text: string): string {
  const numbers = new Set(Array.from(text.matchAll(NUMBER), ([number]) => full(number)));
  const named = versions.filter((version) => numbers.has(version));
  if (named.length === 0) return `${id}-${firstVersion}-or-later`;
  const form = LATER.test(text) ? 'or-later' : 'only';
  return named.map((version) => `${id}-${version}-${form}`).join(' OR ');
}

function full(version: string): string {
  return version.includes('.') ? version : `${version}.0`;
}
