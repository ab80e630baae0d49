/** Where in a line a comment may begin. */
export type CommentPlace =
  | 'anywhere'
  /** After white space. */
  | 'word'
  /** As the first thing on its line. */
  | 'line'
  /** As the first thing on its line, or after what ends a statement. */
  | 'statement';

export interface Comment {
  readonly open: string;
  /** What ends it and belongs to it; `null` for the end of the line. */
  readonly close: string | null;
  readonly place: CommentPlace;
  /** It is no comment where this text stands instead. */
  readonly unless?: string;
}

/** Where in the code a literal may begin. */
export type LiteralPlace =
  | 'anywhere'
  /** Not directly after a word: the apostrophe of `it's`. */
  | 'outside-word'
  /** Where an operand is expected: what is a division elsewhere. */
  | 'expression'
  /** Where an operand is expected, or as the first argument of a call without brackets. */
  | 'argument'
  /** As the value of an attribute. */
  | 'after-equals';

/** A string, or what is as opaque as one: a regular expression, a character. */
export interface Literal {
  /** The character by which it is looked up. */
  readonly first: string;
  /** The opening: `first` alone, or what the (sticky) pattern matches. */
  readonly open: string | RegExp;
  /** What must stand directly before and belongs to the opening; a pattern that ends in `$`. */
  readonly prefix?: RegExp;
  /** Where it ends, made from prefix and opening; `null` where the opening is all of it. */
  readonly close: string | ((opening: string) => string) | null;
  readonly place: LiteralPlace;
  /** A backslash guards the character after it. */
  readonly escapes: boolean;
  /**
   * The closing stands for itself when it is written twice. A backslash before it ends the literal unless a word follows at
   * once, which can only be text: dialects of SQL differ here.
   */
  readonly doubles: boolean;
  readonly spansLines: boolean;
  /** What begins code within it, such as `${`; the last character is a bracket. */
  readonly interpolation: string | null;
}

/** What the reader must know of a language to tell strings and comments from code. */
export interface LanguageRules {
  readonly comments: readonly Comment[];
  /** The first that fits counts. */
  readonly literals: readonly Literal[];
  /** Sticky; its group `word` ends the text that begins on the next line. */
  readonly heredoc: RegExp | null;
  /** `|` and `>` at the end of a line begin a text that is indented more deeply than that line. */
  readonly hasBlockScalars: boolean;
  /** White space parts words, as in `rm / tmp`: a run of it counts as one space. */
  readonly isWordBased: boolean;
  /** What the end of a line that is not continued counts as, where words are parted; the empty text: white space. */
  readonly lineBreak: '' | ';' | '\n';
  /** Pairs of characters that mean something else once the white space between them is gone. */
  readonly apart: readonly string[];
  /** These belong to what follows where white space stands before them and none after: `f -1`, `.a .b`. */
  readonly signs: string;
  /** A backslash in code guards the character after it. */
  readonly escapesCode: boolean;
  /** What a backslash at the end of a line continues: that line, and where told so also the comments that follow it. */
  readonly continues: 'never' | 'lines' | 'over-comments';
  /** Lines in which a comment cannot begin; sticky. */
  readonly textLines: RegExp | null;
  /** Ends a line comment before its line does. */
  readonly leavesCode: string | null;
}

export interface Language extends LanguageRules {
  /** By unit of UTF-16 below 128. */
  readonly classes: Uint8Array;
  readonly commentsBy: ReadonlyMap<number, readonly Comment[]>;
  readonly literalsBy: ReadonlyMap<number, readonly Literal[]>;
  readonly apartPairs: ReadonlySet<number>;
}

export const PLAIN_CLASS = 0;
export const SPACE_CLASS = 1;
export const WORD_CLASS = 2;
/** May begin a comment or a literal. */
export const SPECIAL_CLASS = 3;

const ASCII = 128;
const WORD_CHARACTER = /[\w$]/;

/** Indexes the rules, so that the reader asks about no character twice. */
export function defineLanguage(rules: LanguageRules): Language {
  const commentsBy = groupByFirst(rules.comments, ({ open }) => open);
  const literalsBy = groupByFirst(rules.literals, ({ first }) => first);
  const classes = new Uint8Array(ASCII);
  for (let unit = 0; unit < ASCII; unit += 1) {
    if (isSpace(unit)) classes[unit] = SPACE_CLASS;
    else if (WORD_CHARACTER.test(String.fromCharCode(unit))) classes[unit] = WORD_CLASS;
  }
  const others = ['\\', rules.heredoc === null ? '' : '<', rules.hasBlockScalars ? '|>' : ''];
  for (const unit of [...commentsBy.keys(), ...literalsBy.keys(), ...unitsOf(others.join(''))]) {
    classes[unit] = SPECIAL_CLASS;
  }
  const apartPairs = new Set(rules.apart.map((pair) => pairOf(...firstTwo(pair))));
  return { ...rules, classes, commentsBy, literalsBy, apartPairs };
}

/** A key for two characters that stand beside each other. */
export function pairOf(first: number, second: number): number {
  return first * 0x10000 + second;
}

export function isSpace(unit: number): boolean {
  return unit <= 0x20 || unit === 0x7f || unit === 0x85 || unit === 0xa0 || unit === 0xfeff;
}

/** Letters and digits, and for simplicity every character beyond ASCII. */
export function isWord(unit: number): boolean {
  if (unit >= 0x80) return !isSpace(unit);
  if (unit >= 0x61) return unit <= 0x7a;
  if (unit >= 0x41) return unit <= 0x5a || unit === 0x5f;
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x24;
}

function groupByFirst<Item>(
  items: readonly Item[],
  openOf: (item: Item) => string,
): ReadonlyMap<number, readonly Item[]> {
  const groups = new Map<number, Item[]>();
  for (const item of items) {
    const unit = openOf(item).charCodeAt(0);
    groups.set(unit, [...(groups.get(unit) ?? []), item]);
  }
  return groups;
}

function unitsOf(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function firstTwo(pair: string): [number, number] {
  return [pair.charCodeAt(0), pair.charCodeAt(1)];
}
