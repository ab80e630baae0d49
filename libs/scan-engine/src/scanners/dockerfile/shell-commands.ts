import type { SourceText } from './source-text';

/** A simple command of a shell script: its words with quotes removed. Substitutions stay in the words as written. */
export interface ShellCommand {
  readonly words: readonly string[];
  readonly line: number;
  readonly endLine: number;
}

/** Commands that are connected by pipes, in order. A command without pipes is a pipeline of one. */
export type ShellPipeline = readonly ShellCommand[];

/**
 * Splits a script into pipelines of simple commands, as far as rules need it: quotes, escapes, comments, substitutions and
 * the operators that separate commands. It never fails; time is linear in the length of the text.
 */
export function readShellCommands(source: SourceText): ShellPipeline[] {
  const reader = new ShellReader(source);
  reader.readAll();
  return reader.pipelines;
}

const OPERATORS = '|&;\n()';
const QUOTES = '\\\'"`';
const SUBSTITUTIONS = '$<>';

interface OpenCommand {
  words: string[];
  start: number;
  end: number;
}

class ShellReader {
  readonly pipelines: ShellPipeline[] = [];
  private pipeline: ShellCommand[] = [];
  private command: OpenCommand | null = null;
  private word: string | null = null;
  private at = 0;
  private readonly text: string;

  constructor(private readonly source: SourceText) {
    this.text = source.text;
  }

  readAll(): void {
    while (this.at < this.text.length) this.step(this.text.charAt(this.at));
    this.endPipeline();
  }

  private step(character: string): void {
    if (OPERATORS.includes(character)) this.operator(character);
    else if (QUOTES.includes(character)) this.quoted(character);
    else if (SUBSTITUTIONS.includes(character)) this.perhapsSubstitution(character);
    else if (character === '#' && this.word === null) this.comment();
    else if (/\s/u.test(character)) this.space();
    else this.take(this.at + 1);
  }

  private quoted(quote: string): void {
    if (quote === '\\') this.escaped();
    else if (quote === "'") this.singleQuoted();
    else if (quote === '"') this.doubleQuoted();
    else this.take(this.indexAfter(quote, this.at + 1));
  }

  private space(): void {
    this.endWord();
    this.at += 1;
  }

  private escaped(): void {
    if (this.text.charAt(this.at + 1) === '\n') {
      this.endWord();
      this.at += 2;
      return;
    }
    this.at += 1;
    this.take(this.at + 1);
  }

  private singleQuoted(): void {
    const end = this.indexAfter("'", this.at + 1);
    this.add(this.text.slice(this.at + 1, end).replace(/'$/u, ''), end);
  }

  private doubleQuoted(): void {
    let at = this.at + 1;
    let content = '';
    while (at < this.text.length && this.text.charAt(at) !== '"') {
      if (this.text.charAt(at) === '\\') at += 1;
      content += this.text.charAt(at);
      at += 1;
    }
    this.add(content, Math.min(at + 1, this.text.length));
  }

  private perhapsSubstitution(character: string): void {
    if (this.text.charAt(this.at + 1) === '(') {
      this.take(this.indexAfterParenthesis());
      return;
    }
    // `2>&1` and `<&3` name a descriptor: no command ends there.
    const isDescriptor = character !== '$' && this.text.charAt(this.at + 1) === '&';
    this.take(this.at + (isDescriptor ? 2 : 1));
  }

  private comment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  private operator(character: string): void {
    const next = this.text.charAt(this.at + 1);
    if (character === '&' && next === '>') {
      this.take(this.at + 2);
    } else if (character === '|' && next !== '|') {
      this.endCommand();
      this.at += next === '&' ? 2 : 1;
    } else {
      this.endPipeline();
      this.at += next === character && '|&'.includes(character) ? 2 : 1;
    }
  }

  private indexAfter(closing: string, from: number): number {
    const end = this.text.indexOf(closing, from);
    return end === -1 ? this.text.length : end + 1;
  }

  private indexAfterParenthesis(): number {
    let depth = 0;
    for (let at = this.at + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (depth === 0) return at + 1;
    }
    return this.text.length;
  }

  private take(end: number): void {
    this.add(this.text.slice(this.at, end), end);
  }

  private add(content: string, end: number): void {
    this.command ??= { words: [], start: this.at, end };
    this.command.end = end;
    this.word = (this.word ?? '') + content;
    this.at = end;
  }

  private endWord(): void {
    if (this.word !== null) this.command?.words.push(this.word);
    this.word = null;
  }

  private endCommand(): void {
    this.endWord();
    if (this.command !== null) {
      this.pipeline.push({
        words: this.command.words,
        line: this.source.lineAt(this.command.start),
        endLine: this.source.lineAt(Math.max(this.command.start, this.command.end - 1)),
      });
    }
    this.command = null;
  }

  private endPipeline(): void {
    this.endCommand();
    if (this.pipeline.length > 0) this.pipelines.push(this.pipeline);
    this.pipeline = [];
  }
}
