import type { Language } from './language';

export interface CompactSource {
  readonly code: string;
  readonly comments: string;
}

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const CHAR_LITERAL = /'(?:\\[^\n]{1,10}?|[^'\\\n])'/y;
const REGEX_LITERAL = /\/(?![*/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\[\n])+\//y;
/** A slash after one of these begins a regular expression; after anything else it divides. */
const BEFORE_REGEX = /(?:^|[=(,:;!&|?{}[+\-*%~^<>]|\breturn|\btypeof|\bcase)$/;
const CONTINUATION = /\\[ \t]*\n/y;

/** Told where code and comments stand, by offsets of the source, in order. */
export interface SourceListener {
  readonly onCode: (start: number, end: number) => void;
  readonly onComment: (start: number, end: number) => void;
}

/** Tells a listener where the code and the comments of a source are. */
export function walkSource(source: string, language: Language, listener: SourceListener): void {
  new SourceReader(source, language, listener).readAll();
}

/**
 * Source without its white space and comments. Strings stay as they are. One space is left where two words would run
 * together (`return x`), and between all words of languages that part by white space alone (`rm / tmp` is not `rm /tmp`).
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
  private hasGap = false;
  /** The last unit of `code`: reading it there would copy the code each time. */
  private lastUnit = 0;

  constructor(
    private readonly source: string,
    private readonly language: Language,
    private readonly listener: SourceListener | null = null,
  ) {}

  readAll(): void {
    while (this.position < this.source.length) {
      const unit = this.source.charCodeAt(this.position);
      if (isSpace(unit)) this.skip(1);
      else if (isWord(unit)) this.emit(this.wordLength());
      else this.readPunctuation(unit);
    }
  }

  private readPunctuation(unit: number): void {
    if (unit === BACKSLASH && this.language.isWordBased) {
      const continuation = this.match(CONTINUATION);
      if (continuation > 0) {
        this.skip(continuation);
        return;
      }
    }
    const comment = this.commentLength();
    if (comment > 0) {
      this.listener?.onComment(this.position, this.position + comment);
      this.comments += this.source.slice(this.position, this.position + comment);
      this.skip(comment);
      return;
    }
    this.emit(Math.max(1, this.literalLength(unit)));
  }

  private skip(length: number): void {
    this.position += length;
    this.hasGap = true;
  }

  private emit(length: number): void {
    this.listener?.onCode(this.position, this.position + length);
    if (this.hasGap && this.needsSpace()) this.code += ' ';
    this.hasGap = false;
    this.code += this.source.slice(this.position, this.position + length);
    this.position += length;
    this.lastUnit = this.source.charCodeAt(this.position - 1);
  }

  private needsSpace(): boolean {
    if (this.code === '') return false;
    if (this.language.isWordBased) return true;
    const last = this.lastUnit;
    const next = this.source.charCodeAt(this.position);
    return (isWord(last) && isWord(next)) || (last === next && (next === 0x2b || next === 0x2d));
  }

  private wordLength(): number {
    let end = this.position + 1;
    while (end < this.source.length && isWord(this.source.charCodeAt(end))) end += 1;
    return end - this.position;
  }

  private commentLength(): number {
    const { source, position, language } = this;
    for (const [open, close] of language.blockComments) {
      if (!source.startsWith(open, position)) continue;
      const end = source.indexOf(close, position + open.length);
      return (end === -1 ? source.length : end + close.length) - position;
    }
    if (!language.lineComments.some((mark) => this.startsLineComment(mark))) return 0;
    const end = source.indexOf('\n', position);
    return (end === -1 ? source.length : end) - position;
  }

  private startsLineComment(mark: string): boolean {
    const { source, position, language } = this;
    if (!source.startsWith(mark, position)) return false;
    if (language.isWordBased) return position === 0 || isSpace(source.charCodeAt(position - 1));
    // An address in text that is no string (JSX, markup within code), and an attribute of PHP.
    if (mark === '//') return !/https?:$/.test(source.slice(Math.max(0, position - 6), position));
    return !source.startsWith('#[', position);
  }

  /** The length of the string, character or regular expression that begins here; 0 for plain code. */
  private literalLength(unit: number): number {
    const { language } = this;
    if (unit === SLASH) return this.regexLength();
    const quote = String.fromCharCode(unit);
    if (language.hasTripleQuotes && this.source.startsWith(quote.repeat(3), this.position)) {
      if (quote === '"' || quote === "'") return this.stringLength(quote.repeat(3), true);
    }
    if (language.hasTemplates && quote === '`') return this.stringLength(quote, true);
    if (language.hasCharLiterals && quote === "'") return this.match(CHAR_LITERAL);
    if (!language.quotes.includes(quote) || this.isWithinWord()) return 0;
    return this.stringLength(quote, language.isWordBased);
  }

  private regexLength(): number {
    const { language } = this;
    const isRegex = language.hasRegexLiterals && BEFORE_REGEX.test(this.code.slice(-12));
    return isRegex ? this.match(REGEX_LITERAL) : 0;
  }

  /** The apostrophe of `it's`, where words are not code. */
  private isWithinWord(): boolean {
    const { source, position, language } = this;
    return language.isWordBased && position > 0 && isWord(source.charCodeAt(position - 1));
  }

  /** An unclosed string ends with its line, or with the source where strings may span lines. */
  private stringLength(quote: string, spansLines: boolean): number {
    const { source, position } = this;
    const hasEscapes = quote !== "'" || !this.language.hasRawSingleQuotes;
    let index = position + quote.length;
    while (index < source.length) {
      const unit = source.charCodeAt(index);
      if (unit === BACKSLASH && hasEscapes) index += 2;
      else if (source.startsWith(quote, index)) return index + quote.length - position;
      else if (unit === NEWLINE && !spansLines) break;
      else index += 1;
    }
    return Math.min(index, source.length) - position;
  }

  private match(pattern: RegExp): number {
    pattern.lastIndex = this.position;
    return pattern.exec(this.source)?.[0].length ?? 0;
  }
}

function isSpace(unit: number): boolean {
  return unit <= 0x20 || unit === 0x7f || unit === 0x85 || unit === 0xa0 || unit === 0xfeff;
}

/** Letters and digits, and for simplicity every character beyond ASCII. */
function isWord(unit: number): boolean {
  if (unit >= 0x80) return !isSpace(unit);
  if (unit >= 0x61) return unit <= 0x7a;
  if (unit >= 0x41) return unit <= 0x5a || unit === 0x5f;
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x24;
}
