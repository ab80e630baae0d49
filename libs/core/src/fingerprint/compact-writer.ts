import { isSpace, isWord, pairOf } from './language';
import type { Language } from './language';

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const CLOSING = ')]}>';
/** What a command goes on after, although its line ends. */
const BEFORE_COMMAND = /(?:[|&({]|\b(?:do|else|in|then))$/;
const LOOK_BACK = 12;

/** Writes pieces of source one after another, and what the white space between them counts as. */
export class CompactWriter {
  code = '';
  /** Of the white space since the last piece. */
  hasGap = false;
  hasNewline = false;
  isContinued = false;
  /** The last unit of the last piece and where it ends in the source: to read `code` itself would copy it each time. */
  lastUnit = 0;
  private lastEnd = 0;
  /** A comma that is not written yet: before a bracket on a line of its own it belongs to the wrapping. */
  private heldComma = false;

  constructor(
    private readonly source: string,
    private readonly language: Language,
  ) {}

  write(start: number, end: number): void {
    this.closeGap(start);
    this.heldComma = this.source.charCodeAt(end - 1) === COMMA;
    this.code += this.source.slice(start, this.heldComma ? end - 1 : end);
    this.moveTo(end);
  }

  /** Text that counts as it is, but for the indentation of its lines. */
  writeText(start: number, end: number): void {
    this.closeGap(start);
    const text = this.source.slice(start, end);
    this.code += text.includes('\n') ? withoutIndentation(text) : text;
    this.moveTo(end);
  }

  /** Whole lines of such text. */
  writeLines(start: number, end: number): void {
    this.code += withoutIndentation(`\n${this.source.slice(start, end)}`).trimEnd();
    this.moveTo(end);
  }

  finish(): void {
    if (this.heldComma) this.code += ',';
    this.heldComma = false;
  }

  lastCharacter(): string {
    return String.fromCharCode(this.lastUnit);
  }

  /** The end of the last piece, long enough for a keyword. */
  lastText(): string {
    return this.source.slice(Math.max(0, this.lastEnd - LOOK_BACK), this.lastEnd);
  }

  private moveTo(end: number): void {
    this.lastEnd = end;
    this.lastUnit = this.source.charCodeAt(end - 1);
    this.hasGap = false;
    this.hasNewline = false;
    this.isContinued = false;
  }

  private closeGap(start: number): void {
    const next = this.source.charCodeAt(start);
    if (this.heldComma && !(this.hasNewline && isOneOf(CLOSING, next))) this.code += ',';
    this.heldComma = false;
    if (this.hasGap && this.code !== '') this.code += this.gapBefore(start, next);
  }

  private gapBefore(start: number, next: number): string {
    const { language, lastUnit: last } = this;
    if (language.isWordBased) return this.gapBetweenWords(next);
    if (isWord(last) && isWord(next)) return ' ';
    if (language.apartPairs.has(pairOf(last, next))) return ' ';
    return language.signs !== '' && this.isSign(start, next) ? ' ' : '';
  }

  private isSign(start: number, next: number): boolean {
    if (!isOneOf(this.language.signs, next)) return false;
    const isAfterOperand = isWord(this.lastUnit) || isOneOf(')]', this.lastUnit);
    return isAfterOperand && !isSpace(this.source.charCodeAt(start + 1));
  }

  private gapBetweenWords(next: number): string {
    const { lineBreak, hasBlockScalars } = this.language;
    const { lastUnit: last } = this;
    if (lineBreak === ';' && (last === SEMICOLON || next === SEMICOLON)) return '';
    if (lineBreak !== '' && this.hasNewline && !this.isContinued) {
      return lineBreak === ';' && BEFORE_COMMAND.test(this.lastText()) ? ' ' : lineBreak;
    }
    // Lists and maps of YAML within brackets.
    if (hasBlockScalars && (isOneOf('[{', last) || isOneOf(']}', next))) return '';
    return ' ';
  }
}

function isOneOf(characters: string, unit: number): boolean {
  return characters.includes(String.fromCharCode(unit));
}

function withoutIndentation(text: string): string {
  return text.replace(/\n[ \t]+/g, '\n');
}
