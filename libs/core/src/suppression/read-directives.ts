import { isCalendarDate } from '../config/calendar-date';
import { readComments, type CommentLine } from './comments';

/** A comment that says which rules are to be ignored where. */
export interface IgnoreDirective {
  readonly filePath: string;
  /** Where it stands, 1-based. */
  readonly line: number;
  /** The line of code that it is about. */
  readonly coversLine: number;
  /** Ids as findings carry them; `*` alone stands for every rule. */
  readonly rules: readonly string[];
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string | null;
  readonly reason: string | null;
}

/** A comment that means to be a directive and is none. */
export interface DirectiveProblem {
  readonly filePath: string;
  readonly line: number;
  /** What is wrong and how it is written. */
  readonly message: string;
}

export interface DirectiveReading {
  readonly directives: readonly IgnoreDirective[];
  readonly problems: readonly DirectiveProblem[];
}

const NOTHING: DirectiveReading = { directives: [], problems: [] };
/** What is longer is no directive that somebody wrote. */
const MAX_LINE_CHARACTERS = 2_000;
const MAX_PER_FILE = 1_000;
const MARKER = /(?<=^|[\s#/*;!-])securescan[ \t]{0,20}:[ \t]{0,20}(ignore[\w-]{0,30})/giu;
const FORM = 'write it as securescan: ignore RULE reason="…"';

/** Whether a text may hold a directive at all: quick, and true for all that do. */
export function mayHoldDirectives(text: string): boolean {
  return /securescan[ \t]{0,20}:/iu.test(text);
}

/** Reads the directives in a file's comments. Never throws; takes time in proportion to the text. */
export function readDirectives(text: string, filePath: string): DirectiveReading {
  if (!mayHoldDirectives(text)) return NOTHING;
  const { comments, codeLines } = readComments(text, filePath);
  const directives: IgnoreDirective[] = [];
  const problems: DirectiveProblem[] = [];
  const nextCodeLine = codeLineFinder(codeLines);
  for (const comment of comments) {
    for (const found of markersIn(comment)) {
      if (directives.length + problems.length >= MAX_PER_FILE) return { directives, problems };
      const place = { filePath, line: comment.line };
      const read = readRest(found.rest);
      const covers = coverageOf(
        found.word,
        comment.line,
        codeLines.has(comment.line),
        nextCodeLine,
      );
      if (typeof read === 'string') problems.push({ ...place, message: read });
      else if (typeof covers === 'string') problems.push({ ...place, message: covers });
      else directives.push({ ...place, coversLine: covers, ...read });
    }
  }
  return { directives, problems };
}

interface Marker {
  readonly word: string;
  /** Up to the next marker. */
  readonly rest: string;
}

function markersIn({ text }: CommentLine): Marker[] {
  const line = text.slice(0, MAX_LINE_CHARACTERS);
  const matches = [...line.matchAll(MARKER)];
  return matches.map((match, index) => ({
    word: (match[1] ?? '').toLowerCase(),
    rest: line.slice(match.index + match[0].length, matches[index + 1]?.index ?? line.length),
  }));
}

/** The line that a directive is about, or what is wrong with it. */
function coverageOf(
  word: string,
  line: number,
  isBesideCode: boolean,
  nextCodeLine: (line: number) => number | null,
): number | string {
  switch (word) {
    case 'ignore-this-line':
      return line;
    case 'ignore-next-line':
      return line + 1;
    case 'ignore':
      return isBesideCode ? line : (nextCodeLine(line) ?? line);
    default:
      return `"${word}" is no directive; there are ignore, ignore-this-line and ignore-next-line`;
  }
}

function codeLineFinder(codeLines: ReadonlySet<number>): (line: number) => number | null {
  const sorted = [...codeLines].sort((a, b) => a - b);
  let next = 0;
  // Comments are read from the top, so that the search never goes back.
  return (line) => {
    while ((sorted[next] ?? Infinity) <= line) next += 1;
    return sorted[next] ?? null;
  };
}

interface DirectiveWords {
  readonly rules: readonly string[];
  readonly until: string | null;
  readonly reason: string | null;
}

const RULES = /^[ \t]+([^\s,"']+(?:[ \t]*,[ \t]*[^\s,"']+)*)/u;
const UNTIL = /^until=([^\s]*)/iu;
const REASON = /^reason=(?:"([^"]*)"|'([^']*)'|([^\s"']+))/iu;
const REMARK = /^(?:#|\/\/|--(?!>))[ \t]*(.*)$/u;
const CLOSING = /[ \t]*(?:\*\/|-->)[ \t\r]*$/u;

/** What stands behind the word: rules, then options in any order, or what is wrong with it. */
function readRest(rest: string): DirectiveWords | string {
  const text = rest.replace(CLOSING, '').trimEnd();
  const list = RULES.exec(text);
  if (list === null) return `it names no rule; ${FORM}`;
  const rules = (list[1] ?? '').split(',').map((rule) => rule.trim());
  const options = readOptions(text.slice(list[0].length).trimStart());
  if (typeof options === 'string') return options;
  if (!rules.includes('*')) return { rules, ...options };
  if (rules.length > 1) return 'it names * beside rules; name the rules alone';
  return options.reason === null
    ? 'it ignores every rule without saying why; add reason="…"'
    : { rules, ...options };
}

type Options = Omit<DirectiveWords, 'rules'>;

function readOptions(text: string): Options | string {
  let options: Options = { until: null, reason: null };
  let rest = text;
  while (rest !== '') {
    const option = readOption(rest);
    if (option === null) {
      return `"${rest.slice(0, 40)}" is not understood; ${FORM}, and separate rules with commas`;
    }
    options = {
      until: option.until ?? options.until,
      reason: options.reason ?? option.reason ?? null,
    };
    rest = rest.slice(option.length).trimStart();
  }
  const { until } = options;
  return until === null || isCalendarDate(until)
    ? options
    : `until=${until} is no day; write it as until=2027-03-01`;
}

/** The option at the beginning of a text; `null` where there is none. A further comment mark begins a reason. */
function readOption(text: string): (Partial<Options> & { readonly length: number }) | null {
  const day = UNTIL.exec(text);
  if (day !== null) return { until: day[1] ?? '', length: day[0].length };
  const why = REASON.exec(text);
  if (why !== null) {
    return { reason: textOrNull(why[1] ?? why[2] ?? why[3]), length: why[0].length };
  }
  const remark = REMARK.exec(text);
  return remark === null ? null : { reason: textOrNull(remark[1]), length: text.length };
}

function textOrNull(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
