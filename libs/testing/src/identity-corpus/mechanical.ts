import { markedFile, markedLines, withMarked } from './corpus';
import type { LanguageCorpus, MarkedFile } from './corpus';

/** What can be done to a file of any language without touching what its finding says. */
const KEEPS: readonly (readonly [name: string, mutate: (file: MarkedFile) => MarkedFile])[] = [
  ['lines are inserted above', (file) => insertedAbove(file, ['', '', ...file.lines.slice(0, 1)])],
  [
    'a hundred lines are inserted above',
    (file) => insertedAbove(file, Array<string>(100).fill('')),
  ],
  ['the lines above are deleted', (file) => alone(file, [], linesBelow(file))],
  ['the lines below are deleted', (file) => ({ ...file, lines: file.lines.slice(0, file.to) })],
  ['it moves to the end', (file) => alone(file, [...linesAbove(file), ...linesBelow(file)], [])],
  ['it moves to the top', (file) => alone(file, [], [...linesAbove(file), ...linesBelow(file)])],
  ['it is indented with spaces', (file) => mapMarked(file, (line) => `    ${line}`)],
  ['it is indented with tabs', (file) => mapMarked(file, (line) => `\t\t${line.trimStart()}`)],
  ['it is not indented any more', (file) => mapMarked(file, (line) => line.trimStart())],
  ['lines end with CR and LF', (file) => ({ ...file, newline: '\r\n' })],
  ['white space ends a line', (file) => mapLastMarked(file, (line) => `${line} \t`)],
];

/** The cases that follow from the text of a corpus alone: name, before and after. */
export function mechanicalKeeps(
  corpus: LanguageCorpus,
): readonly (readonly [name: string, before: MarkedFile, after: MarkedFile])[] {
  const file = markedFile(corpus.text);
  const cases = KEEPS.map(([name, mutate]) => [name, file, mutate(file)] as const);
  if (corpus.comments === null) return cases;
  const [first, second] = corpus.comments.map((comment) =>
    mapLastMarked(file, (line) => `${line} ${comment}`),
  );
  if (first === undefined || second === undefined) return cases;
  return [
    ...cases,
    ['a trailing comment is added', file, first],
    ['a trailing comment is removed', second, file],
    ['a trailing comment says something else', first, second],
  ];
}

/** The finding's lines twice, with the rest of the file between them. */
export function duplicated(corpus: LanguageCorpus): readonly [MarkedFile, MarkedFile] {
  const file = markedFile(corpus.text);
  const marked = markedLines(file);
  const lines = [...file.lines, ...marked];
  return [
    { ...file, lines },
    { lines, from: file.lines.length + 1, to: lines.length },
  ];
}

function linesAbove({ lines, from }: MarkedFile): readonly string[] {
  return lines.slice(0, from - 1);
}

function linesBelow({ lines, to }: MarkedFile): readonly string[] {
  return lines.slice(to);
}

function alone(file: MarkedFile, above: readonly string[], below: readonly string[]): MarkedFile {
  const marked = markedLines(file);
  return {
    lines: [...above, ...marked, ...below],
    from: above.length + 1,
    to: above.length + marked.length,
  };
}

function insertedAbove(file: MarkedFile, inserted: readonly string[]): MarkedFile {
  return alone(file, [...inserted, ...linesAbove(file)], linesBelow(file));
}

function mapMarked(file: MarkedFile, change: (line: string) => string): MarkedFile {
  return withMarked(file, markedLines(file).map(change));
}

function mapLastMarked(file: MarkedFile, change: (line: string) => string): MarkedFile {
  const marked = markedLines(file);
  return withMarked(
    file,
    marked.map((line, index) => (index === marked.length - 1 ? change(line) : line)),
  );
}
