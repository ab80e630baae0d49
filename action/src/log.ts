/** Lines of a job's log that GitHub shows beside it, too. */
export class Log {
  constructor(private readonly write: (line: string) => void) {}

  notice(words: string): void {
    this.tell('notice', words);
  }

  warning(words: string): void {
    this.tell('warning', words);
  }

  error(words: string): void {
    this.tell('error', words);
  }

  private tell(kind: string, words: string): void {
    this.write(`::${kind} title=SecureScan::${escaped(words)}`);
  }
}

/** As the runner reads it: one line, in which nothing else can begin. */
function escaped(words: string): string {
  return words.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
