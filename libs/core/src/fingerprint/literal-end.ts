import { isWord } from './language';
import type { Language, Literal } from './language';

const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['{', '}'],
  ['(', ')'],
]);

/** A string that is open, and whether it may span lines. */
interface StringFrame {
  readonly literal: Literal;
  readonly close: string;
}

/** Code within a string, such as `${…}`; it ends with the bracket that closes it. */
interface CodeFrame {
  readonly open: number;
  readonly close: number;
  depth: number;
}

/**
 * The index behind a literal whose content begins at `from`. One that is not closed ends with its line, or with the source
 * where it may span lines: its text stays as it is, so that nothing of it is taken for a comment. Linear.
 */
export function literalEnd(
  source: string,
  from: number,
  frame: StringFrame,
  language: Language,
): number {
  const { literal, close } = frame;
  if (literal.interpolation === null) return plainEnd(source, from, literal, close);
  return new LiteralReader(source, language, frame).read(from);
}

/** Most strings hold no code, and need no more than this. */
function plainEnd(source: string, from: number, literal: Literal, close: string): number {
  const first = close.charCodeAt(0);
  let index = from;
  while (index < source.length) {
    const unit = source.charCodeAt(index);
    if (unit === first && source.startsWith(close, index)) {
      const end = index + close.length;
      if (!literal.doubles || !source.startsWith(close, end)) return end;
      index = end + close.length;
    } else if (unit === NEWLINE && !literal.spansLines) return index;
    else index += unit === BACKSLASH && isEscape(source, index, literal, first) ? 2 : 1;
  }
  return Math.min(index, source.length);
}

function isEscape(source: string, index: number, literal: Literal, closing: number): boolean {
  if (literal.escapes || !literal.doubles) return literal.escapes;
  return source.charCodeAt(index + 1) === closing && isWord(source.charCodeAt(index + 2));
}

class LiteralReader {
  private readonly outer: (StringFrame | CodeFrame)[] = [];
  private index = 0;

  constructor(
    private readonly source: string,
    private readonly language: Language,
    private frame: StringFrame | CodeFrame | undefined,
  ) {
    this.isOneLine = frame !== undefined && 'literal' in frame && !frame.literal.spansLines;
  }

  private readonly isOneLine: boolean;

  read(from: number): number {
    const { source } = this;
    this.index = from;
    while (this.frame !== undefined && this.index < source.length) {
      const unit = source.charCodeAt(this.index);
      if (unit === NEWLINE && this.isOneLine) break;
      if ('literal' in this.frame) this.inString(this.frame, unit);
      else this.inCode(this.frame, unit);
    }
    return Math.min(this.index, source.length);
  }

  private inString({ literal, close }: StringFrame, unit: number): void {
    const { source, index } = this;
    const { interpolation } = literal;
    if (unit === close.charCodeAt(0) && source.startsWith(close, index)) {
      const isDoubled = literal.doubles && source.startsWith(close, index + close.length);
      this.index += isDoubled ? 2 * close.length : close.length;
      if (!isDoubled) this.frame = this.outer.pop();
    } else if (interpolation !== null && source.startsWith(interpolation, index)) {
      this.index += interpolation.length;
      this.push(codeWithin(interpolation));
    } else if (unit === NEWLINE && !literal.spansLines) {
      this.frame = this.outer.pop();
    } else {
      this.index += unit === BACKSLASH && literal.escapes ? 2 : 1;
    }
  }

  private inCode(frame: CodeFrame, unit: number): void {
    this.index += unit === BACKSLASH ? 2 : 1;
    if (unit === frame.open) frame.depth += 1;
    else if (unit === frame.close) {
      frame.depth -= 1;
      if (frame.depth === 0) this.frame = this.outer.pop();
    } else {
      const inner = this.language.literalsBy.get(unit)?.find(isSimpleString);
      if (inner !== undefined) this.push({ literal: inner, close: inner.first });
    }
  }

  private push(frame: StringFrame | CodeFrame): void {
    if (this.frame !== undefined) this.outer.push(this.frame);
    this.frame = frame;
  }
}

function codeWithin(interpolation: string): CodeFrame {
  const open = interpolation.charAt(interpolation.length - 1) === '(' ? '(' : '{';
  // `{$` of PHP begins with its bracket.
  const close = BRACKETS.get(open) ?? '}';
  return { open: open.charCodeAt(0), close: close.charCodeAt(0), depth: 1 };
}

function isSimpleString({ open, first, close, prefix }: Literal): boolean {
  return open === first && close === first && prefix === undefined;
}
