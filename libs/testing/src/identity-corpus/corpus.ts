/** What became of the finding's lines: a name, the lines afterwards, and before where they are not those of the text. */
export type Mutation = readonly [name: string, after: string, before?: string];

/** A file of one language with a finding in it, and what may happen to the finding's lines. */
export interface LanguageCorpus {
  readonly language: string;
  readonly filePath: string;
  /** Each line begins with `|`, or with `>` where it is the finding's. */
  readonly text: string;
  /** Two comments that can stand behind the finding's last line; `null` where the language has none. */
  readonly comments: readonly [string, string] | null;
  readonly keeps: readonly Mutation[];
  readonly changes: readonly Mutation[];
}

/** A file, and the first and the last of the finding's lines in it (1-based). */
export interface MarkedFile {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
  /** What is written between the lines and behind the last one. */
  readonly newline?: string;
}

/** Who reports, beside what is found. */
export interface Reporter {
  readonly scanner: string;
  readonly ruleId: string;
  readonly filePath: string;
  readonly cwe: string;
}

export interface IdentityCase {
  readonly language: string;
  readonly name: string;
  readonly isKept: boolean;
  readonly isMechanical: boolean;
  readonly before: MarkedFile;
  readonly after: MarkedFile;
  readonly reporter: Reporter;
  readonly reporterAfter: Reporter;
}

/** The lines of a corpus text, and which of them are marked. */
export function markedFile(text: string): MarkedFile {
  const marked = text.split('\n').slice(1, -1);
  const first = marked.findIndex((line) => line.startsWith('>'));
  const count = marked.filter((line) => line.startsWith('>')).length;
  return { lines: marked.map((line) => line.slice(1)), from: first + 1, to: first + count };
}

export function markedLines({ lines, from, to }: MarkedFile): readonly string[] {
  return lines.slice(from - 1, to);
}

/** The file with other lines in the place of the finding's. */
export function withMarked(file: MarkedFile, replacement: readonly string[]): MarkedFile {
  const { lines, from, to } = file;
  return {
    ...file,
    lines: [...lines.slice(0, from - 1), ...replacement, ...lines.slice(to)],
    to: from + replacement.length - 1,
  };
}
