import { walkSource } from '../fingerprint/compact-source';
import { defineLanguage } from '../fingerprint/language';
import { languageOf } from '../fingerprint/language-of';
import { LANGUAGES } from '../fingerprint/languages';

/** Of a file whose name says nothing: whatever may begin a comment somewhere. */
const ANY_COMMENT = defineLanguage({
  ...LANGUAGES.unknown,
  literals: [],
  comments: ['#', '//', '--'].map((open) => ({ open, close: null, place: 'word' as const })),
});

/** One line of a comment. */
export interface CommentLine {
  /** 1-based. */
  readonly line: number;
  /** With the characters that open and close the comment. */
  readonly text: string;
}

/** The comments of a file, and the lines that hold code. */
export interface FileComments {
  readonly comments: readonly CommentLine[];
  /** 1-based. */
  readonly codeLines: ReadonlySet<number>;
}

/** Whether a file's name stands for a language that has comments. */
export function hasComments(filePath: string): boolean {
  return languageOf(filePath) !== LANGUAGES.unknown;
}

/**
 * Reads a file's comments by the language that its name stands for; where it stands for none, `#`, `//` and `--` at the start of a
 * word begin one. Lines end at LF alone. Takes time in proportion to the text.
 */
export function readComments(text: string, filePath: string): FileComments {
  const language = languageOf(filePath);
  const comments: CommentLine[] = [];
  const codeLines = new Set<number>();
  const lines = new LineCounter(text);
  walkSource(text, language === LANGUAGES.unknown ? ANY_COMMENT : language, {
    onCode: (start, end) => {
      const first = lines.at(start);
      codeLines.add(first);
      // A string of several lines is code on each of them.
      for (let line = first + 1, last = lines.at(end - 1); line <= last; line += 1)
        codeLines.add(line);
    },
    onComment: (start, end) => {
      const first = lines.at(start);
      text
        .slice(start, end)
        .split('\n')
        .forEach((part, index) => comments.push({ line: first + index, text: part }));
    },
  });
  return { comments, codeLines };
}

/** Counts lines on the way through a text, so that no part of it is looked at twice. */
class LineCounter {
  private line = 1;
  private nextEnd: number;

  constructor(private readonly text: string) {
    this.nextEnd = this.endFrom(0);
  }

  /** The line of an offset; offsets must not go back. */
  at(offset: number): number {
    while (this.nextEnd < offset) {
      this.line += 1;
      this.nextEnd = this.endFrom(this.nextEnd + 1);
    }
    return this.line;
  }

  private endFrom(start: number): number {
    const end = this.text.indexOf('\n', start);
    return end === -1 ? this.text.length : end;
  }
}
