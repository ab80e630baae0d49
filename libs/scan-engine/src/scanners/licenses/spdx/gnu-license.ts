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
const VERSION = /(?<![\d.])([1-3](?:\.[0-9])?)(?![\d.]*\d)/gu;
const LATER =
  /\+|\b(?:or|and)(?: |-)(?:any )?(?:later|newer|above|greater|higher)\b|\bany later\b/u;

/**
 * Reads a GNU licence that is written in words (`GNU LGPL v2.1 or later`), in lower case. `null` where the text names none, two
 * of them, or several versions.
 */
export function gnuLicense(text: string): string | null {
  // The long names contain each other: `GNU Lesser General Public License`, `GNU Affero General Public License`.
  const family = FAMILIES.find(({ words }) => words.test(text));
  if (family === undefined || namesTwo(text)) return null;
  const versions = new Set(Array.from(text.matchAll(VERSION), ([, version = '']) => full(version)));
  const [version, ...others] = versions;
  if (version === undefined) return `${family.id}-${family.firstVersion}-or-later`;
  if (others.length > 0 || !family.versions.includes(version)) return null;
  return `${family.id}-${version}-${LATER.test(text) ? 'or-later' : 'only'}`;
}

function namesTwo(text: string): boolean {
  const acronyms = text.match(/\b[al]?gpl/gu) ?? [];
  return new Set(acronyms).size > 1;
}

function full(version: string): string {
  return version.includes('.') ? version : `${version}.0`;
}
