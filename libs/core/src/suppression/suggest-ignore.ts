import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { compactSource } from '../fingerprint/compact-source';
import { languageOf } from '../fingerprint/language-of';
import { LANGUAGES } from '../fingerprint/languages';
import { escapeControls } from '../render/escape-controls';
import { redactSecrets } from '../secrets/redact';
import { readComments } from './comments';
import { decideSuppressions } from './decide-suppressions';
import { commentStyleOf } from './directive-style';
import { readDirectives, type DirectiveReading, type IgnoreDirective } from './read-directives';

/** A line of which somebody might say that nothing is wrong with it. */
export interface IgnoreRequest {
  /** Of the whole file, as it is in the revision. */
  readonly text: string;
  readonly filePath: string;
  /** 1-based. */
  readonly line: number;
  /** Ids of all that is reported there. */
  readonly rules: readonly string[];
}

const MAX_TEXT_CHARACTERS = 300_000;
const MAX_DATA_CHARACTERS = 60_000;
const MAX_LINE_CHARACTERS = 500;
const MAX_RULES = 10;
/** Goes on with the next line, in one language or another. */
const CONTINUED = /[\\`^][ \t]*\r?$/;
/** A call on what stands above it; older Rubies take no comment between. */
const CHAINED = /^[ \t]*&?\.[A-Za-z_]/;
/** A comment that speaks to a tool about the line below it. */
const SPEAKS_TO_TOOLS =
  /ignore|disable|suppress|skip|expect|next-line|noqa|nosec|nolint|noinspection|no-?sonar|pragma|escape=|syntax=|coding[:=]|go:/i;

/**
 * The lines that can stand in the place of one so that its rules are ignored there: a directive, then the line byte by byte,
 * without its last line break. `null` unless it is proved, with the reader of directives and that of the language, that the
 * result suppresses every one of the rules and changes nothing else. Never holds a secret. Takes time in proportion to the text.
 */
export function suggestIgnore(request: IgnoreRequest): string | null {
  const { text, filePath, line, rules } = request;
  if (!isReadable(request) || rules.length === 0 || rules.length > MAX_RULES) return null;
  const style = commentStyleOf(filePath, text);
  const lines = text.split('\n');
  const original = lines[line - 1];
  if (style === null || original === undefined) return null;
  // What could not be decoded, and line ends that not everybody counts.
  if (/[\0\ufffd]|\r(?!\n|$)/.test(text)) return null;
  if (!isRepeatable(original.replace(/\r$/, '')) || !isOpenAbove(lines, line)) return null;
  const indentation = /^[ \t]*/.exec(original)?.[0] ?? '';
  const lineEnd = lineEndOf(lines, line);
  const words = `securescan: ignore-next-line ${rules.join(', ')}`;
  const directive = `${indentation}${style.open} ${words}${style.close}${lineEnd}`;
  const changed = [...lines.slice(0, line - 1), directive, ...lines.slice(line - 1)].join('\n');
  return isProved(request, changed) ? `${directive}\n${original}` : null;
}

/** Data is parsed, too, which takes its time. */
function isReadable({ text, filePath }: IgnoreRequest): boolean {
  const language = languageOf(filePath);
  const isData = language === LANGUAGES.yaml || language === LANGUAGES.toml;
  return text.length <= (isData ? MAX_DATA_CHARACTERS : MAX_TEXT_CHARACTERS);
}

/** CRLF in a file of CRLF, for its last line too. */
function lineEndOf(lines: readonly string[], line: number): string {
  const neighbour = line < lines.length ? lines[line - 1] : lines[line - 2];
  return neighbour?.endsWith('\r') === true ? '\r' : '';
}

/** Whether the line can be repeated in a comment of a pull request. */
function isRepeatable(original: string): boolean {
  if (original.length > MAX_LINE_CHARACTERS || original.includes('<!--')) return false;
  const untabbed = original.replaceAll('\t', '');
  if (/\r/.test(original) || escapeControls(untabbed) !== untabbed) return false;
  return redactSecrets(original) === original;
}

/** Whether a comment above the line would stay one, as far as the reader of the language does not tell. */
function isOpenAbove(lines: readonly string[], line: number): boolean {
  const original = lines[line - 1] ?? '';
  const above = lines[line - 2] ?? '';
  if (line === 1 && /^(?:\ufeff|#!)/.test(original)) return false;
  if (CHAINED.test(original) || isInArithmetic(lines.slice(0, line - 1))) return false;
  return !CONTINUED.test(above) && !SPEAKS_TO_TOOLS.test(above);
}

/** A shell takes no comment between double brackets. */
function isInArithmetic(above: readonly string[]): boolean {
  const text = above.join('\n');
  return text.split('((').length > text.split('))').length;
}

function isProved({ text, filePath, line, rules }: IgnoreRequest, changed: string): boolean {
  if (!readComments(text, filePath).codeLines.has(line)) return false;
  const language = languageOf(filePath);
  if (compactSource(text, language).code !== compactSource(changed, language).code) return false;
  if (dataOf(text, filePath) !== dataOf(changed, filePath)) return false;
  const expected = withNewOne(readDirectives(text, filePath), { filePath, line, rules });
  const directives = readDirectives(changed, filePath);
  if (JSON.stringify(directives) !== JSON.stringify(expected)) return false;
  const reports = rules.map((ruleId) => ({
    ruleId,
    filePath,
    lineStart: line + 1,
    lineEnd: line + 1,
  }));
  const policy = { ignoredRules: [], isSuppressing: true, today: ANY_DAY };
  const context = { policy, directives, hasCovered: () => false };
  return decideSuppressions(reports, context).suppressions.every((one) => one?.kind === 'inline');
}

/** The new directive has no last day, and those of others do not count. */
const ANY_DAY = '9999-12-31';

/** What is read of the changed text if nothing has changed but one line that is new. */
function withNewOne(
  { directives, problems }: DirectiveReading,
  { filePath, line, rules }: Pick<IgnoreRequest, 'filePath' | 'line' | 'rules'>,
): DirectiveReading {
  const shifted = (at: number): number => (at >= line ? at + 1 : at);
  const added: IgnoreDirective = {
    filePath,
    line,
    coversLine: line + 1,
    rules,
    until: null,
    reason: null,
  };
  const moved = directives.map((directive) => ({
    ...directive,
    line: shifted(directive.line),
    coversLine: shifted(directive.coversLine),
  }));
  return {
    directives: [
      ...moved.filter((directive) => directive.line < line),
      added,
      ...moved.filter((directive) => directive.line > line),
    ],
    problems: problems.map((problem) => ({ ...problem, line: shifted(problem.line) })),
  };
}

/**
 * What a file of data says: a comment may end a text of several lines that the reader of the source takes for words. The empty
 * text for other files; never the same for a file that cannot be read.
 */
function dataOf(text: string, filePath: string): string {
  const language = languageOf(filePath);
  try {
    if (language === LANGUAGES.toml) return JSON.stringify(parseToml(text));
    if (language === LANGUAGES.yaml) return yamlDataOf(text);
  } catch {
    // Expected: a template, or a file that is no such data. The two texts are of different lengths.
    return `unreadable ${String(text.length)}`;
  }
  return '';
}

function yamlDataOf(text: string): string {
  const documents = parseAllDocuments(text);
  const isRead = Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0);
  if (!isRead) return `unreadable ${String(text.length)}`;
  return JSON.stringify(documents.map((document) => document.toJS() as unknown));
}
