import spdxCorrect from 'spdx-correct';
import parseSpdx from 'spdx-expression-parse';

/** What somebody declared about the licence of a package. */
export type DeclaredLicense =
  /** An id of the SPDX list by itself. */
  | { readonly kind: 'id'; readonly text: string }
  /** An SPDX expression of several parts, in its canonical spelling. */
  | { readonly kind: 'expression'; readonly text: string; readonly namesOthers: boolean }
  /** Words that are neither. */
  | { readonly kind: 'name'; readonly text: string };

/** What is longer is the text of a licence, not its name. */
const MAX_CHARACTERS = 500;
const MAX_GUESSED = 60;
const EMPTY_WORDS = /\b(?:the|licen[sc]e|version)\b/gu;

/**
 * Reads what a lock file says of a licence. Only what means the same is corrected: `Apache 2.0` is `Apache-2.0`, while `BSD` may be
 * one of several and stays a name. `null` where nothing is said. Pure and total.
 */
export function readDeclaredLicense(written: string | null): DeclaredLicense | null {
  const text = (written ?? '')
    .slice(0, 2 * MAX_CHARACTERS)
    .replace(/\s+/gu, ' ')
    .trim();
  if (text === '') return null;
  if (text.length > MAX_CHARACTERS)
    return { kind: 'name', text: `${text.slice(0, MAX_CHARACTERS - 1)}…` };
  return readExpression(text) ?? readExpression(corrected(text)) ?? { kind: 'name', text };
}

function readExpression(text: string): DeclaredLicense | null {
  if (text === '') return null;
  try {
    const tree = parseSpdx(text);
    const spelt = spell(tree);
    const isId = 'license' in tree && spelt === tree.license && !isReference(spelt);
    return isId
      ? { kind: 'id', text: spelt }
      : { kind: 'expression', text: spelt, namesOthers: isReference(spelt) };
  } catch {
    // Expected: most texts are no expression.
    return null;
  }
}

type Tree = ReturnType<typeof parseSpdx>;

function spell(tree: Tree): string {
  if ('license' in tree) {
    const plus = tree.plus === true ? '+' : '';
    const exception = tree.exception === undefined ? '' : ` WITH ${tree.exception}`;
    return `${tree.license}${plus}${exception}`;
  }
  const { left, right, conjunction } = tree;
  return `${spellPart(left, conjunction)} ${conjunction.toUpperCase()} ${spellPart(right, conjunction)}`;
}

/** In brackets wherever they could matter. */
function spellPart(tree: Tree, within: string): string {
  const isOther = 'conjunction' in tree && tree.conjunction !== within;
  return isOther ? `(${spell(tree)})` : spell(tree);
}

/** To a licence that the document itself would have to hold. */
function isReference(text: string): boolean {
  return /\b(?:LicenseRef|DocumentRef)-/u.test(text);
}

/** Empty where the correction could be another licence than the one that was meant. */
function corrected(text: string): string {
  if (text.length > MAX_GUESSED) return '';
  try {
    const id = spdxCorrect(text, { upgrade: false }) ?? '';
    return bare(id) === bare(text) ? id : '';
  } catch {
    // Expected: it refuses texts without a word.
    return '';
  }
}

/** Without case, marks and words that say nothing about which licence it is. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(EMPTY_WORDS, '')
    .replace(/\bv(?=\d)/gu, '')
    .replace(/[^a-z0-9.+]|\.(?!\d)/gu, '');
}
