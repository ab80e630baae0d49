import { CompactWriter } from './compact-writer';
import { isSpace, isWord, PLAIN_CLASS, SPACE_CLASS, SPECIAL_CLASS, WORD_CLASS } from './language';
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
const COLON = 0x3a;
const EQUALS = 0x3d;
const LESS = 0x3c;
const CONTINUATION = /\\[ \t]*\r?\n/y;
/** What an operand may follow: a slash begins a regular expression there, and divides after anything else. */
const BEFORE_OPERAND =
  /(?:=>|(?<!\+)\+|(?<!-)-|[=(,:;!&|?{[*%~^]|\b(?:await|case|delete|do|echo|else|in|instanceof|new|of|print|return|throw|typeof|void|yield))$/;
const LONGEST_PREFIX = 12;

/**
 * Source without its white space and comments. Strings stay as they are, but for the indentation of their lines. One space is
 * left where two words would run together (`return x`), and between all words of languages that part by white space alone
 * (`rm / tmp` is not `rm /tmp`). The source may begin and end anywhere. Linear in its length.
 */
export function compactSource(source: string, language: Language): CompactSource {
  const reader = new SourceReader(source, language);
  reader.readAll();
  return { code: reader.out.code, comments: reader.comments };
}

/** Told where code and comments stand, by offsets of the source, in order. */
export interface SourceListener {
  readonly onCode: (start: number, end: number) => void;
  readonly onComment: (start: number, end: number) => void;
}

/** Tells a listener where the code and the comments of a source are. Linear in its length. */
export function walkSource(source: string, language: Language, listener: SourceListener): void {
  new SourceReader(source, language, listener).readAll();
}

class SourceReader {
  readonly out: CompactWriter;
  comments = '';
  private position = 0;
  /** Of a line that a backslash continues: of the first one, where that continues over comments too. */
  private lineStart = 0;
  private nextLineEnd = -1;
  private bodies: TextBody[] = [];
  /** Up to where a pattern is known to match nowhere on this line. */
  private deadUntil: Map<Literal, number> | undefined;
  private unclosed: Set<Comment> | undefined;

  constructor(
    private readonly source: string,
    private readonly language: Language,
    private readonly listener: SourceListener | null = null,
  ) {
    this.out = new CompactWriter(source, language);
  }

  readAll(): void {
    const { source } = this;
    while (this.position < source.length) {
      const unit = source.charCodeAt(this.position);
      const kind = this.classOf(unit);
      if (kind === SPACE_CLASS) this.readSpace(unit);
      else if (kind === SPECIAL_CLASS) this.readSpecial(unit);
      else this.emit(this.plainEnd());
    }
    this.out.finish();
  }

  private classOf(unit: number): number {
    if (unit < 0x80) return this.language.classes[unit] ?? PLAIN_CLASS;
    return isSpace(unit) ? SPACE_CLASS : WORD_CLASS;
  }

  private plainEnd(): number {
    const { source } = this;
    let end = this.position + 1;
    while (end < source.length) {
      const kind = this.classOf(source.charCodeAt(end));
      if (kind === SPACE_CLASS || kind === SPECIAL_CLASS) break;
      end += 1;
    }
    return end;
  }

  private emit(end: number): void {
    this.listener?.onCode(this.position, end);
    this.out.write(this.position, end);
    this.position = end;
  }

  private readSpace(unit: number): void {
    const { out } = this;
    this.position += 1;
    out.hasGap = true;
    if (unit !== NEWLINE) return;
    out.hasNewline = true;
    if (this.language.continues !== 'over-comments') out.isContinued = false;
    if (!out.isContinued) this.lineStart = this.position;
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
    if (continuation > 0 && this.language.continues !== 'never') {
      this.position += continuation;
      this.out.hasGap = true;
      this.out.hasNewline = true;
      this.out.isContinued = true;
      return true;
    }
    if (!this.language.escapesCode) return false;
    this.emit(Math.min(this.position + 2, this.source.length));
    return true;
  }

  private readComment(unit: number): boolean {
    for (const comment of this.language.commentsBy.get(unit) ?? []) {
      if (!this.isComment(comment)) continue;
      const end = this.commentEnd(comment);
      this.listener?.onComment(this.position, end);
      this.comments += `${this.source.slice(this.position, end)}\n`;
      this.position = end;
      this.out.hasGap = true;
      return true;
    }
    return false;
  }

  private isComment({ open, place, unless }: Comment): boolean {
    const { source, position } = this;
    if (!source.startsWith(open, position)) return false;
    if (unless !== undefined && source.startsWith(unless, position)) return false;
    if (open === '//' && this.isAddress()) return false;
    return this.isPlaceForComment(place);
  }

  private isPlaceForComment(place: CommentPlace): boolean {
    const { source, position, out } = this;
    if (place === 'anywhere') return true;
    if (place === 'word') {
      const isFirst = position === 0 || isSpace(source.charCodeAt(position - 1));
      return isFirst && !this.isTextLine();
    }
    const isFirst = out.hasNewline || out.code === '';
    return isFirst || (place === 'statement' && ';{}),'.includes(out.lastCharacter()));
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
    if (textLines === null || this.out.hasNewline || this.out.code === '') return false;
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
    const end = this.lineEnd();
    if (language.leavesCode === null) return end;
    const leave = source.slice(position, end).indexOf(language.leavesCode);
    return leave === -1 ? end : position + leave;
  }

  private lineEnd(): number {
    if (this.nextLineEnd < this.position) {
      const newline = this.source.indexOf('\n', this.position);
      this.nextLineEnd = newline === -1 ? this.source.length : newline;
    }
    return this.nextLineEnd;
  }

  private readLiteral(unit: number): boolean {
    for (const literal of this.language.literalsBy.get(unit) ?? []) {
      const end = this.isPlaceFor(literal) ? this.endOf(literal) : 0;
      if (end === 0) continue;
      this.listener?.onCode(this.position, end);
      this.out.writeText(this.position, end);
      this.position = end;
      return true;
    }
    return false;
  }

  private isPlaceFor({ place }: Literal): boolean {
    if (place === 'anywhere') return true;
    if (place === 'after-equals') return this.out.lastUnit === EQUALS;
    if (place === 'outside-word') return !this.isAfterWord() || this.isBeforeOperand();
    return this.isBeforeOperand() || (place === 'argument' && this.isArgument());
  }

  private isAfterWord(): boolean {
    return this.position > 0 && isWord(this.source.charCodeAt(this.position - 1));
  }

  private isBeforeOperand(): boolean {
    return this.out.code === '' || BEFORE_OPERAND.test(this.out.lastText());
  }

  /** `puts /a/`, `puts %w[a]`: white space before, none after. */
  private isArgument(): boolean {
    const next = this.source.charCodeAt(this.position + 1);
    return this.out.hasGap && isWord(this.out.lastUnit) && !isSpace(next) && next !== EQUALS;
  }

  /** The end of a literal that begins here; 0 if none does. */
  private endOf(literal: Literal): number {
    const prefix = this.prefixOf(literal);
    const open = prefix === null ? null : this.openOf(literal);
    if (prefix === null || open === null) return 0;
    const end = this.position + open.length;
    const { close } = literal;
    if (close === null) return end;
    const closing = typeof close === 'string' ? close : close(prefix + open);
    return literalEnd(this.source, end, { literal, close: closing }, this.language);
  }

  private prefixOf({ prefix }: Literal): string | null {
    if (prefix === undefined) return '';
    const { source, position } = this;
    return prefix.exec(source.slice(Math.max(0, position - LONGEST_PREFIX), position))?.[0] ?? null;
  }

  private openOf(literal: Literal): string | null {
    const { source, position } = this;
    const { open } = literal;
    if (typeof open === 'string') return source.startsWith(open, position) ? open : null;
    if (position < (this.deadUntil?.get(literal) ?? 0)) return null;
    open.lastIndex = position;
    const match = open.exec(source)?.[0];
    if (match !== undefined) return match;
    // What looked through the rest of the line for nothing must not do so again.
    if (literal.close === null) (this.deadUntil ??= new Map()).set(literal, this.lineEnd());
    return null;
  }

  /** Remembers text that begins on the next line. */
  private noteBody(unit: number): void {
    const { source, position, language } = this;
    if (unit === LESS && language.heredoc !== null && this.out.lastUnit !== LESS) {
      language.heredoc.lastIndex = position;
      const word = language.heredoc.exec(source)?.groups?.['word'];
      if (word !== undefined) this.bodies.push({ word });
    } else if (language.hasBlockScalars && this.out.hasGap) {
      const body = blockScalarAt(source, position, this.lineStart);
      if (body !== null) this.bodies.push(body);
    }
  }

  private readBodies(): void {
    const { bodies } = this;
    this.bodies = [];
    for (const body of bodies) {
      const end = textBodyEnd(this.source, this.position, body);
      if (end === this.position) continue;
      this.listener?.onCode(this.position, end);
      this.out.writeLines(this.position, end);
      this.position = end;
    }
  }
}
