import {
  isSpace,
  isWord,
  pairOf,
  PLAIN_CLASS,
  SPACE_CLASS,
  SPECIAL_CLASS,
  WORD_CLASS,
} from './language';
import type { Comment, CommentPlace, Language, Literal } from './language';
import { literalEnd } from './literal-end';
import { blockScalarAt, textBodyEnd } from './text-body';
import type { TextBody } from './text-body';

export interface CompactSource {
  readonly code: string;
  readonly comments: string;
}

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const COLON = 0x3a;
const EQUALS = 0x3d;
const LESS = 0x3c;
const CONTINUATION = /\\[ \t]*\r?\n/y;
const CLOSING = ')]}';
/** What an operand may follow: a slash begins a regular expression there, and divides after anything else. */
const BEFORE_OPERAND =
  /(?:=>|(?<!\+)\+|(?<!-)-|[=(,:;!&|?{[*%~^]|\b(?:await|case|delete|do|echo|else|in|instanceof|new|of|print|return|throw|typeof|void|yield))$/;
/** What a command goes on after, although its line ends. */
const BEFORE_COMMAND = /(?:[|&({]|\b(?:do|else|in|then))$/;
const LOOK_BACK = 12;

/**
 * Source without its white space and comments. Strings stay as they are, but for the indentation of their lines. One space is
 * left where two words would run together (`return x`), and between all words of languages that part by white space alone
 * (`rm / tmp` is not `rm /tmp`). The source may begin and end anywhere. Linear in its length.
 */
export function compactSource(source: string, language: Language): CompactSource {
  const reader = new SourceReader(source, language);
  reader.readAll();
  return { code: reader.code, comments: reader.comments };
}

class SourceReader {
  code = '';
  comments = '';
  private position = 0;
  private lineStart = 0;
  /** Of the white space before `position`. */
  private hasGap = false;
  private hasNewline = false;
  private isContinued = false;
  /** Where the last piece of code ends in the source, and its last unit: reading `code` itself would copy it each time. */
  private lastEnd = 0;
  private lastUnit = 0;
  /** A comma that is not written yet: before a bracket on a line of its own it belongs to the wrapping. */
  private heldComma = false;
  private bodies: TextBody[] = [];
  /** Up to where a pattern is known to match nowhere on this line. */
  private deadUntil: Map<Literal, number> | undefined;
  private unclosed: Set<Comment> | undefined;

  constructor(
    private readonly source: string,
    private readonly language: Language,
  ) {}

  readAll(): void {
    const { source } = this;
    while (this.position < source.length) {
      const unit = source.charCodeAt(this.position);
      const kind = this.classOf(unit);
      if (kind === SPACE_CLASS) this.readSpace(unit);
      else if (kind === SPECIAL_CLASS) this.readSpecial(unit);
      else this.emit(this.plainEnd());
    }
    if (this.heldComma) this.code += ',';
  }

  private classOf(unit: number): number {
    if (unit < 0x80) return this.language.classes[unit] ?? PLAIN_CLASS;
    return isSpace(unit) ? SPACE_CLASS : WORD_CLASS;
  }

  private plainEnd(): number {
    const { source } = this;
    let end = this.position + 1;
    while (end < source.length && (this.classOf(source.charCodeAt(end)) & 1) === 0) end += 1;
    return end;
  }

  private readSpace(unit: number): void {
    this.position += 1;
    this.hasGap = true;
    if (unit !== NEWLINE) return;
    this.hasNewline = true;
    this.lineStart = this.position;
    if (!this.language.continuesOverComments) this.isContinued = false;
    if (this.bodies.length > 0) this.readBodies();
  }

  private readSpecial(unit: number): void {
    if (unit === BACKSLASH && this.readBackslash()) return;
    if (this.readComment(unit) || this.readLiteral(unit)) return;
    this.noteBody(unit);
    this.emit(this.position + 1);
  }

  private readBackslash(): boolean {
    CONTINUATION.lastIndex = this.position;
    const continuation = CONTINUATION.exec(this.source)?.[0].length ?? 0;
    if (continuation > 0) {
      this.position += continuation;
      this.lineStart = this.position;
      this.hasGap = true;
      this.hasNewline = true;
      this.isContinued = true;
      return true;
    }
    if (!this.language.escapesCode) return false;
    this.emit(Math.min(this.position + 2, this.source.length));
    return true;
  }

  private readComment(unit: number): boolean {
    const comment = this.language.commentsBy.get(unit)?.find((each) => this.isComment(each));
    if (comment === undefined) return false;
    const end = this.commentEnd(comment);
    this.comments += this.source.slice(this.position, end);
    this.position = end;
    this.hasGap = true;
    return true;
  }

  private isComment({ open, place, unless }: Comment): boolean {
    const { source, position } = this;
    if (!source.startsWith(open, position)) return false;
    if (unless !== undefined && source.startsWith(unless, position)) return false;
    if (open === '//' && this.isAddress()) return false;
    return this.isPlaceForComment(place);
  }

  private isPlaceForComment(place: CommentPlace): boolean {
    const { source, position, hasNewline, code } = this;
    if (place === 'anywhere') return true;
    if (place === 'word') {
      const isFirst = position === 0 || isSpace(source.charCodeAt(position - 1));
      return isFirst && !this.isTextLine();
    }
    const isFirst = hasNewline || code === '';
    return isFirst || (place === 'statement' && ';{}),'.includes(this.last()));
  }

  /** The `//` of `scheme://host`, where it stands in no string: in text between tags, or in what is cut out of one. */
  private isAddress(): boolean {
    const { source, position } = this;
    if (position < 2 || source.charCodeAt(position - 1) !== COLON) return false;
    const next = source.charCodeAt(position + 2);
    return isWord(source.charCodeAt(position - 2)) && !Number.isNaN(next) && !isSpace(next);
  }

  private isTextLine(): boolean {
    const { textLines } = this.language;
    if (textLines === null || this.lineStart === this.position) return false;
    textLines.lastIndex = this.lineStart;
    return textLines.test(this.source);
  }

  /** A comment that is not closed ends with its line: what follows may be code, if it was no comment at all. */
  private commentEnd(comment: Comment): number {
    const { source, position, language } = this;
    if (comment.close !== null && this.unclosed?.has(comment) !== true) {
      const close = source.indexOf(comment.close, position + comment.open.length);
      if (close !== -1) return close + comment.close.length;
      (this.unclosed ??= new Set()).add(comment);
    }
    const newline = source.indexOf('\n', position);
    const end = newline === -1 ? source.length : newline;
    if (language.leavesCode === null) return end;
    const leave = source.slice(position, end).indexOf(language.leavesCode);
    return leave === -1 ? end : position + leave;
  }

  private readLiteral(unit: number): boolean {
    for (const literal of this.language.literalsBy.get(unit) ?? []) {
      const end = this.isPlaceFor(literal) ? this.endOf(literal) : 0;
      if (end === 0) continue;
      this.emitLiteral(end);
      return true;
    }
    return false;
  }

  private isPlaceFor({ place }: Literal): boolean {
    if (place === 'anywhere') return true;
    if (place === 'after-equals') return this.lastUnit === EQUALS;
    if (place === 'outside-word') return !this.isAfterWord() || this.isBeforeOperand();
    return this.isBeforeOperand() || (place === 'argument' && this.isArgument());
  }

  private isAfterWord(): boolean {
    return this.position > 0 && isWord(this.source.charCodeAt(this.position - 1));
  }

  private isBeforeOperand(): boolean {
    return this.code === '' || BEFORE_OPERAND.test(this.lookBack());
  }

  /** `puts /a/`, `puts %w[a]`: white space before, none after. */
  private isArgument(): boolean {
    const next = this.source.charCodeAt(this.position + 1);
    return this.hasGap && isWord(this.lastUnit) && !isSpace(next) && next !== EQUALS;
  }

  /** The end of a literal that begins here; 0 if none does. */
  private endOf(literal: Literal): number {
    const opening = this.openingOf(literal);
    if (opening === null) return 0;
    const end = this.position + opening.open.length;
    const { close } = literal;
    if (close === null) return end;
    const closing = typeof close === 'string' ? close : close(opening.prefix + opening.open);
    return literalEnd(this.source, end, { literal, close: closing }, this.language);
  }

  private openingOf(literal: Literal): { prefix: string; open: string } | null {
    const { source, position } = this;
    const { prefix } = literal;
    const before = prefix === undefined ? '' : prefix.exec(this.textBefore())?.[0];
    if (before === undefined) return null;
    const open = this.openOf(literal, source, position);
    return open === null ? null : { prefix: before, open };
  }

  private openOf(literal: Literal, source: string, position: number): string | null {
    const { open } = literal;
    if (typeof open === 'string') return source.startsWith(open, position) ? open : null;
    if (position < (this.deadUntil?.get(literal) ?? 0)) return null;
    open.lastIndex = position;
    const match = open.exec(source)?.[0];
    if (match !== undefined) return match;
    // What looked through the rest of the line for nothing must not do so again.
    const newline = source.indexOf('\n', position);
    if (literal.close === null) {
      this.deadUntil ??= new Map();
      this.deadUntil.set(literal, newline === -1 ? source.length : newline);
    }
    return null;
  }

  private textBefore(): string {
    return this.source.slice(Math.max(0, this.position - LOOK_BACK), this.position);
  }

  private lookBack(): string {
    return this.source.slice(Math.max(0, this.lastEnd - LOOK_BACK), this.lastEnd);
  }

  private last(): string {
    return String.fromCharCode(this.lastUnit);
  }

  /** Remembers text that begins on the next line. */
  private noteBody(unit: number): void {
    const { source, position, language } = this;
    if (unit === LESS && language.heredoc !== null && this.lastUnit !== LESS) {
      language.heredoc.lastIndex = position;
      const word = language.heredoc.exec(source)?.groups?.['word'];
      if (word !== undefined) this.bodies.push({ word });
    } else if (language.hasBlockScalars && this.hasGap) {
      const body = blockScalarAt(source, position, this.lineStart);
      if (body !== null) this.bodies.push(body);
    }
  }

  private readBodies(): void {
    const { bodies } = this;
    this.bodies = [];
    for (const body of bodies) this.emitBody(body);
  }

  private emitBody(body: TextBody): void {
    const end = textBodyEnd(this.source, this.position, body);
    if (end === this.position) return;
    this.code += `\n${withoutIndentation(`\n${this.source.slice(this.position, end)}`).trim()}`;
    this.moveTo(end);
  }

  private emitLiteral(end: number): void {
    this.closeGap();
    const text = this.source.slice(this.position, end);
    const newline = text.lastIndexOf('\n');
    this.code += newline === -1 ? text : withoutIndentation(text);
    if (newline !== -1) this.lineStart = this.position + newline + 1;
    this.moveTo(end);
  }

  private emit(end: number): void {
    this.closeGap();
    this.heldComma = this.source.charCodeAt(end - 1) === COMMA;
    this.code += this.source.slice(this.position, this.heldComma ? end - 1 : end);
    this.moveTo(end);
  }

  private moveTo(end: number): void {
    this.position = end;
    this.lastEnd = end;
    this.lastUnit = this.source.charCodeAt(end - 1);
    this.hasGap = false;
    this.hasNewline = false;
    this.isContinued = false;
  }

  /** Writes what the white space before the next piece of code counts as. */
  private closeGap(): void {
    const next = this.source.charCodeAt(this.position);
    if (this.heldComma) {
      const isWrapping = this.hasNewline && isOneOf(CLOSING, next);
      if (!isWrapping) this.code += ',';
      this.heldComma = false;
    }
    if (this.hasGap && this.code !== '') this.code += this.gapBefore(next);
  }

  private gapBefore(next: number): string {
    const { language, lastUnit: last } = this;
    if (language.isWordBased) return this.gapBetweenWords(next);
    if (isWord(last) && isWord(next)) return ' ';
    if (language.apartPairs.has(pairOf(last, next))) return ' ';
    return language.signs !== '' && this.isSign(next) ? ' ' : '';
  }

  private isSign(next: number): boolean {
    if (!isOneOf(this.language.signs, next)) return false;
    const isAfterOperand = isWord(this.lastUnit) || ')]'.includes(this.last());
    return isAfterOperand && !isSpace(this.source.charCodeAt(this.position + 1));
  }

  private gapBetweenWords(next: number): string {
    const { lineBreak, hasBlockScalars } = this.language;
    const last = this.last();
    if (lineBreak === ';' && (last === ';' || next === SEMICOLON)) return '';
    if (lineBreak !== '' && this.hasNewline && !this.isContinued) {
      return lineBreak === ';' && BEFORE_COMMAND.test(this.lookBack()) ? ' ' : lineBreak;
    }
    // Lists and maps of YAML within brackets.
    if (hasBlockScalars && ('[{'.includes(last) || isOneOf(']}', next))) return '';
    return ' ';
  }
}

function isOneOf(characters: string, unit: number): boolean {
  return characters.includes(String.fromCharCode(unit));
}

function withoutIndentation(text: string): string {
  return text.replace(/\n[ \t]+/g, '\n');
}
