import type { SecretPattern } from './secret-pattern';

interface Hint {
  readonly text: string;
  /** Where case does not count, `text` is in lower case. */
  readonly isExact: boolean;
  /** The places, in the list of patterns, of those that this hint stands for. */
  readonly owners: number[];
}

const ASCII = 128;
const BITS = 5;
/** Three classes of characters in one number. */
const MASK = (1 << (3 * BITS)) - 1;
const LETTERS = 26;
const DIGIT = LETTERS + 1;
const COMMON_SIGNS = ['_', '-', '.'];
const NONE: readonly Hint[] = [];
const OTHER_SIGN = DIGIT + COMMON_SIGNS.length + 1;

/**
 * Finds in one pass over a text which of many patterns may match in it at all. At every place the first three characters are
 * looked up, in a table that is small enough for the fastest memory of the processor; only where they may begin a hint, the
 * rest is compared. So two hundred expressions cost little more than two dozen.
 */
export class HintIndex {
  /** For each ASCII character its class, the same for both cases; 0 for those that no hint begins with. */
  private readonly classOf = new Uint8Array(ASCII);
  /** 1 where the three classes are those of a hint's first characters. */
  private readonly begins = new Uint8Array(MASK + 1);
  private readonly hints: (readonly Hint[])[] = Array.from({ length: MASK + 1 }, () => NONE);

  constructor(patterns: readonly SecretPattern[]) {
    for (const [owner, { hints, expression }] of patterns.entries()) {
      for (const hint of hints) this.add(hint, !expression.ignoreCase, owner);
    }
  }

  /** The place of the first hint that begins at `from` or after it, or -1. */
  next(text: string, from: number): number {
    const { classOf, begins } = this;
    let hash = 0;
    for (let index = from; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      hash = ((hash << BITS) | (code < ASCII ? (classOf[code] ?? 0) : 0)) & MASK;
      if (begins[hash] === 1 && index >= from + 2 && this.holdsAt(text, index - 2, hash)) {
        return index - 2;
      }
    }
    return -1;
  }

  /** The places, in the list of patterns and in its order, of those of which a hint stands in the text. */
  patternsIn(text: string): readonly number[] {
    const owners: number[] = [];
    for (let place = this.next(text, 0); place !== -1; place = this.next(text, place + 1)) {
      for (const hint of this.hints[this.hashAt(text, place)] ?? NONE) {
        if (!standsAt(text, place, hint)) continue;
        for (const owner of hint.owners) if (!owners.includes(owner)) owners.push(owner);
      }
    }
    return owners.sort((a, b) => a - b);
  }

  private holdsAt(text: string, place: number, hash: number): boolean {
    for (const hint of this.hints[hash] ?? NONE) if (standsAt(text, place, hint)) return true;
    return false;
  }

  private add(text: string, isExact: boolean, owner: number): void {
    for (const character of text.slice(0, 3)) this.classify(character);
    const hash = this.hashAt(text, 0);
    this.begins[hash] = 1;
    const hints = this.hints[hash] ?? NONE;
    const folded = isExact ? text : text.toLowerCase();
    const known = hints.find((hint) => hint.text === folded && hint.isExact === isExact);
    if (known !== undefined) known.owners.push(owner);
    else this.hints[hash] = [...hints, { text: folded, isExact, owners: [owner] }];
  }

  private classify(character: string): void {
    const code = lower(character.charCodeAt(0));
    const sign = COMMON_SIGNS.indexOf(character);
    if (code >= 97 && code <= 122) {
      this.classOf[code] = code - 96;
      this.classOf[code - 32] = code - 96;
    } else if (code >= 48 && code <= 57) {
      this.classOf[code] = DIGIT;
    } else {
      this.classOf[code] = sign === -1 ? OTHER_SIGN : DIGIT + 1 + sign;
    }
  }

  private hashAt(text: string, place: number): number {
    let hash = 0;
    for (let index = place; index < place + 3; index += 1) {
      hash = (hash << BITS) | (this.classOf[text.charCodeAt(index)] ?? 0);
    }
    return hash;
  }
}

/** From its end: the beginning is known to be alike. */
function standsAt(text: string, place: number, { text: hint, isExact }: Hint): boolean {
  if (place + hint.length > text.length) return false;
  for (let index = hint.length - 1; index >= 0; index -= 1) {
    const code = text.charCodeAt(place + index);
    if ((isExact ? code : lower(code)) !== hint.charCodeAt(index)) return false;
  }
  return true;
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}
