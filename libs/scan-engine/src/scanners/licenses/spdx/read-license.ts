import spdxCorrect from 'spdx-correct';
import { gnuLicense } from './gnu-license';
import { LICENSE_NAMES } from './license-names';
import { groupOf, parseExpression, type LicenseTree } from './license-tree';

/** Why a licence is not known. */
export type UnknownReason = 'missing' | 'unlicensed' | 'proprietary' | 'file' | 'unrecognised';

export type LicenseReading =
  | {
      readonly tree: LicenseTree;
      /** Several licences are named, and not whether one may choose among them. */
      readonly isUnclear: boolean;
    }
  | { readonly tree: null; readonly reason: UnknownReason };

/** What is longer is the text of a licence, not its name. */
const MAX_NAME = 200;
const NOTHING = /^(?:|unknown|none|null|undefined|noassertion|n\/?a|-)$/u;
const UNLICENSED = /^unlicen[sc]ed$/u;
const ELSEWHERE =
  /^(?:see|refer to)\b|^(?:file:)?\s?(?:\S{0,100}\/)?(?:licen[sc]e|copying)(?:[-._]\w{1,20})?$|^licen[sc]e file$|^https?:/u;
const NOT_FREE =
  /\b(?:proprietary|commercial|propietary|all rights reserved|private|confidential|internal)\b/u;
const SEPARATOR =
  /\s+(?:and|or)\s+(?!(?:any|later|newer|above|greater|higher)\b)|\s*(?:[/,;|]|&)\s*/u;
const MAX_PIECES = 8;
const MAX_TELLING_WORDS = 5;
const ADDRESS = /https?:[^\s)>]{1,200}/gu;
/** Words that say nothing about which licence it is. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    'A AN AND CLAUSE FOUNDATION FREE GENERAL LICENCE LICENSE LICENSED LIKE MODIFIED NEW ' +
    'NONCOMMERCIAL NODERIVATIVES OPEN OR PUBLIC RELEASED REVISED SHAREALIKE SIMPLIFIED SOFTWARE SOURCE STYLE THE UNDER V VERSION'
  ).split(' '),
);
/** Words by which a text may name a licence whose id begins otherwise. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  MPL: 'MOZILLA',
  EPL: 'ECLIPSE',
  BSL: 'BOOST',
};

/**
 * Reads what somebody wrote about a licence: an SPDX expression, a name, a classifier, several names. Pure and total, and
 * careful: what only resembles the name of a licence is not taken for it. Guessing at one text takes a millisecond or two, so
 * whoever reads very many turns it off at some point.
 */
export function readLicense(written: string, guesses = true): LicenseReading {
  const text = nameIn(written);
  if (text === null) return unknown('unrecognised');
  const lower = text.toLowerCase();
  const tree = parseExpression(text) ?? namedLicense(text);
  if (tree !== null) return known(tree);
  const reason = reasonIn(lower);
  if (reason !== null) return unknown(reason);
  const several = readSeveral(text, guesses);
  if (several !== null) return several;
  const single = licenseInWords(text, guesses);
  if (single !== null) return known(single);
  return unknown(NOT_FREE.test(lower) ? 'proprietary' : 'unrecognised');
}

function known(tree: LicenseTree, isUnclear = false): LicenseReading {
  return { tree, isUnclear };
}

function unknown(reason: UnknownReason): LicenseReading {
  return { tree: null, reason };
}

/** One line without quotes around it; of a longer text the first line, if that can be a name. */
function nameIn(written: string): string | null {
  const first = /[^\s"'](?:[^\r\n]{0,1000})/u.exec(written)?.[0] ?? '';
  const text = first.replace(/\s+/gu, ' ').replace(/["'.\s]+$/u, '');
  return text.length > MAX_NAME && parseExpression(text) === null ? null : text;
}

function reasonIn(lower: string): UnknownReason | null {
  if (NOTHING.test(lower)) return 'missing';
  if (UNLICENSED.test(lower)) return 'unlicensed';
  return ELSEWHERE.test(lower) ? 'file' : null;
}

function namedLicense(text: string): LicenseTree | null {
  const lower = text.toLowerCase();
  const id = Object.hasOwn(LICENSE_NAMES, lower) ? LICENSE_NAMES[lower] : undefined;
  return id === undefined ? null : parseExpression(id);
}

/** `MIT/Apache-2.0`, `BSD and LGPL`, `MIT, GPL`: only where each piece is the name of a licence. */
function readSeveral(text: string, guesses: boolean): LicenseReading | null {
  const pieces = text.split(SEPARATOR);
  if (pieces.length < 2 || pieces.length > MAX_PIECES) return null;
  const trees: LicenseTree[] = [];
  for (const piece of pieces) {
    const tree = parseExpression(piece) ?? namedLicense(piece) ?? licenseInWords(piece, guesses);
    if (tree === null) return null;
    trees.push(tree);
  }
  const isChoice = /\sor\s|[/|]/iu.test(text);
  const isWhole = /\sand\s|&/iu.test(text);
  const isUnclear = isChoice === isWhole;
  return known(groupOf(isChoice && !isUnclear ? 'OR' : 'AND', trees), isUnclear);
}

function licenseInWords(text: string, guesses: boolean): LicenseTree | null {
  const gnu = gnuLicense(text.toLowerCase());
  if (gnu !== null) return parseExpression(gnu);
  const words = text.replace(ADDRESS, ' ').trim();
  if (!guesses || NOT_FREE.test(text.toLowerCase()) || !isShort(words)) return null;
  const corrected = correct(words);
  return corrected !== null && isPlausible(words, corrected) ? parseExpression(corrected) : null;
}

function correct(text: string): string | null {
  try {
    return spdxCorrect(text, { upgrade: false });
  } catch {
    // Expected: it refuses texts without a word.
    return null;
  }
}

/** So that there is a point in guessing: ids and the words beside them have no more. */
function isShort(text: string): boolean {
  return wordsOf(text).filter((word) => !EMPTY_WORDS.has(word)).length <= MAX_TELLING_WORDS;
}

/**
 * The library guesses generously (`permitted` is MIT to it, `EPL 2` is EPL-1.0). Its answer counts if the text has the word that
 * the id begins with, no other version than the id, and no word that could mean something else.
 */
function isPlausible(text: string, id: string): boolean {
  const words = wordsOf(text);
  const own = wordsOf(id);
  const first = own[0] ?? '';
  const other = OTHER_WORDS[first];
  if (!words.includes(first) && (other === undefined || !words.includes(other))) return false;
  if (!words.every((word) => own.includes(word) || word === other || EMPTY_WORDS.has(word))) {
    return false;
  }
  const versions = text.match(/\d{1,4}(?:\.\d{1,4})?/gu) ?? [];
  return versions.every((version) => hasVersion(id, version));
}

/** In upper case; `MPLv2` has the word `MPL`. */
function wordsOf(text: string): string[] {
  const words = text
    .replace(/v(?=\d)/giu, ' ')
    .toUpperCase()
    .split(/[^A-Z]+/u);
  return words.filter((word) => word !== '');
}

function hasVersion(id: string, version: string): boolean {
  const own = id.match(/\d{1,4}(?:\.\d{1,4})?/gu) ?? [];
  return own.some((number) => Number(number) === Number(version));
}
