/** Text made of pieces of several lines that remembers where each piece came from. */
export class SourceText {
  private readonly offsets: number[] = [];
  private readonly lines: number[] = [];
  private content = '';

  get text(): string {
    return this.content;
  }

  append(text: string, line: number): void {
    this.offsets.push(this.content.length);
    this.lines.push(line);
    this.content += text;
  }

  /** The 1-based line of the file that the character at the offset stands on. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.offsets.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return this.lines[low] ?? 1;
  }
}

/**
 * The arguments of an instruction as the builder sees them: continued lines are joined, comment lines between them dropped.
 */
export function joinContinuedLines(raw: string, firstLine: number, escape: string): SourceText {
  const source = new SourceText();
  raw.split('\n').forEach((rawLine, index) => {
    const line = rawLine.replace(/\s+$/u, '');
    if (index > 0 && (line.trim() === '' || line.trimStart().startsWith('#'))) return;
    source.append(
      line.endsWith(escape) ? `${line.slice(0, -escape.length)} ` : line,
      firstLine + index,
    );
  });
  return source;
}

/** The lines of a script, kept apart, for a here-document. */
export function scriptLines(body: string, firstLine: number): SourceText {
  const source = new SourceText();
  body.split('\n').forEach((line, index) => {
    source.append(`${line.replace(/\r$/u, '')}\n`, firstLine + index);
  });
  return source;
}
